-- Changes the owner if nobody else did meanwhile, with all that goes with it in one step: the epoch
-- rises, what is told to the customer is in the log, and the change is recorded.
-- KEYS  meta, log, seen, quick_replies, handovers, request (all with the conversation's hash tag)
-- ARGV  the change as JSON, the doorbell's channel, seconds to keep the conversation
-- Gives {'changed', epoch}, also where this very change was made before; {'moved'} when owner or
-- epoch was no longer the expected one; {'unknown'}.
local meta, log, seen, quick_replies, handovers, request = unpack(KEYS)
local change, bell, keep_seconds = cjson.decode(ARGV[1]), ARGV[2], ARGV[3]

local state = redis.call('HMGET', meta, 'owner', 'epoch', 'last_change')
if not state[1] then return {'unknown'} end
if state[3] == change.id then return {'changed', tonumber(state[2])} end
if state[1] ~= change.expected.owner or tonumber(state[2]) ~= change.expected.epoch then
  return {'moved'}
end

local epoch = redis.call('HINCRBY', meta, 'epoch', 1)
redis.call('HSET', meta, 'owner', change.owner, 'last_change', change.id)
for name, value in pairs(change.fields) do redis.call('HSET', meta, name, value) end
for _, name in ipairs(change.without) do redis.call('HDEL', meta, name) end
if change.fences then redis.call('HSET', meta, 'fence', epoch) end
if change.request then redis.call('SET', request, change.request) end

for _, told in ipairs(change.tells) do
  local position = redis.call('HINCRBY', meta, 'position', 1)
  redis.call('XADD', log, position .. '-0', 'message_id', told.message_id, 'sender', told.sender,
             'text', told.text, 'at', told.at, 'body', told.body, 'epoch', epoch)
  redis.call('HSET', seen, told.message_id, told.message_id .. ' ' .. position)
  for id, quick_reply in pairs(told.quick_replies) do
    redis.call('HSET', quick_replies, id, quick_reply)
  end
end
redis.call('XADD', handovers, epoch .. '-0', 'event', change.event)
for _, key in ipairs({meta, log, seen, quick_replies, handovers, request}) do
  redis.call('EXPIRE', key, keep_seconds)
end
redis.call('PUBLISH', bell, epoch)
return {'changed', epoch}
