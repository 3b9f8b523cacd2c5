-- One call to an interface, if it may be made now.
-- KEYS[1] calls made, by time; KEYS[2] set while the interface wants to be left alone.
-- ARGV[1] a name for this call; ARGV[2] how many calls there are in ARGV[3] milliseconds.
-- Returns 1 or 0, how many calls are left, and in how many milliseconds one may be made.
local pause = redis.call('PTTL', KEYS[2])
if pause > 0 then return {0, 0, pause} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local period, most = tonumber(ARGV[3]), tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - period)
local made = redis.call('ZCARD', KEYS[1])
if made >= most then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return {0, 0, math.max(first[2] + period - now + 1, 1)}
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], period)
return {1, most - made - 1, 0}
