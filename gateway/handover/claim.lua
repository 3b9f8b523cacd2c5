-- Takes one of an agent's seats for a conversation, unless all are taken.
-- KEYS  seats (hash: conversation -> agent)    ARGV  conversation, agent, capacity
-- Gives 1, or 0 when no seat is free.
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return 1 end
local taken = 0
for _, agent in ipairs(redis.call('HVALS', KEYS[1])) do
  if agent == ARGV[2] then taken = taken + 1 end
end
if taken >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
