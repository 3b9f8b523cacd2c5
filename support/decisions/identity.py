"""Who a customer has shown to be, and what is to be asked next. Source: the assistant's levels.

| level | shown by | may |
|---|---|---|
| none | - | general questions, meaning of a status, carrier link for a number they give |
| channel | the message came from the phone number on the order | its status, no items, no address |
| matched | order number and checkout contact agree | everything about that order |
| code | a one-time code sent to the order's own contact | requests that change something |
| signed in | the web shop's token | their own orders, a list to choose from |
"""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How surely we know that the customer may hear about one order. Higher includes lower."""

    NONE = 0
    CHANNEL = 1
    MATCHED = 2
    CODE = 3
    SIGNED_IN = 4


class NextStep(StrEnum):
    """What to do to find out whether a customer may hear about an order."""

    TELL = "tell"
    CHECK_OWNER = "check_owner"
    CHECK_CONTACT = "check_contact"
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
) -> NextStep:
    """Decide the next step for one order, from what has been said and shown so far.

    `level` is the customer's level for that order; `owner_checked` says that a signed-in customer
    was already found not to be the one who placed it.
    """
    if has_order_number:
        if level > Level.NONE:
            return NextStep.TELL
        if signed_in and not owner_checked:
            return NextStep.CHECK_OWNER
        return NextStep.CHECK_CONTACT if has_contact else NextStep.ASK_CONTACT
    return NextStep.ASK_ORDER_NUMBER if has_contact else NextStep.ASK_BOTH
