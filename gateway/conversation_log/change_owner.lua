-- Changes the owner if nobody else did meanwhile; every change raises the epoch.
-- KEYS  meta    ARGV  expected owner, expected epoch, new owner
-- Gives the new epoch, or 0 when the owner or epoch was no longer the expected one.
local state = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'owner', ARGV[3])
return redis.call('HINCRBY', KEYS[1], 'epoch', 1)
