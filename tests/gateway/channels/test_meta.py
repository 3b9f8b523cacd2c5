import time
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway import texts
from gateway.channels.address_book import CONVERSATIONS
from gateway.conversation_log import ConversationLog, Entry, QuickReply, Reply, Sender
from gateway.ownership import Owner, Ownership
from gateway.turn_queue import TURNS
from support.ids import ConversationId
from support.state.deliveries import Deliveries, DeliveryRecord
from support.systems.messaging.models import Delivery
from support.times import utc_now
from tests.fakes.meta import (
    PERSON,
    PHONE,
    VERIFY_TOKEN,
    MetaPoster,
    messenger_text,
    whatsapp_post,
    whatsapp_text,
)

BOT = Ownership(Owner.BOT, 1)
CHANNELS = ["whatsapp", "messenger"]


async def conversations(redis: Redis) -> list[ConversationId]:
    return [ConversationId(str(one)) for one in await redis.zrange(CONVERSATIONS, 0, -1)]


async def entries(redis: Redis, log: ConversationLog) -> list[Entry]:
    [conversation_id] = await conversations(redis)
    return await log.read(conversation_id, after=0)


async def said(redis: Redis, log: ConversationLog) -> list[str]:
    return [entry.text for entry in await entries(redis, log)]


@pytest.mark.parametrize("channel", CHANNELS)
class TestHandshake:
    async def asked(self, meta: MetaPoster, channel: str, **changed: str) -> tuple[int, str]:
        question = {
            "hub.mode": "subscribe",
            "hub.verify_token": VERIFY_TOKEN,
            "hub.challenge": "1158201444",
            **changed,
        }
        response = await meta.http.get(f"/v1/channels/{channel}", params=question)
        return response.status_code, response.text

    async def test_our_token_is_answered_with_the_challenge(self, meta: MetaPoster, channel: str):
        assert await self.asked(meta, channel) == (200, "1158201444")

    async def test_another_token_is_refused(self, meta: MetaPoster, channel: str):
        status, text = await self.asked(meta, channel, **{"hub.verify_token": "guess"})
        assert (status, "1158201444" in text) == (403, False)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("signature", ["", "sha256=00", "sha1=abc"])
async def test_what_meta_did_not_sign_is_refused(
    meta: MetaPoster, redis: Redis, channel: str, signature: str
):
    response = await meta.post(f"/v1/channels/{channel}", whatsapp_post(), signature)
    assert response.status_code == 403
    assert await redis.xlen(TURNS) == 0


