"""What is texted at the end of a procedure, when something was opened: two segments at the most."""

from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from support.decisions.identity import Level
from support.knowledge.library import Library
from support.sms.segments import size_of
from support.systems.cases.models import CaseKind
from support.systems.orders.models import Order
from tests.actions.chatting import Chat
from tests.actions.sms_wording import as_texts
from tests.orders import hours_ago, line_json, order, parcel_json

MOST_SEGMENTS = 2
NEW = "Unit 112, 1345 Old Northern Rd, Kellyville NSW 2155"
UNSENT = {"carrier": None, "tracking_number": None, "dispatched_at": None}
DELIVERED = parcel_json(status="delivered", delivered_at=hours_ago(60).isoformat())
LATE = parcel_json(promised_by=hours_ago(72).date().isoformat())


@dataclass(frozen=True)
class Procedure:
    """A problem as it is told, and what answers the questions until a case is opened."""

    order: Order
    text: str
    intent: str
    answers: tuple[str, ...]
    opens: CaseKind


PROCEDURES = [
    Procedure(
        order(DELIVERED),
        "says delivered, not here",
        "delivered_not_received",
        ("not_there", "not_there", "no", "yes"),
        CaseKind.MISSING_PARCEL,
    ),
    Procedure(
        order(parcel_json(dispatched_at=hours_ago(200).isoformat())),
        "tracking is stuck",
        "tracking_not_updating",
        ("yes",),
        CaseKind.STUCK_PARCEL,
    ),
    Procedure(
        order(LATE), "its late", "delivery_delayed", ("refund", "yes"), CaseKind.REFUND_REQUEST
    ),
    Procedure(
        order(parcel_json(status="picking", **UNSENT)),
        f"wrong address, send it to {NEW}",
        "wrong_address",
        ("yes",),
        CaseKind.ADDRESS_BEFORE_DISPATCH,
    ),
    Procedure(
        order(parcel_json()),
        f"wrong address, send it to {NEW}",
        "wrong_address",
        ("yes",),
        CaseKind.CARRIER_REDIRECT,
    ),
    Procedure(
        order(parcel_json(status="out_for_delivery")),
        f"wrong address, send it to {NEW}",
        "wrong_address",
        ("yes",),
        CaseKind.CARRIER_REDIRECT,
    ),
    Procedure(
        order(DELIVERED, lines=[line_json()]),
        "it came broken",
        "missing_item_or_damaged",
        ("yes",),
        CaseKind.DAMAGED_ITEMS,
    ),
]


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: f"{one.intent}-{one.opens}")
async def test_what_was_opened_is_told_in_two_segments(procedure: Procedure, redis: Redis) -> None:
    chat = Chat(procedure.order, redis, knowledge=Library.read())
    chat.talk.channel = "sms"
    await chat.identify(Level.CODE)
    await chat.begin(procedure.text, procedure.intent)

    for answer in procedure.answers:
        await chat.press(answer)

    assert [one.kind for one in chat.cases.requests] == [procedure.opens]
    texts = as_texts(chat.talk.messages, chat.talk.slots)
    assert [text for text in texts if size_of(text).segments > MOST_SEGMENTS] == []
