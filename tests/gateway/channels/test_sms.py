import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway import texts
from gateway.channels.address_book import CONVERSATIONS, AddressBook
from gateway.conversation_log import ConversationLog, Entry, QuickReply, Reply, Sender
from gateway.ownership import Owner, Ownership, OwnershipEvent
from gateway.turn_queue import TURNS
from support.ids import ConversationId
from support.state.addresses import address_key
from support.state.consent import Consent
from support.state.deliveries import Deliveries, DeliveryRecord
from support.systems.messaging.models import Delivery
from support.times import utc_now
from tests.fakes.chat import SENDER_SECRET, RunningGateway, running_gateway
from tests.fakes.desk import change_owner
from tests.fakes.texting import PHONE, Texter

BOT = Ownership(Owner.BOT, 1)
KEEP = timedelta(days=1)
FIRST, SECOND, THIRD = ("SM" + 32 * digit for digit in "123")


async def conversations(redis: Redis) -> list[ConversationId]:
    return [ConversationId(str(one)) for one in await redis.zrange(CONVERSATIONS, 0, -1)]


async def entries(redis: Redis, log: ConversationLog) -> list[Entry]:
    [conversation_id] = await conversations(redis)
    return await log.read(conversation_id, after=0)


async def test_a_text_message_begins_a_conversation_and_a_turn(
    texter: Texter, redis: Redis, log: ConversationLog
):
    response = await texter.text("where is my order 410200341")
    assert (response.status_code, response.headers["content-type"]) == (
        200,
        "text/xml; charset=utf-8",
    )
    [entry] = await entries(redis, log)
    assert (entry.sender, entry.text) == (Sender.CUSTOMER, "where is my order 410200341")
    [conversation_id] = await conversations(redis)
    conversation = await log.conversation(conversation_id)
    assert (conversation.channel, conversation.address) == ("sms", PHONE)
    assert await redis.xlen(TURNS) == 1


async def test_the_same_phone_goes_on_with_its_conversation_and_another_has_its_own(
    texter: Texter, gateway: RunningGateway, redis: Redis
):
    await texter.text("hello")
    await texter.text("are you there")
    assert len(await conversations(redis)) == 1
    await Texter(gateway.http, phone="+61491570156").text("hello")
    assert len(await conversations(redis)) == 2


async def test_after_a_long_silence_another_conversation_begins(texter: Texter, redis: Redis):
    await texter.text("hello")
    [first] = await conversations(redis)
    await redis.zincrby(CONVERSATIONS, -25 * 3600, first)
    await texter.text("hello again")
    assert len(await conversations(redis)) == 2


async def test_a_silence_while_a_person_is_at_work_ends_nothing(texter: Texter, redis: Redis):
    await texter.text("hello")
    [first] = await conversations(redis)
    await redis.hset(f"conv:{{{first}}}:meta", "owner", Owner.QUEUED.value)
    await redis.zincrby(CONVERSATIONS, -25 * 3600, first)
    await texter.text("anybody?")
    assert await conversations(redis) == [first]


async def test_a_message_that_is_posted_again_is_one_turn(
    texter: Texter, redis: Redis, log: ConversationLog
):
    for _ in range(3):
        assert (await texter.text("hello", sid=FIRST)).status_code == 200
    assert len(await entries(redis, log)) == 1


@pytest.mark.alone
async def test_a_thousand_posts_of_one_message_at_once_are_one_turn(
    texter: Texter, redis: Redis, log: ConversationLog
):
    # What the server closes when it is idle must not be used for the next post.
    many = httpx.Limits(max_connections=250, keepalive_expiry=1.0)
    free = asyncio.Semaphore(250)
    async with httpx.AsyncClient(base_url=texter.http.base_url, limits=many, timeout=60) as http:
        provider = Texter(http)

        async def post() -> int:
            async with free:
                return (await provider.text("hello", sid=FIRST)).status_code

        statuses = set(await asyncio.gather(*(post() for _ in range(1000))))
    assert statuses == {200}
    assert len(await entries(redis, log)) == 1
    admitted = {fields["message_id"] for _, fields in await redis.xrange(TURNS)}
    assert len(admitted) == 1
    assert len([name async for name in redis.scan_iter("conv:*:meta")]) == 1


