-- Takes a place in a conversation's queue, or keeps the one taken before.
-- KEYS: queue (list of tickets), leases (hash: when each ticket ends, in milliseconds)
-- ARGV: ticket, milliseconds it lives unless it is renewed
-- Gives 0 when it is the ticket's turn, else the milliseconds the one in front has left.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then redis.call('RPUSH', KEYS[1], ARGV[1]) end
redis.call('HSET', KEYS[2], ARGV[1], now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
while true do
  local front = redis.call('LINDEX', KEYS[1], 0)
  if front == ARGV[1] then return 0 end
  local left = tonumber(redis.call('HGET', KEYS[2], front) or 0) - now
  if left > 0 then return left end
  -- Whoever had it is gone.
  redis.call('LPOP', KEYS[1])
  redis.call('HDEL', KEYS[2], front)
end
