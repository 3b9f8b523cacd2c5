"""Codes that are sent, typed, guessed and run out."""

import asyncio
import re
from datetime import timedelta

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber
from support.one_time_codes import NotSent, OneTimeCodes, Outcome, Sent, Verdict, new_code
from support.state.errors import StateUnavailable
from support.state.identity import VerifiedOrders
from support.systems.errors import SystemUnreachable
from support.systems.notifications.memory import MemoryNotifications
from support.systems.notifications.models import NotificationChannel
from tests.orders import order

CONVERSATION, OTHER = ConversationId("conversation-1"), ConversationId("conversation-2")
NUMBER = OrderNumber("410200341")
SMS, EMAIL = NotificationChannel.SMS, NotificationChannel.EMAIL


class Desk:
    """Codes with a sender that keeps them."""

    def __init__(self, redis: Redis, **settings: object) -> None:
        self.redis = redis
        self.sender = MemoryNotifications()
        self.verified = VerifiedOrders(redis)
        self.codes = OneTimeCodes(
            redis,
            self.sender,
            self.verified,
            SecretStr("k" * 32),
            **settings,  # type: ignore[arg-type]
        )

    async def send(
        self, conversation: ConversationId = CONVERSATION, **contact: str | None
    ) -> Sent | NotSent:
        known = {"email": "sam@example.com", "phone": "+61400000001", **contact}
        return await self.codes.send(conversation, order(contact=known))

    async def check(
        self, code: str, *, conversation: ConversationId = CONVERSATION, number: str = NUMBER
    ) -> Verdict:
        return await self.codes.check(conversation, OrderNumber(number), code)

    @property
    def sent_code(self) -> str:
        (code,) = re.findall(r"\b\d{6}\b", self.sender.sent[-1].text.get_secret_value())
        return code

    @property
    def wrong_code(self) -> str:
        return f"{(int(self.sent_code) + 1) % 1_000_000:06d}"

    async def level(self, conversation: ConversationId = CONVERSATION) -> Level:
        return (await self.verified.levels_of(conversation)).get(NUMBER, Level.NONE)


@pytest.fixture
def desk(redis: Redis) -> Desk:
    return Desk(redis)


async def test_the_right_code_raises_the_level_for_that_order(desk: Desk) -> None:
    sent = await desk.send()

    verdict = await desk.check(desk.sent_code)

    assert sent == Sent(EMAIL, "s\u2022\u2022\u2022@example.com", (SMS,))
    assert verdict.outcome is Outcome.RIGHT
    assert await desk.level() is Level.CODE
    assert await desk.level(OTHER) is Level.NONE


async def test_a_code_is_good_once(desk: Desk) -> None:
    await desk.send()
    await desk.check(desk.sent_code)

    assert (await desk.check(desk.sent_code)).outcome is Outcome.EXPIRED


async def test_a_code_is_good_for_its_conversation_and_order_only(desk: Desk) -> None:
    await desk.send()

    elsewhere = await desk.check(desk.sent_code, conversation=OTHER)
    another = await desk.check(desk.sent_code, number="410200342")

    assert elsewhere.outcome is another.outcome is Outcome.EXPIRED
    assert await desk.level(OTHER) is Level.NONE


async def test_after_five_wrong_tries_even_the_right_code_is_spent(desk: Desk) -> None:
    await desk.send()

    verdicts = [await desk.check(desk.wrong_code) for _ in range(5)]

    assert verdicts[:4] == [Verdict(Outcome.WRONG, left) for left in (4, 3, 2, 1)]
    assert verdicts[4].outcome is Outcome.SPENT
    assert (await desk.check(desk.sent_code)).outcome is Outcome.SPENT
    assert await desk.level() is Level.NONE


async def test_tries_at_the_same_time_are_no_more_than_five(desk: Desk) -> None:
    await desk.send()

    verdicts = await asyncio.gather(*(desk.check(desk.wrong_code) for _ in range(30)))

    assert sum(one.outcome is Outcome.WRONG for one in verdicts) == 4


async def test_a_new_code_takes_the_place_of_the_one_before(redis: Redis) -> None:
    codes = iter(["111111", "222222"])
    desk = Desk(redis, new_code=lambda: next(codes))
    await desk.send()
    await desk.send()

    assert (await desk.check("111111")).outcome is Outcome.WRONG
    assert (await desk.check("222222")).outcome is Outcome.RIGHT