class TestSignature:
    async def refused(self, texter: Texter, redis: Redis, **post: Any) -> None:
        response = await texter.post("/v1/channels/sms", **post)
        assert response.status_code == 403
        assert await conversations(redis) == []

    async def test_none_is_refused(self, texter: Texter, redis: Redis):
        await self.refused(texter, redis, parameters=texter.parameters("hi"), signature="")

    async def test_a_changed_post_is_refused(self, texter: Texter, redis: Redis):
        signed = texter.sign("/v1/channels/sms", texter.parameters("hi", FIRST))
        changed = texter.parameters("give me a refund", FIRST)
        await self.refused(texter, redis, parameters=changed, signature=signed)

    async def test_that_of_another_address_is_refused(self, texter: Texter, redis: Redis):
        parameters = texter.parameters("hi", FIRST)
        signed = texter.sign("/v1/channels/sms/status", parameters)
        await self.refused(texter, redis, parameters=parameters, signature=signed)

    async def test_that_of_another_account_is_refused(self, texter: Texter, redis: Redis):
        parameters = texter.parameters("hi", AccountSid="AC2")
        await self.refused(texter, redis, parameters=parameters)

    async def test_a_post_of_before_is_known_again(
        self, texter: Texter, redis: Redis, log: ConversationLog
    ):
        parameters = texter.parameters("hi", FIRST)
        for _ in range(2):
            assert (await texter.post("/v1/channels/sms", parameters)).status_code == 200
        assert len(await entries(redis, log)) == 1


async def test_after_the_conversation_was_closed_another_begins(
    texter: Texter, redis: Redis, log: ConversationLog
):
    await texter.text("hello")
    [first] = await conversations(redis)
    await change_owner(log, first, OwnershipEvent.CUSTOMER_LEFT)
    await texter.text("hello again")
    assert len(await conversations(redis)) == 2


async def test_a_conversation_that_closes_just_as_a_message_comes_loses_nothing(
    texter: Texter, redis: Redis, log: ConversationLog, monkeypatch: pytest.MonkeyPatch
):
    await texter.text("hello")
    [first] = await conversations(redis)
    found = AddressBook.conversation_of

    async def closing(*arguments: Any) -> ConversationId:
        conversation_id = await found(*arguments)
        if conversation_id == first:
            await change_owner(log, first, OwnershipEvent.CUSTOMER_LEFT)
        return conversation_id

    monkeypatch.setattr(AddressBook, "conversation_of", closing)
    for _ in range(2):
        assert (await texter.text("one more thing", sid=FIRST)).status_code == 200
    [second] = [one for one in await conversations(redis) if one != first]
    assert [entry.text for entry in await log.read(second, after=0)] == ["one more thing"]


@pytest.mark.alone
async def test_a_flood_from_one_phone_is_put_off_and_another_is_served(
    texter: Texter, gateway: RunningGateway, redis: Redis
):
    other = Texter(gateway.http, phone="+61491570156")
    flood = (texter.text(f"hello {number}") for number in range(60))
    *flooded, served = await asyncio.gather(*flood, other.text("hello"))
    assert served.status_code == 200
    refused = [answer for answer in flooded if answer.status_code == 429]
    assert 25 <= len(refused) <= 30
    assert all(1 <= int(answer.headers["Retry-After"]) <= 60 for answer in refused)
    assert await redis.xlen(TURNS) == 61 - len(refused)


async def test_without_an_account_there_is_no_such_channel(redis_url: str):
    async with running_gateway(redis_url) as gateway:
        assert (await Texter(gateway.http).text("hi")).status_code == 404


