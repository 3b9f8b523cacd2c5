"""Lua scripts over follow-ups: what must not come apart between two commands."""

from typing import Final

TAKE: Final = """
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], 'XX', ARGV[2], member) end
return due
"""

NOTE: Final = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'seen', ARGV[1], 'last', ARGV[2])
return 1
"""

SETTLE: Final = """
local hurries = redis.call('HGET', KEYS[2], 'hurries') or '0'
redis.call('ZADD', KEYS[1], 'XX', hurries == ARGV[4] and ARGV[2] or ARGV[5], ARGV[1])
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'look', 1)
local seen, last = unpack(redis.call('HMGET', KEYS[2], 'seen', 'last'))
redis.call('HDEL', KEYS[2], 'seen', 'last')
if ARGV[3] == '0' then return 0 end
if seen then redis.call('HSET', KEYS[2], 'told', seen) end
return tonumber(last or 0)
"""

HURRY: Final = """
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'hurries', 1)
redis.call('ZADD', KEYS[1], 'XX', 'LT', ARGV[2], ARGV[1])
return 1
"""

MARK: Final = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('SADD', KEYS[3], KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[2])
return 1
"""
