from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, QuickReply, Reply, Sender
from gateway.ownership import Owner, Ownership
from support.ids import ConversationId, SenderKey
from support.state.addresses import address_key
from support.state.consent import Consent
from support.state.deliveries import Deliveries
from support.systems.errors import SystemRateLimited, SystemUnreachable
from support.systems.messaging.errors import (
    MessageRejected,
    RecipientOptedOut,
    SendingUncertain,
)
from support.systems.messaging.memory import MemorySender
from support.systems.messaging.models import Delivery
from support.times import utc_now
from worker.outbound.attempts import SETTLED_AFTER, Books, Later
from worker.outbound.cursor import Cursor
from worker.outbound.dead_letters import DeadLetters
from worker.outbound.outbox import GIVE_UP_AFTER, Outbox

BOT = Ownership(Owner.BOT, 1)
PHONE = "+61491570006"
SECRET = SecretStr("secret-for-tests-0123456789abcdef")
PERSON = address_key("sms", PHONE, SECRET)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Post:
    """A conversation by SMS and what sends its messages."""

    redis: Redis
    log: ConversationLog
    conversation_id: ConversationId
    sender: MemorySender = field(default_factory=MemorySender)
    now: Callable[[], datetime] = utc_now

    @property
    def books(self) -> Books:
        return Books(
            deliveries=Deliveries(self.redis, keep=timedelta(days=1)),
            consent=Consent(self.redis),
            cursor=Cursor(self.redis),
            dead_letters=DeadLetters(self.redis),
            secret=SECRET,
        )

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.log, {"sms": self.sender}, self.books, now=self.now)

    async def say(self, text: str, **more: Any) -> None:
        reply = Reply(sender=Sender.BOT, text=text, **more)
        await self.log.append_reply(self.conversation_id, reply, dedupe_key=text, admitted=BOT)

    async def send(self) -> Later | None:
        return await self.outbox.send_all(self.conversation_id)

    def texts(self) -> list[str]:
        return [message.text for message in self.sender.sent]

    async def states(self) -> dict[int, Delivery]:
        records = await self.books.deliveries.of(self.conversation_id)
        return {position: record.state for position, record in records.items()}

    def later_by(self, pause: timedelta) -> None:
        self.now = lambda: utc_now() + pause


@pytest.fixture
async def post(redis: Redis) -> Post:
    log = ConversationLog(redis, keep=timedelta(days=1))
    conversation_id = await log.create(channel="sms", sender_key=SenderKey("s"), address=PHONE)
    await log.append_customer_message(conversation_id, client_message_id="1", text="hello")
    return Post(redis, log, conversation_id)


async def test_what_we_say_is_sent_once_and_in_order(post: Post):
    choices = [QuickReply(title="Yes", payload="/affirm")]
    await post.say("Hello.")
    await post.say("Is it about an order?", quick_replies=choices)
    assert await post.send() is None
    assert await post.send() is None
    assert post.texts() == ["Hello.", "Is it about an order?"]
    assert {message.to for message in post.sender.sent} == {PHONE}
    assert [choice.title for choice in post.sender.sent[1].choices] == ["Yes"]
    assert post.sender.sent[0].last_heard_at is not None
    assert await post.states() == {2: Delivery.SENT, 3: Delivery.SENT}


async def test_an_agents_words_begin_with_who_says_them(post: Post):
    reply = Reply(sender=Sender.AGENT, text="I'll look into it.", author="Kim")
    await post.log.append_reply(post.conversation_id, reply, dedupe_key="a", admitted=BOT)
    await post.send()
    assert post.texts() == ["Kim: I'll look into it."]


async def test_a_provider_in_trouble_is_tried_again_later_in_order(post: Post):
    await post.say("One.")
    await post.say("Two.")
    post.sender.failures = [SystemUnreachable("twilio"), SystemUnreachable("twilio")]
    assert await post.send() == Later(timedelta(seconds=1))
    assert await post.send() == Later(timedelta(seconds=2))
    assert post.texts() == []
    assert await post.send() is None
    assert post.texts() == ["One.", "Two."]


async def test_a_provider_that_says_when_is_believed(post: Post):
    await post.say("One.")
    minute = timedelta(minutes=1)
    post.sender.failures = [SystemRateLimited("twilio", retry_after=minute)]
    assert await post.send() == Later(minute)


async def test_what_is_never_taken_goes_to_operators_and_the_rest_goes_on(post: Post):
    await post.say("One.")
    await post.say("Two.")
    post.sender.failures = [MessageRejected("twilio", "status 400", code="21211")]
    assert await post.send() is None
    assert post.texts() == ["Two."]
    [letter] = await post.books.dead_letters.newest(10)
    assert (letter.position, letter.reason) == (2, "21211")
    assert (await post.states())[2] is Delivery.FAILED


async def test_an_operator_can_have_it_sent_again(post: Post):
    await post.say("One.")
    post.sender.failures = [MessageRejected("twilio", "status 400", code="21211")]
    await post.send()
    [letter] = await post.books.dead_letters.newest(10)
    await post.books.dead_letters.send_again(letter.letter_id)
    assert await post.books.dead_letters.newest(10) == []
    [(conversation_id, position)] = await post.books.dead_letters.wanted_again()
    assert await post.outbox.send_again(conversation_id, position) is None
    assert post.texts() == ["One."]
    assert (await post.states())[2] is Delivery.SENT
    await post.outbox.send_again(conversation_id, position)
    assert post.texts() == ["One."]


