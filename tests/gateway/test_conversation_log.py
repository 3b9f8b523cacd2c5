import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import (
    ConversationLog,
    ConversationUnknown,
    Customer,
    EvidenceNote,
    QuickReply,
    RateLimit,
    Reply,
    ReplyOutcome,
    Sender,
    TooManyMessages,
)
from gateway.ownership import Owner, Ownership, OwnershipEvent
from scripts.demo.ports import free_port
from support import embedded_redis
from support.ids import ConversationId, CustomerId, SenderKey
from tests.fakes.desk import change_owner
from tests.fakes.waiting import eventually

SENDER = SenderKey("sender")


@pytest.fixture
async def conversation_id(log: ConversationLog) -> ConversationId:
    return await log.create(channel="web", sender_key=SENDER)


def bot(text: str) -> Reply:
    return Reply(sender=Sender.BOT, text=text)


async def test_a_conversation_remembers_channel_sender_and_customer(log: ConversationLog):
    sam = Customer(customer_id=CustomerId("c-1001"), first_name="Sam")
    conversation_id = await log.create(channel="web", sender_key=SENDER, customer=sam)
    conversation = await log.conversation(conversation_id)
    assert conversation.customer == sam
    assert (conversation.channel, conversation.sender_key) == ("web", SENDER)
    assert conversation.ownership == Ownership(Owner.BOT, 1)


async def test_ids_cannot_be_guessed_from_one_another(log: ConversationLog):
    ids = [await log.create(channel="web", sender_key=SENDER) for _ in range(3)]
    assert len(set(ids)) == 3
    assert all(len(each) >= 24 for each in ids)


async def test_positions_count_from_one_without_gaps(
    log: ConversationLog, conversation_id: ConversationId
):
    for number in range(3):
        await log.append_customer_message(
            conversation_id, client_message_id=str(number), text=f"text {number}"
        )
    entries = await log.read(conversation_id, after=0)
    assert [(entry.position, entry.text) for entry in entries] == [
        (1, "text 0"),
        (2, "text 1"),
        (3, "text 2"),
    ]
    assert [entry.position for entry in await log.read(conversation_id, after=2)] == [3]


async def test_concurrent_appends_of_one_message_make_one_entry(
    log: ConversationLog, conversation_id: ConversationId
):
    admissions = await asyncio.gather(
        *(
            log.append_customer_message(conversation_id, client_message_id="same", text="hi")
            for _ in range(50)
        )
    )
    assert len({admission.message_id for admission in admissions}) == 1
    assert sum(not admission.repeated for admission in admissions) == 1
    assert len(await log.read(conversation_id, after=0)) == 1


async def test_text_of_every_script_survives(log: ConversationLog, conversation_id: ConversationId):
    text = '{"a": "\\"}\n\t🦘 مرحبا 你好 \x7f'
    await log.append_customer_message(conversation_id, client_message_id="1", text=text)
    assert (await log.read(conversation_id, after=0))[0].text == text


async def test_a_reply_keeps_evidence_cards_and_choices_with_opaque_ids(
    log: ConversationLog, conversation_id: ConversationId
):
    reply = Reply(
        sender=Sender.BOT,
        text="Which one?",
        quick_replies=[QuickReply(title="First", payload='/choose{"n": 1}')],
        evidence=[EvidenceNote(source="Kmart order system", at="2026-11-20T10:00:00+11:00")],
        cards=[{"parcel": "P1", "items": [1, 2]}],
    )
    await log.append_reply(
        conversation_id, reply, dedupe_key="m:0", admitted=Ownership(Owner.BOT, 1)
    )
    body = (await log.read(conversation_id, after=0))[0].body
    assert body.evidence == reply.evidence
    assert body.cards == reply.cards
    assert body.quick_replies[0].title == "First"
    assert "choose" not in body.model_dump_json()
    stored = await log.quick_reply(conversation_id, body.quick_replies[0].id)
    assert stored == reply.quick_replies[0]


