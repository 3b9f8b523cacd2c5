"""Who a customer has shown to be, and what is to be asked next. Source: the assistant's levels.

| level | shown by | may |
|---|---|---|
| none | - | general questions, meaning of a status, carrier link for a number they give |
| channel | the message came from the phone number on the order | its status, no items, no address |
| matched | order number and checkout contact agree | everything about that order |
| code | a one-time code sent to the order's own contact | requests that change something |
| signed in | the web shop's token | their own orders, a list to choose from |
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final


class Level(IntEnum):
    """How surely we know that the customer may hear about one order. Higher includes lower."""

    NONE = 0
    CHANNEL = 1
    MATCHED = 2
    CODE = 3
    SIGNED_IN = 4


class Deed(StrEnum):
    """What is told or done about an order. Every one is in the table `LEAST_LEVEL`."""

    TELL_STATUS = "tell_status"
    TELL_DETAILS = "tell_details"
    TELL_CASES = "tell_cases"
    OPEN_INVESTIGATION = "open_investigation"
    REPORT_ITEMS = "report_items"
    OPEN_TICKET = "open_ticket"
    ASK_STORE = "ask_store"
    FOLLOW = "follow"
    CHANGE_ADDRESS = "change_address"
    REDIRECT = "redirect"
    ASK_REMEDY = "ask_remedy"


LEAST_LEVEL: Final[Mapping[Deed, Level]] = {
    Deed.TELL_STATUS: Level.CHANNEL,
    Deed.TELL_DETAILS: Level.MATCHED,
    Deed.TELL_CASES: Level.MATCHED,
    Deed.OPEN_INVESTIGATION: Level.MATCHED,
    Deed.REPORT_ITEMS: Level.MATCHED,
    Deed.OPEN_TICKET: Level.MATCHED,
    Deed.ASK_STORE: Level.MATCHED,
    Deed.FOLLOW: Level.CHANNEL,
    Deed.CHANGE_ADDRESS: Level.CODE,
    Deed.REDIRECT: Level.CODE,
    Deed.ASK_REMEDY: Level.CODE,
}
"""How surely we must know who asks. What changes an order, or asks for money, needs a code."""


def may(level: Level, deed: Deed) -> bool:
    """Say whether somebody of this level may have this done. Nothing else decides that."""
    return level >= LEAST_LEVEL[deed]


class NextStep(StrEnum):
    """What to do to find out whether a customer may hear about an order."""

    TELL = "tell"
    CHECK_OWNER = "check_owner"
    CHECK_CONTACT = "check_contact"
    CHECK_SENDER = "check_sender"
    ASK_BOTH = "ask_both"
    ASK_ORDER_NUMBER = "ask_order_number"
    ASK_CONTACT = "ask_contact"


def next_step(
    *,
    has_order_number: bool,
    has_contact: bool,
    level: Level,
    signed_in: bool,
    owner_checked: bool = False,
    has_phone: bool = False,
) -> NextStep:
    """Decide the next step for one order, from what has been said and shown so far.

    `level` is the customer's level for that order; `owner_checked` says that a signed-in customer
    was already found not to be the one who placed it. `has_phone`: the message came from a phone
    that was not compared with the order's yet.
    """
    if has_order_number:
        if level > Level.CHANNEL:
            return NextStep.TELL
        if signed_in and not owner_checked:
            return NextStep.CHECK_OWNER
        if has_contact:
            return NextStep.CHECK_CONTACT
        if level is Level.CHANNEL:
            return NextStep.TELL
        return NextStep.CHECK_SENDER if has_phone else NextStep.ASK_CONTACT
    return NextStep.ASK_ORDER_NUMBER if has_contact else NextStep.ASK_BOTH