async def test_who_said_stop_is_sent_nothing_and_the_reason_is_kept(post: Post):
    await post.books.consent.stop(PERSON, at=utc_now(), by="customer")
    await post.say("One.")
    assert await post.send() is None
    assert post.texts() == []
    record = await post.books.deliveries.one(post.conversation_id, 2)
    assert record is not None
    assert (record.state, record.reason) == (Delivery.BLOCKED, "opted_out")


async def test_a_stop_that_only_the_provider_knew_is_kept(post: Post):
    await post.say("One.")
    post.sender.failures = [RecipientOptedOut("twilio", "status 400", code="21610")]
    await post.send()
    opted_out = await post.books.consent.opt_out(PERSON)
    assert opted_out is not None
    assert opted_out.by == "sms"


async def test_what_is_hours_old_is_not_sent_any_more(post: Post):
    await post.say("Out for delivery today.")
    post.later_by(GIVE_UP_AFTER + timedelta(minutes=1))
    await post.send()
    assert post.texts() == []
    [letter] = await post.books.dead_letters.newest(10)
    assert letter.reason == "too_old"


@pytest.mark.parametrize("was_taken", [True, False])
async def test_after_an_uncertain_try_the_provider_is_asked(post: Post, *, was_taken: bool):
    await post.say("One.")
    post.sender.failures = [SendingUncertain("twilio", "ReadTimeout")]
    post.sender.taken_although_uncertain = was_taken
    assert await post.send() == Later(timedelta(seconds=1))
    early = await post.send()
    assert early is not None
    assert early.pause <= SETTLED_AFTER
    post.later_by(SETTLED_AFTER)
    assert await post.send() is None
    assert post.texts() == ["One."]
    assert await post.states() == {2: Delivery.SENT}


class TestPieces:
    """A message that its provider takes in pieces only: here, what stands between bars."""

    async def test_each_is_sent_in_its_order_and_has_a_record(self, post: Post):
        await post.say("One.|Two.|Three.")
        await post.say("Four.")
        await post.send()
        assert post.texts() == ["One.", "Two.", "Three.", "Four."]
        assert await post.states() == {2: Delivery.SENT, 3: Delivery.SENT}
        deliveries = post.books.deliveries
        second = await deliveries.one(post.conversation_id, 2, piece=1)
        assert second is not None
        await deliveries.told("sms", second.provider_id or "", Delivery.FAILED, reason="30003")
        assert await post.states() == {2: Delivery.FAILED, 3: Delivery.SENT}

    async def test_after_a_pause_it_goes_on_with_the_piece_that_is_missing(self, post: Post):
        await post.say("One.|Two.|Three.")
        post.sender.failures = [None, SystemUnreachable("twilio")]
        assert await post.send() == Later(timedelta(seconds=1))
        assert post.texts() == ["One."]
        assert await post.send() is None
        assert post.texts() == ["One.", "Two.", "Three."]

    async def test_what_follows_a_piece_that_is_never_taken_waits_for_an_operator(self, post: Post):
        await post.say("One.|Two.|Three.")
        await post.say("Four.")
        post.sender.failures = [None, MessageRejected("twilio", "status 400", code="30007")]
        assert await post.send() is None
        assert post.texts() == ["One.", "Four."]
        [letter] = await post.books.dead_letters.newest(10)
        assert (letter.position, letter.reason) == (2, "30007")
        assert await post.outbox.send_again(post.conversation_id, letter.position) is None
        assert post.texts() == ["One.", "Four.", "Two.", "Three."]
        assert await post.states() == {2: Delivery.SENT, 3: Delivery.SENT}

    async def test_a_stop_between_two_pieces_is_obeyed(self, post: Post):
        await post.say("One.|Two.")
        post.sender.failures = [None, SystemUnreachable("twilio")]
        await post.send()
        await post.books.consent.stop(PERSON, at=utc_now(), by="customer")
        assert await post.send() is None
        assert post.texts() == ["One."]
        assert await post.states() == {2: Delivery.BLOCKED}


@pytest.mark.parametrize(
    ("first", "step"),
    [
        *(("One.", step) for step in range(8)),
        *(("One.|and more.|and the end.", step) for step in range(14)),
    ],
)
async def test_a_worker_that_dies_at_any_step_loses_and_repeats_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch, first: str, step: int
):
    """Steps are the commands to Redis and the call to the provider, before and after it."""
    await post.say(first)
    await post.say("Two.")
    steps = iter(range(100))

    def dies_at(step_now: int) -> None:
        if step_now == step:
            raise Killed

    for owner, name in [
        (Deliveries, "write"),
        (Deliveries, "sent"),
        (MemorySender, "send"),
        (Cursor, "advance"),
    ]:
        whole = getattr(owner, name)

        async def dying(*arguments: Any, whole: Any = whole, **named: Any) -> Any:
            result = await whole(*arguments, **named)
            dies_at(next(steps))
            return result

        monkeypatch.setattr(owner, name, dying)
    with pytest.raises(Killed):
        await post.send()
    monkeypatch.undo()

    post.later_by(SETTLED_AFTER)
    assert await post.send() is None
    assert post.texts() == [*first.split("|"), "Two."]
    assert await post.states() == {2: Delivery.SENT, 3: Delivery.SENT}
