-- Who speaks while a conversation has this owner; the same as VOICES in gateway/ownership.py.
local function voice(owner)
  if owner == 'AGENT' or owner == 'SNOOZED' then return 'person' end
  if owner == 'CLOSED' then return 'nobody' end
  return 'assistant'
end
