-- Brings the desk's view of one conversation up to date with the conversation itself.
-- KEYS  held, waiting, timers, seats, indexed, unsettled, handling, events (hash tag {handover})
-- ARGV  how the conversation stands as JSON
-- What is older than what is known changes nothing; each change of owner is recorded once.
local held, waiting, timers, seats, indexed, unsettled, handling, events = unpack(KEYS)
local now = cjson.decode(ARGV[1])
local id = now.conversation_id
local known = tonumber(redis.call('HGET', indexed, id)) or 0

for _, event in ipairs(now.events) do
  if event.epoch > known then
    redis.call('XADD', events, '*', 'event', event.json)
    if event.handled_seconds then
      redis.call('LPUSH', handling, event.handled_seconds)
      redis.call('LTRIM', handling, 0, now.keep_handling - 1)
    end
  end
end

if now.epoch >= known then
  redis.call('HSET', indexed, id, now.epoch)
  if now.held then redis.call('HSET', held, id, now.held) else redis.call('HDEL', held, id) end
  if now.queued_at then redis.call('ZADD', waiting, now.queued_at, id)
  else redis.call('ZREM', waiting, id) end
  if now.agent then redis.call('HSET', seats, id, now.agent) else redis.call('HDEL', seats, id) end

  -- Waking too early is harmless, too late is not: within an epoch a time only moves forward.
  local set = tonumber(redis.call('ZSCORE', timers, id))
  local due = now.due
  if now.epoch == known and set and set > now.at and (not due or set < due) then due = set end
  if due then redis.call('ZADD', timers, due, id) else redis.call('ZREM', timers, id) end
end
if now.gone then redis.call('HDEL', indexed, id) end
if now.settles then redis.call('ZREM', unsettled, now.settles) end
