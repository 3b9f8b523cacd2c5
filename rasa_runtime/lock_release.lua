-- Gives a ticket back; harmless when it has ended already.
-- KEYS: queue, leases    ARGV: ticket
-- Gives the ticket whose turn it is now, if that has changed.
local was_in_front = redis.call('LINDEX', KEYS[1], 0) == ARGV[1]
redis.call('LREM', KEYS[1], 1, ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return was_in_front and redis.call('LINDEX', KEYS[1], 0)
