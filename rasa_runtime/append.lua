-- Appends a turn's events to a conversation, or nothing if the conversation moved on meanwhile.
-- KEYS: events (list), state (hash)
-- ARGV: length expected, seconds to keep, number of state arguments, field, value..., event...
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then
  return redis.error_reply('CHANGED the conversation has other events than expected')
end
local events_begin = 4 + tonumber(ARGV[3])
for i = 4, events_begin - 1, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
for i = events_begin, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[i])
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return redis.status_reply('OK')
