-- Reads a conversation's window and the events in it, in one step.
-- KEYS: events (list), state (hash)
-- ARGV: names of the window's fields, the first of them the index at which it starts
-- Gives {fields, events}, or nothing if there is no conversation.
local fields = redis.call('HMGET', KEYS[2], unpack(ARGV))
if not fields[1] then return false end
return {fields, redis.call('LRANGE', KEYS[1], fields[1], -1)}
