from typing import Any

import pytest

from gateway.desk.casework import procedure_json
from support.desk import OrderPicture
from support.handover import CaseNote
from support.ids import OrderNumber
from support.systems.cases.models import CaseKind
from support.times import utc_now

NOW = utc_now()


def done(topic: str, *abouts: str) -> dict[str, Any]:
    """Return what is done of a procedure, by title, where these cases are there."""
    cases = [
        CaseNote(reference=f"C-{about}", kind="case", about=about, state="received", opened_at=NOW)
        for about in abouts
    ]
    picture = OrderPicture(
        order_number=OrderNumber("410200341"),
        brand="kmart",
        placed_at=NOW,
        method="standard",
        first_name=None,
        email=None,
        phone=None,
        address=None,
        store=None,
        level="none",
        allowed=(),
        withheld={},
        parcels=(),
        cases=tuple(cases),
        could_not_read=(),
        read_at=NOW,
    )
    steps = procedure_json(None, picture, {}, topic=topic)["steps"]
    return {step["title"]: step["done"]["outcome"] for step in steps if step["done"]}


@pytest.mark.parametrize(
    ("topic", "step", "kind"),
    [
        ("missing_parcel", "Open a missing parcel investigation", CaseKind.MISSING_PARCEL),
        ("missing_parcel", "Open a missing parcel investigation", CaseKind.STORE_CHECK),
        ("click_and_collect", "Open a store check", CaseKind.STORE_CHECK),
        ("address", "Contact fulfilment, or the carrier", CaseKind.CARRIER_REDIRECT),
        ("delay", "Offer refund, return or alternative", CaseKind.REFUND_REQUEST),
    ],
)
def test_a_case_ticks_the_step_that_asks_for_it(topic: str, step: str, kind: CaseKind):
    assert done(topic, kind)[step] == f"case C-{kind}"


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("missing_parcel", CaseKind.REFUND_REQUEST),
        ("address", CaseKind.MISSING_PARCEL),
        ("delay", CaseKind.MISSING_PARCEL),
        ("missing_parcel", "ticket"),
    ],
)
def test_a_case_of_another_kind_ticks_nothing(topic: str, kind: str):
    assert set(done(topic, kind)) == {"Check the order system"}
