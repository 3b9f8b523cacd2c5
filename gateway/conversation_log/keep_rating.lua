-- Keeps a rating with the conversation's state: the first score, and the first comment.
-- KEYS  meta
-- ARGV  score, comment (empty for none), the moment
-- Gives 1 where the score is new, 0 where there was one, -1 where there is no conversation.
local meta, score, comment, at = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

if redis.call('EXISTS', meta) == 0 then return -1 end
local new = redis.call('HSETNX', meta, 'rating', score)
if new == 1 then redis.call('HSET', meta, 'rated_at', at) end
if comment ~= '' then redis.call('HSETNX', meta, 'rating_comment', comment) end
return new
