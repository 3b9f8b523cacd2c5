-- Keeps a report, unless what is known is newer.
-- KEYS[1] report; KEYS[2] of what time it is and how it came; KEYS[3] mark of a notice, "-" in
-- ARGV[5] for none; KEYS[4] note that the number is unknown.
-- ARGV[1] report; ARGV[2] its newest event; ARGV[3] asked or pushed; ARGV[4] kept for, ARGV[6] mark
-- kept for, in milliseconds.
-- An answer we asked for gives way only to what was pushed: a carrier may take an own scan back.
if ARGV[5] ~= '-' then
  if not redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[6]) then return 'repeated' end
end
local at, came = unpack(redis.call('HMGET', KEYS[2], 'at', 'came'))
if at and tonumber(at) > tonumber(ARGV[2]) and (ARGV[3] == 'pushed' or came == 'pushed') then
  return 'older'
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
redis.call('HSET', KEYS[2], 'at', ARGV[2], 'came', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('DEL', KEYS[4])
return 'kept'