class TestWhatsApp:
    async def test_a_message_is_a_turn_of_a_phone_we_know(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog
    ):
        assert (await meta.whatsapp(whatsapp_text("where is my order"))).status_code == 200
        assert await said(redis, log) == ["where is my order"]
        [conversation_id] = await conversations(redis)
        conversation = await log.conversation(conversation_id)
        assert (conversation.channel, conversation.address) == ("whatsapp", f"+{PHONE}")

    async def test_many_messages_in_one_post_are_taken_in_their_order_once_each(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog
    ):
        second = whatsapp_text("410200341", "wamid.2", ago=1)
        first = whatsapp_text("where is it", "wamid.1", ago=9)
        for _ in range(2):
            await meta.whatsapp(second, first, second)
        assert await said(redis, log) == ["where is it", "410200341"]

    async def test_a_large_post_is_taken(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog
    ):
        many = [whatsapp_text(f"message {n} {'x' * 1500}", f"wamid.{n}") for n in range(20)]
        assert (await meta.whatsapp(*many)).status_code == 200
        assert len(await entries(redis, log)) == 20

    async def test_a_pressed_choice_is_ours(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog
    ):
        await meta.whatsapp(whatsapp_text("hello"))
        [conversation_id] = await conversations(redis)
        question = Reply(
            sender=Sender.BOT,
            text="Is that right?",
            quick_replies=[QuickReply(title="Yes", payload="/affirm")],
        )
        await log.append_reply(conversation_id, question, dedupe_key="q", admitted=BOT)
        offered = (await entries(redis, log))[-1].body.quick_replies[0]
        pressed = {
            "type": "interactive",
            "interactive": {
                "type": "button_reply",
                "button_reply": {"id": offered.id, "title": "Yes"},
            },
        }
        await meta.whatsapp(whatsapp_text("", "wamid.2", **pressed))
        newest = (await entries(redis, log))[-1]
        assert (newest.text, newest.body.payload) == ("Yes", "/affirm")

    async def test_a_choice_of_long_ago_is_taken_by_its_words(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog
    ):
        pressed = {
            "type": "interactive",
            "interactive": {"type": "list_reply", "list_reply": {"id": "gone", "title": "Yes"}},
        }
        await meta.whatsapp(whatsapp_text("", **pressed))
        assert await said(redis, log) == ["Yes"]

    @pytest.mark.parametrize(
        ("message", "expected"),
        [
            ({"type": "image", "image": {"id": "1", "caption": "this one"}}, ["this one"]),
            (
                {"type": "audio", "audio": {"id": "1", "voice": True}},
                [texts.PICTURE_ONLY, texts.CANNOT_SEE_PICTURES],
            ),
            (
                {"type": "location", "location": {"latitude": -38.1}},
                [texts.PICTURE_ONLY, texts.CANNOT_SEE_PICTURES],
            ),
            ({"type": "button", "button": {"text": "Yes", "payload": "x"}}, ["Yes"]),
        ],
    )
    async def test_other_kinds_of_messages_are_answered(
        self,
        meta: MetaPoster,
        redis: Redis,
        log: ConversationLog,
        message: dict[str, Any],
        expected: list[str],
    ):
        await meta.whatsapp({"from": PHONE, "id": "wamid.1", **message})
        assert await said(redis, log) == expected

    @pytest.mark.parametrize(
        "message",
        [
            {"from": PHONE, "id": "wamid.1", "type": "reaction", "reaction": {"emoji": "x"}},
            {"from": PHONE, "id": "wamid.1", "type": "system", "system": {"body": "moved"}},
            {"nothing": "known"},
        ],
    )
    async def test_what_says_nothing_is_passed_over_and_hides_nothing(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog, message: dict[str, Any]
    ):
        response = await meta.whatsapp(message, whatsapp_text("hello", "wamid.2"))
        assert response.status_code == 200
        assert await said(redis, log) == ["hello"]

    async def test_messages_to_another_number_are_not_ours(self, meta: MetaPoster, redis: Redis):
        body = whatsapp_post(whatsapp_text("hello"), number="999")
        assert (await meta.post("/v1/channels/whatsapp", body)).status_code == 200
        assert await conversations(redis) == []

    async def test_statuses_follow_our_message_and_tell_its_id(
        self, meta: MetaPoster, redis: Redis
    ):
        deliveries = Deliveries(redis, keep=timedelta(days=1))
        record = DeliveryRecord(state=Delivery.SENT, at=utc_now(), provider_id="wamid.9")
        await deliveries.sent("whatsapp", ConversationId("c-1"), 2, record)
        status = {"id": "wamid.9", "biz_opaque_callback_data": "m-2", "recipient_id": PHONE}
        failed = {"status": "failed", "errors": [{"code": 131026, "title": "undeliverable"}]}
        await meta.whatsapp(statuses=[{**status, "status": "read"}])
        await meta.whatsapp(statuses=[{**status, "status": "delivered"}])
        now = await deliveries.one(ConversationId("c-1"), 2)
        assert now is not None
        assert now.state is Delivery.READ
        assert await deliveries.taken("whatsapp", "m-2") == "wamid.9"
        await meta.whatsapp(statuses=[{**status, **failed}])
        after = await deliveries.one(ConversationId("c-1"), 2)
        assert after is not None
        assert (after.state, after.reason) == (Delivery.FAILED, "131026")


class TestMessenger:
    async def test_a_message_and_a_postback_are_turns(
        self, meta: MetaPoster, redis: Redis, log: ConversationLog
    ):
        postback = {
            "sender": {"id": PERSON},
            "recipient": {"id": "1"},
            "timestamp": int(time.time() * 1000) + 1,
            "postback": {"mid": "m_2", "title": "Get started", "payload": "GET_STARTED"},
        }
        for _ in range(2):
            await meta.messenger(messenger_text("hello"), postback)
        assert await said(redis, log) == ["hello", "Get started"]
        [conversation_id] = await conversations(redis)
        conversation = await log.conversation(conversation_id)
        assert (conversation.channel, conversation.address) == ("messenger", PERSON)

    async def test_echoes_tell_ids_and_receipts_deliveries(self, meta: MetaPoster, redis: Redis):
        deliveries = Deliveries(redis, keep=timedelta(days=1))
        record = DeliveryRecord(state=Delivery.SENT, at=utc_now(), provider_id="m_9")
        await deliveries.sent("messenger", ConversationId("c-1"), 2, record)
        echo = messenger_text("ours", "m_9", is_echo=True, metadata="m-2", app_id=1)
        receipt = {"sender": {"id": PERSON}, "delivery": {"mids": ["m_9"], "watermark": 1}}
        await meta.messenger(echo, receipt, {"sender": {"id": PERSON}, "read": {"watermark": 1}})
        assert await conversations(redis) == []
        assert await deliveries.taken("messenger", "m-2") == "m_9"
        now = await deliveries.one(ConversationId("c-1"), 2)
        assert now is not None
        assert now.state is Delivery.DELIVERED
