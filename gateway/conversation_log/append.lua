-- Appends one message to a conversation, or says why not, in one step: who owns the conversation,
-- de-duplication, position, entry and doorbell cannot be torn apart by a crash or a race.
-- KEYS  meta, log, seen, quick_replies, suppressed, rate (all with the conversation's hash tag)
-- ARGV  the message as JSON, the doorbell's channel, seconds to keep the conversation
-- Gives {outcome, message_id, position, owner, epoch, answered}; outcome: appended, repeated,
-- suppressed. Or {'unknown'}, {'closed'}, {'limited', milliseconds}.
local meta, log, seen, quick_replies, suppressed, rate = unpack(KEYS)
local message, bell, keep_seconds = cjson.decode(ARGV[1]), ARGV[2], ARGV[3]

local state = redis.call('HMGET', meta, 'owner', 'epoch', 'fence', 'agent')
local owner, epoch, fence, agent = state[1], state[2], tonumber(state[3]), state[4]
if not owner then return {'unknown'} end

-- A turn ends with its last reply, also when that reply is there already or is held back.
if message.answers then
  local answered = tonumber(redis.call('HGET', meta, 'answered'))
  if message.answers > answered then redis.call('HSET', meta, 'answered', message.answers) end
end

local function result(outcome, message_id, position)
  return {outcome, message_id, tonumber(position), owner, tonumber(epoch),
          tonumber(redis.call('HGET', meta, 'answered'))}
end

local earlier = redis.call('HGET', seen, message.dedupe_key)
if earlier then
  local message_id, position = earlier:match('^(%S+) (%d+)$')
  return result('repeated', message_id, position)
end

local fields = {'message_id', message.message_id, 'sender', message.sender, 'text', message.text,
                'at', message.at, 'body', message.body, 'epoch', epoch}

if message.admitted then
  -- A voice goes on through changes that leave the word to it, and ends at the fence.
  local goes_on = voice(owner) == voice(message.admitted.owner) and message.admitted.epoch >= fence
  if not goes_on or (message.agent and message.agent ~= agent) then
    redis.call('XADD', suppressed, '*', 'admitted_epoch', message.admitted.epoch, unpack(fields))
    redis.call('HSET', seen, message.dedupe_key, message.message_id .. ' 0')
    redis.call('EXPIRE', suppressed, keep_seconds)
    return result('suppressed', message.message_id, 0)
  end
elseif owner == 'CLOSED' then
  return {'closed'}
end

if message.limit then
  local wait = milliseconds_to_wait(rate, message.limit.count, message.limit.seconds)
  if wait > 0 then return {'limited', wait} end
end

local position = redis.call('HINCRBY', meta, 'position', 1)
redis.call('XADD', log, position .. '-0', unpack(fields))
redis.call('HSET', seen, message.dedupe_key, message.message_id .. ' ' .. position)
for id, quick_reply in pairs(message.quick_replies) do
  redis.call('HSET', quick_replies, id, quick_reply)
end
if message.sender == 'customer' then
  redis.call('HSET', meta, 'asked', position)
  if owner == 'AGENT' then redis.call('HSETNX', meta, 'waiting_since', message.at) end
elseif message.sender == 'agent' then
  redis.call('HSET', meta, 'spoke_at', message.at)
  redis.call('HDEL', meta, 'waiting_since')
end
for _, key in ipairs({meta, log, seen, quick_replies}) do
  redis.call('EXPIRE', key, keep_seconds)
end
redis.call('PUBLISH', bell, position)
return result('appended', message.message_id, position)
