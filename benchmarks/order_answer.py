"""What the assistant's actions answer about an order on its way with Australia Post."""

from datetime import UTC, datetime
from typing import Final

from actions.reply import Reply, Say
from actions.responses import ResponseKey
from support.facts import Evidence, Fact

ORDER_NUMBER: Final = "410200341"
CONTACT: Final = "sam@example.com"

_AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
_SHOP = Evidence("Kmart order system", _AT)
_CARRIER = Evidence("Australia Post", _AT)


def _by(evidence: Evidence, **values: str) -> dict[str, Fact[str]]:
    return {name: Fact(value, evidence) for name, value in values.items()}


TELL: Final = Reply(
    says=(
        Say(
            ResponseKey.ORDER_STANDARD,
            facts=_by(
                _SHOP, brand="Kmart", order_number=ORDER_NUMBER, placed="Wednesday 18 November"
            ),
        ),
        Say(ResponseKey.PARCEL_ITEMS, facts=_by(_SHOP, items="Kettle"), joins=True),
        Say(ResponseKey.PARCEL_SHIPPED, checked=(_CARRIER,), joins=True),
        Say(
            ResponseKey.PARCEL_SCAN,
            facts=_by(
                _CARRIER,
                place="SUNSHINE WEST VIC",
                carrier="Australia Post",
                scan="In transit",
                at="10:30 am on Tuesday 24 November",
            ),
            joins=True,
        ),
        Say(
            ResponseKey.PARCEL_ETA_PROMISED,
            facts=_by(_SHOP, date="Wednesday 25 November", source="Kmart order system"),
            joins=True,
        ),
        Say(
            ResponseKey.PARCEL_CARRIER_LINK,
            facts=_by(
                _SHOP,
                link="https://auspost.com.au/mypost/track/details/JDQ019457101000930308",
                carrier="Australia Post",
                tracking_number="JDQ019457101000930308",
            ),
            joins=True,
        ),
        Say(ResponseKey.NEXT_COMING),
    ),
    slots={
        "topic": "order_status",
        "identity_question": None,
        "tried_order_number": None,
        "tried_contact": None,
        "offered_order": None,
        "failures": 0,
        "order_number": ORDER_NUMBER,
    },
)
"""The order's facts, as `action_order_status` tells them."""

ASK: Final = Reply(
    slots={
        "topic": "order_status",
        "identity_question": "ask_both",
        "order_number": None,
        "contact": None,
    },
    then="identity_form",
)
"""The question about identity is opened."""

TAKE: Final = Reply(
    slots={
        "order_number": ORDER_NUMBER,
        "contact": CONTACT,
        "identity_question": "ask_contact",
    }
)
"""The question about identity is answered."""
