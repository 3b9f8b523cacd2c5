import asyncio

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import (
    ConversationClosed,
    ConversationLog,
    Reply,
    ReplyOutcome,
    Sender,
)
from gateway.handover import NotYours
from gateway.ownership import Owner, Ownership, OwnershipEvent
from support.ids import ConversationId, SenderKey
from tests.fakes.desk import change_owner

SENDER = SenderKey("sender")


@pytest.fixture
async def conversation_id(log: ConversationLog) -> ConversationId:
    return await log.create(channel="web", sender_key=SENDER)


def bot(text: str) -> Reply:
    return Reply(sender=Sender.BOT, text=text)


async def test_a_reply_after_a_change_of_owner_is_kept_for_audit_only(
    log: ConversationLog, conversation_id: ConversationId, redis: Redis
):
    admission = await log.append_customer_message(conversation_id, client_message_id="1", text="hi")
    await change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER)
    outcome = await log.append_reply(
        conversation_id,
        bot("too late"),
        dedupe_key="m:0",
        admitted=admission.ownership,
        answers=admission.position,
    )
    assert outcome is ReplyOutcome.SUPPRESSED
    said = [entry.text for entry in await log.read(conversation_id, after=0)]
    assert said == ["hi", "Kim has joined the chat."]
    audit = await redis.xrange(f"conv:{{{conversation_id}}}:suppressed")
    assert [(fields["text"], fields["epoch"]) for _, fields in audit] == [("too late", "2")]
    assert (await log.conversation(conversation_id)).answered == 1


async def test_a_reply_stays_out_when_the_bot_has_the_conversation_back(
    log: ConversationLog, conversation_id: ConversationId
):
    await change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER)
    again = await change_owner(log, conversation_id, OwnershipEvent.AGENT_GAVE_BACK)
    assert again == Ownership(Owner.BOT, 3)
    outcome = await log.append_reply(
        conversation_id, bot("old"), dedupe_key="m:0", admitted=Ownership(Owner.BOT, 1)
    )
    assert outcome is ReplyOutcome.SUPPRESSED


async def test_no_reply_follows_a_takeover_in_any_race(log: ConversationLog):
    for _ in range(100):
        conversation_id = await log.create(channel="web", sender_key=SENDER)
        admitted = Ownership(Owner.BOT, 1)
        outcome, owner = await asyncio.gather(
            log.append_reply(conversation_id, bot("hi"), dedupe_key="m:0", admitted=admitted),
            change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER),
        )
        late = await log.append_reply(
            conversation_id, bot("late"), dedupe_key="m:1", admitted=admitted
        )
        entries = await log.read(conversation_id, after=0)
        assert owner == Ownership(Owner.AGENT, 2)
        assert late is ReplyOutcome.SUPPRESSED
        assert [entry.epoch for entry in entries] == [1] * (outcome is ReplyOutcome.APPENDED) + [2]


async def test_racing_takeovers_raise_the_epoch_once(
    log: ConversationLog, conversation_id: ConversationId
):
    results = await asyncio.gather(
        *(change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER) for _ in range(10)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Ownership) for result in results) == 1
    assert sum(isinstance(result, NotYours) for result in results) == 9
    assert (await log.conversation(conversation_id)).epoch == 2


async def test_a_closed_conversation_takes_no_new_message_but_repeats_old_ones(
    log: ConversationLog, conversation_id: ConversationId
):
    first = await log.append_customer_message(conversation_id, client_message_id="1", text="hi")
    await change_owner(log, conversation_id, OwnershipEvent.CUSTOMER_LEFT)
    again = await log.append_customer_message(conversation_id, client_message_id="1", text="hi")
    assert again.message_id == first.message_id
    with pytest.raises(ConversationClosed):
        await log.append_customer_message(conversation_id, client_message_id="2", text="more")