async def test_the_last_reply_finishes_the_turn(
    log: ConversationLog, conversation_id: ConversationId
):
    admission = await log.append_customer_message(conversation_id, client_message_id="1", text="hi")
    await log.append_reply(
        conversation_id, bot("one"), dedupe_key="m:0", admitted=admission.ownership
    )
    assert (await log.conversation(conversation_id)).answered == 0
    await log.append_reply(
        conversation_id, bot("two"), dedupe_key="m:1", admitted=admission.ownership, answers=1
    )
    conversation = await log.conversation(conversation_id)
    assert conversation.answered == 1
    assert await log.next_unanswered(conversation) is None


async def test_a_reply_appended_again_is_not_shown_twice(
    log: ConversationLog, conversation_id: ConversationId
):
    outcomes = [
        await log.append_reply(
            conversation_id, bot("hi"), dedupe_key="m:0", admitted=Ownership(Owner.BOT, 1)
        )
        for _ in range(2)
    ]
    assert outcomes == [ReplyOutcome.APPENDED, ReplyOutcome.REPEATED]
    assert len(await log.read(conversation_id, after=0)) == 1


async def test_an_unknown_conversation_is_not_made_by_writing_to_it(
    log: ConversationLog, redis: Redis
):
    unknown = ConversationId("c-unknown")
    with pytest.raises(ConversationUnknown):
        await log.append_customer_message(unknown, client_message_id="1", text="hi")
    with pytest.raises(ConversationUnknown):
        await log.conversation(unknown)
    await log.finish_turn(unknown, 1)
    assert await redis.keys("*") == []


async def test_the_message_limit_counts_messages_and_not_their_repeats(
    log: ConversationLog, conversation_id: ConversationId
):
    limit = RateLimit(count=2, seconds=60)
    for client_message_id in ("1", "1", "2", "2"):
        await log.append_customer_message(
            conversation_id, client_message_id=client_message_id, text="hi", limit=limit
        )
    with pytest.raises(TooManyMessages) as refusal:
        await log.append_customer_message(
            conversation_id, client_message_id="3", text="hi", limit=limit
        )
    assert 0 < refusal.value.retry_seconds <= 30


async def test_the_message_limit_opens_again_with_time(
    log: ConversationLog, conversation_id: ConversationId
):
    limit = RateLimit(count=5, seconds=1)
    for number in range(5):
        await log.append_customer_message(
            conversation_id, client_message_id=str(number), text="hi", limit=limit
        )
    await asyncio.sleep(0.25)
    await log.append_customer_message(
        conversation_id, client_message_id="5", text="hi", limit=limit
    )


async def test_every_message_renews_how_long_the_conversation_is_kept(
    log: ConversationLog, conversation_id: ConversationId, redis: Redis
):
    for key in await redis.keys("conv:*"):
        await redis.expire(key, 5)
    await log.append_customer_message(conversation_id, client_message_id="1", text="hi")
    month = int(timedelta(days=30).total_seconds())
    lives = [await redis.ttl(key) for key in await redis.keys("conv:*")]
    assert all(month - 5 <= life <= month for life in lives)
    assert len(lives) == 3


async def test_all_keys_of_a_call_live_in_one_slot_of_a_cluster(tmp_path: Path):
    # By default it would be the server's own port plus 10,000, which may be no port at all.
    cluster_port = ("--cluster-port", str(free_port()))
    server = embedded_redis.start(tmp_path, options=("--cluster-enabled", "yes", *cluster_port))
    redis = Redis.from_url(server.url, decode_responses=True)

    async def cluster_is_up() -> bool:
        return "cluster_state:ok" in str(await redis.execute_command("CLUSTER", "INFO"))

    try:
        await redis.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        await eventually(cluster_is_up)
        log = ConversationLog(redis, keep=timedelta(days=1))
        conversation_id = await log.create(channel="web", sender_key=SENDER)
        admission = await log.append_customer_message(
            conversation_id,
            client_message_id="1",
            text="hi",
            limit=RateLimit(count=1, seconds=1),
        )
        await log.append_reply(
            conversation_id, bot("yes"), dedupe_key="m:0", admitted=admission.ownership, answers=1
        )
        await change_owner(log, conversation_id, OwnershipEvent.CUSTOMER_LEFT)
        assert (await log.conversation(conversation_id)).answered == 1
    finally:
        await redis.aclose()
        server.stop()
