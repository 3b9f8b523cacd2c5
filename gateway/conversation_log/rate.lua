-- Generic cell rate algorithm: a burst of `count`, then one every `seconds / count`.
-- Returns 0 when admitted (and counts it), else the milliseconds until the next is admitted.
local function milliseconds_to_wait(key, count, seconds)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local interval = seconds * 1000 / count
  local due = math.max(now, tonumber(redis.call('GET', key) or 0))
  local wait = due - now - (seconds * 1000 - interval)
  if wait > 0 then return math.ceil(wait) end
  local next_due = due + interval
  redis.call('SET', key, string.format('%.3f', next_due), 'PX', math.ceil(next_due - now))
  return 0
end