async def test_a_code_runs_out(redis: Redis) -> None:
    desk = Desk(redis, life=timedelta(milliseconds=60))
    await desk.send()
    await asyncio.sleep(0.12)

    assert (await desk.check(desk.sent_code)).outcome is Outcome.EXPIRED


async def test_a_conversation_gets_three_codes_in_a_row(desk: Desk) -> None:
    sent = [await desk.send() for _ in range(4)]

    assert all(isinstance(one, Sent) for one in sent[:3])
    assert sent[3] is NotSent.LIMITED
    assert len(desk.sender.sent) == 3


async def test_an_order_gets_five_codes_an_hour_over_all_conversations(desk: Desk) -> None:
    sent = [await desk.send(ConversationId(f"c-{number}")) for number in range(6)]

    assert all(isinstance(one, Sent) for one in sent[:5])
    assert sent[5] is NotSent.LIMITED


async def test_refused_codes_do_not_count_against_the_order(desk: Desk) -> None:
    for _ in range(10):
        await desk.send()

    assert isinstance(await desk.send(OTHER), Sent)


async def test_what_is_refused_leaves_the_last_code_good(desk: Desk) -> None:
    for _ in range(4):
        await desk.send()

    assert (await desk.check(desk.sent_code)).outcome is Outcome.RIGHT


async def test_what_could_not_be_sent_counts_for_nothing(desk: Desk) -> None:
    desk.sender.failure = SystemUnreachable("notifications")
    for _ in range(5):
        with pytest.raises(SystemUnreachable):
            await desk.send()
    desk.sender.failure = None

    assert isinstance(await desk.send(), Sent)


@pytest.mark.parametrize(
    ("contact", "prefer", "channel", "to"),
    [
        ({}, None, EMAIL, "sam@example.com"),
        ({}, SMS, SMS, "+61400000001"),
        ({"email": None}, None, SMS, "+61400000001"),
        ({"phone": None}, SMS, EMAIL, "sam@example.com"),
        ({"phone": "03 5550 0145"}, SMS, EMAIL, "sam@example.com"),
        ({"phone": "0400 000 001; 03 5550 0145"}, SMS, SMS, "+61400000001"),
    ],
    ids=["usual", "preferred", "no email", "no phone", "landline", "several"],
)
async def test_a_code_goes_to_the_orders_own_contact_only(
    desk: Desk,
    contact: dict[str, str | None],
    prefer: NotificationChannel | None,
    channel: NotificationChannel,
    to: str,
) -> None:
    known = {"email": "sam@example.com", "phone": "+61400000001", **contact}

    sent = await desk.codes.send(CONVERSATION, order(contact=known), prefer=prefer)

    assert isinstance(sent, Sent)
    assert sent.channel is desk.sender.sent[0].channel is channel
    assert desk.sender.sent[0].to == to
    assert to not in sent.address


async def test_without_a_contact_nothing_is_sent(desk: Desk) -> None:
    assert await desk.send(email=None, phone=None) is NotSent.NOWHERE


async def test_nobody_can_take_it_for_a_code_of_an_account(desk: Desk) -> None:
    await desk.send()

    text = desk.sender.sent[0].text.get_secret_value()

    assert text == (
        f"Kmart order chat code: {desk.sent_code}. Only type it into the chat about your order. It "
        "is not your account code, and nobody from Kmart will ask you for it by phone. Valid for "
        "10 minutes."
    )
    assert desk.sent_code not in (desk.sender.sent[0].subject or "")


async def test_the_code_stands_nowhere_in_redis(desk: Desk) -> None:
    await desk.send()

    (key,) = await desk.redis.keys("conv:*:code:*")

    kept = await desk.redis.hgetall(key)

    assert desk.sent_code not in f"{key} {kept}"
    assert kept["left"] == "5"


async def test_a_code_shows_in_no_log(desk: Desk) -> None:
    await desk.send()

    text = f"{desk.sender.sent[0]!r} {desk.codes!r}"

    assert desk.sent_code not in text
    assert "kkkk" not in text


def test_codes_have_six_digits_also_where_they_begin_with_zeros() -> None:
    codes = {new_code() for _ in range(2000)}

    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert len(codes) > 1900


async def test_without_redis_no_code_is_sent_and_none_is_right(absent_redis: Redis) -> None:
    desk = Desk(absent_redis)

    with pytest.raises(StateUnavailable):
        await desk.send()
    with pytest.raises(StateUnavailable):
        await desk.check("123456")
    assert desk.sender.sent == []