class TestKeywords:
    async def opted_out(self, redis: Redis) -> bool:
        person = address_key("sms", PHONE, SecretStr(SENDER_SECRET))
        return await Consent(redis).opt_out(person) is not None

    async def test_stop_is_recorded_and_no_turn(
        self, texter: Texter, redis: Redis, log: ConversationLog
    ):
        await texter.text("STOP")
        assert await self.opted_out(redis)
        assert await redis.xlen(TURNS) == 0
        [entry] = await entries(redis, log)
        assert (entry.text, entry.body.is_turn) == ("STOP", False)

    async def test_stop_locks_the_desk_and_start_opens_it(
        self, texter: Texter, redis: Redis, gateway: RunningGateway
    ):
        await texter.text("STOP")
        [conversation_id] = await conversations(redis)
        assert (await gateway.services.handover.store.read(conversation_id)).stopped
        await texter.text("START")
        assert not (await gateway.services.handover.store.read(conversation_id)).stopped

    async def test_stop_counts_in_the_next_conversation_too(
        self, texter: Texter, redis: Redis, log: ConversationLog, gateway: RunningGateway
    ):
        await texter.text("STOP")
        [first] = await conversations(redis)
        await change_owner(log, first, OwnershipEvent.CUSTOMER_LEFT)
        await texter.text("a person please")
        [second] = [one for one in await conversations(redis) if one != first]
        assert (await gateway.services.handover.store.read(second)).stopped

    async def test_start_takes_it_back_and_an_old_stop_does_not_return(
        self, texter: Texter, redis: Redis
    ):
        await texter.text("STOP", sid=FIRST)
        await texter.text("START", sid=SECOND)
        assert not await self.opted_out(redis)
        await texter.text("STOP", sid=FIRST)
        assert not await self.opted_out(redis)

    async def test_what_twilio_takes_for_stop_is_one(self, texter: Texter, redis: Redis):
        await texter.text("enough", OptOutType="STOP")
        assert await self.opted_out(redis)
        await texter.text("yes again", OptOutType="START")
        assert not await self.opted_out(redis)
        assert await redis.xlen(TURNS) == 0

    async def test_yes_answers_a_question_where_nobody_said_stop(
        self, texter: Texter, redis: Redis
    ):
        await texter.text("Yes", OptOutType="START")
        assert await redis.xlen(TURNS) == 1

    async def test_yes_that_was_posted_again_is_no_question(
        self, texter: Texter, redis: Redis, log: ConversationLog
    ):
        await texter.text("STOP", sid=FIRST)
        await texter.text("yes", sid=SECOND, OptOutType="START")
        await texter.text("yes", sid=SECOND, OptOutType="START")
        turns = [entry.body.is_turn for entry in await entries(redis, log)]
        assert turns == [False, False]

    async def test_stop_my_order_is_a_message_like_any_other(self, texter: Texter, redis: Redis):
        await texter.text("stop my order")
        assert not await self.opted_out(redis)
        assert await redis.xlen(TURNS) == 1


async def test_a_picture_alone_is_answered(texter: Texter, redis: Redis, log: ConversationLog):
    await texter.text("", NumMedia="1", MediaUrl0="https://example.com/picture")
    said = [(entry.sender, entry.text) for entry in await entries(redis, log)]
    assert said == [
        (Sender.CUSTOMER, texts.PICTURE_ONLY),
        (Sender.SYSTEM, texts.CANNOT_SEE_PICTURES),
    ]
    assert await redis.xlen(TURNS) == 0


async def test_a_typed_number_is_the_choice_that_was_offered(
    texter: Texter, redis: Redis, log: ConversationLog
):
    await texter.text("hello")
    [conversation_id] = await conversations(redis)
    offers = [QuickReply(title="Yes", payload="/affirm"), QuickReply(title="No", payload="/deny")]
    question = Reply(sender=Sender.BOT, text="Is that right?", quick_replies=offers)
    await log.append_reply(conversation_id, question, dedupe_key="q", admitted=BOT)
    await texter.text("2")
    newest = (await entries(redis, log))[-1]
    assert (newest.text, newest.body.payload) == ("No", "/deny")


async def test_a_sender_without_a_number_is_left_alone(texter: Texter, redis: Redis):
    assert (await texter.text("Your code", From="KMART")).status_code == 200
    assert await conversations(redis) == []


class TestDeliveries:
    async def stands(self, redis: Redis) -> Delivery:
        record = await Deliveries(redis, keep=KEEP).one(ConversationId("c-1"), 2)
        assert record is not None
        return record.state

    async def sent(self, redis: Redis) -> None:
        record = DeliveryRecord(state=Delivery.SENT, at=utc_now(), provider_id=THIRD)
        await Deliveries(redis, keep=KEEP).sent("sms", ConversationId("c-1"), 2, record)

    async def test_reports_in_any_order_never_go_back(self, texter: Texter, redis: Redis):
        await self.sent(redis)
        for status in ["delivered", "sent", "queued", "something new"]:
            assert (await texter.status(THIRD, status)).status_code == 204
        assert await self.stands(redis) is Delivery.DELIVERED

    async def test_a_report_that_is_faster_than_we_are_waits(self, texter: Texter, redis: Redis):
        await texter.status(THIRD, "undelivered", ErrorCode="30003")
        await self.sent(redis)
        assert await self.stands(redis) is Delivery.FAILED

    async def test_an_unsigned_report_is_refused(self, texter: Texter):
        told = {"AccountSid": "AC1", "MessageSid": THIRD, "MessageStatus": "delivered"}
        response = await texter.post("/v1/channels/sms/status", told, signature="nonsense")
        assert response.status_code == 403
