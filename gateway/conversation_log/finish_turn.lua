-- Ends a turn that has no reply of its own. Never moves `answered` back.
-- KEYS  meta    ARGV  position of the customer's message
local answered = tonumber(redis.call('HGET', KEYS[1], 'answered'))
if answered and tonumber(ARGV[1]) > answered then
  redis.call('HSET', KEYS[1], 'answered', ARGV[1])
end
