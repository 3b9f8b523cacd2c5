-- Appends a turn's events to a conversation, or nothing if the conversation moved on meanwhile.
-- The same append again (its answer may have been lost with the connection) changes nothing.
-- KEYS: events (list), state (hash)
-- ARGV: length expected, seconds to keep, id of this append, number of state arguments,
--       field, value..., event...
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then
  if redis.call('HGET', KEYS[2], 'last_append') == ARGV[3] then return redis.status_reply('OK') end
  return redis.error_reply('CHANGED the conversation has other events than expected')
end
local events_begin = 5 + tonumber(ARGV[4])
redis.call('HSET', KEYS[2], 'last_append', ARGV[3])
for i = 5, events_begin - 1, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
for i = events_begin, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[i])
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return redis.status_reply('OK')
