import asyncio
from datetime import timedelta
from time import monotonic

import pytest
from redis.asyncio import Redis

from support.decisions.identity import Level
from support.identification import Asker, Identification, LookedUpOrder, Refusal
from support.ids import ConversationId, CustomerId, OrderNumber, SenderKey
from support.state.attempts import Attempts
from support.state.identity import VerifiedOrders
from support.systems.orders.errors import OrderNotFound
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order
from tests.orders import NOW, order

ASKER = Asker(ConversationId("conversation-1"), SenderKey("sender-1"))
NUMBER = OrderNumber("410200341")
PACE = timedelta(milliseconds=200)


class UnevenOrderSystem(MemoryOrderSystem):
    """Finds orders slowly and misses them fast, as databases do."""

    async def order(self, number: OrderNumber) -> Order:
        try:
            found = await super().order(number)
        except OrderNotFound:
            await asyncio.sleep(0.01)
            raise
        await asyncio.sleep(0.12)
        return found


@pytest.fixture
def identification(redis: Redis) -> Identification:
    return Identification(
        orders=UnevenOrderSystem([order()]),
        verified=VerifiedOrders(redis),
        attempts=Attempts(redis),
        now=lambda: NOW,
        pace=PACE,
    )


@pytest.mark.alone
@pytest.mark.parametrize(
    ("number", "contact"),
    [("410200341", "wrong@example.com"), ("999999999", "sam@example.com")],
    ids=["wrong contact", "no such order"],
)
async def test_every_refusal_takes_the_same_time(
    identification: Identification, number: str, contact: str
) -> None:
    started = monotonic()

    outcome = await identification.check_contact(ASKER, OrderNumber(number), (contact,))

    assert outcome is Refusal.NOT_MATCHED
    assert monotonic() - started == pytest.approx(PACE.total_seconds(), abs=0.08)


@pytest.mark.parametrize(
    "contact",
    ["sam@example.com", "Sam@Example.COM", "0400 000 001", "+61 400 000 001", "61400000001"],
)
async def test_contacts_match_however_they_are_typed(
    identification: Identification, contact: str
) -> None:
    outcome = await identification.check_contact(ASKER, NUMBER, (contact,))

    assert isinstance(outcome, LookedUpOrder)
    assert outcome.level is Level.MATCHED
    assert outcome.told.source == "Kmart order system"
    assert await identification.level(ASKER, NUMBER) is Level.MATCHED


async def test_another_conversation_starts_unverified(identification: Identification) -> None:
    await identification.check_contact(ASKER, NUMBER, ("sam@example.com",))
    other = Asker(ConversationId("conversation-2"), SenderKey("sender-1"))

    assert await identification.level(other, NUMBER) is Level.NONE


async def test_only_the_customer_who_placed_an_order_owns_it(
    identification: Identification,
) -> None:
    own = Asker(ASKER.conversation_id, ASKER.sender_key, CustomerId("c-1001"))
    other = Asker(ASKER.conversation_id, ASKER.sender_key, CustomerId("c-2"))

    assert await identification.check_owner(other, NUMBER) is None
    assert await identification.check_owner(own, NUMBER) is not None
    assert await identification.level(own, NUMBER) is Level.SIGNED_IN


async def test_any_of_several_contacts_will_do(identification: Identification) -> None:
    contacts = ("alex@example.com", "+61400000999", "sam@example.com")

    outcome = await identification.check_contact(ASKER, NUMBER, contacts)

    assert isinstance(outcome, LookedUpOrder)


async def test_a_list_of_contacts_is_not_tried_to_its_end(identification: Identification) -> None:
    contacts = tuple(f"{name}@example.com" for name in ("alex", "kim", "jo", "sam"))

    outcome = await identification.check_contact(ASKER, NUMBER, contacts)

    assert outcome is Refusal.NOT_MATCHED


async def test_the_phone_on_the_order_shows_less_than_naming_a_contact(
    identification: Identification,
) -> None:
    asker = Asker(ASKER.conversation_id, ASKER.sender_key, phone="+61400000001")

    found = await identification.check_sender(asker, NUMBER)

    assert found is not None
    assert found.level is Level.CHANNEL
    assert await identification.level(asker, NUMBER) is Level.CHANNEL


@pytest.mark.alone
@pytest.mark.parametrize(
    ("number", "phone"),
    [("410200341", "+61400000002"), ("999999999", "+61400000001")],
    ids=["another phone", "no such order"],
)
async def test_another_phone_and_no_such_order_take_the_same_time(
    identification: Identification, number: str, phone: str
) -> None:
    asker = Asker(ASKER.conversation_id, ASKER.sender_key, phone=phone)
    started = monotonic()

    found = await identification.check_sender(asker, OrderNumber(number))

    assert found is None
    assert monotonic() - started == pytest.approx(PACE.total_seconds(), abs=0.08)


async def test_without_a_phone_that_is_vouched_for_nothing_is_shown(
    identification: Identification,
) -> None:
    assert await identification.check_sender(ASKER, NUMBER) is None
    assert await identification.level(ASKER, NUMBER) is Level.NONE
