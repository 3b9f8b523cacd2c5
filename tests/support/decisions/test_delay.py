from datetime import date
from typing import Any

import pytest

from support.decisions.answers import Answer
from support.decisions.delay import (
    REMEDIES,
    Lateness,
    expected_last,
    is_late,
    lateness,
    options,
)
from support.decisions.parcel_states import ParcelState
from support.systems.carriers.models import CarrierStatus
from tests.orders import hours_ago, order, parcel_json
from tests.support.decisions.standings import scanned, standing, standings_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("parcel", "carrier", "late"),
    [
        ({"promised_by": "2026-11-23"}, None, True),
        ({"promised_by": "2026-11-24"}, None, False),
        ({"promised_by": None}, None, False),
        ({"promised_by": "2026-11-30"}, CarrierStatus.DELAYED, True),
        ({"promised_by": "2026-11-23"}, CarrierStatus.RETURNED, True),
        ({"promised_by": "2026-11-30"}, CarrierStatus.RETURNED, False),
        ({"promised_by": "2026-11-23"}, CarrierStatus.HELD, True),
        ({"promised_by": "2026-11-23"}, CarrierStatus.READY_FOR_COLLECTION, False),
        ({"promised_by": "2026-11-23", "status": "delivered"}, None, False),
        ({"promised_by": "2026-11-23", "status": "ready_to_collect"}, None, False),
        ({"promised_by": "2026-11-23", "status": "cancelled"}, None, False),
    ],
)
def test_a_parcel_is_late_past_its_day_or_by_the_carriers_word(
    parcel: dict[str, Any], carrier: CarrierStatus | None, *, late: bool
) -> None:
    report = scanned(hours_ago(2), status=carrier) if carrier else None

    assert is_late(standing(report=report, **parcel), today=TODAY) is late


@pytest.mark.parametrize(
    ("parcels", "how"),
    [
        ([{"promised_by": "2026-11-20"}, {"status": "delivered"}], Lateness.LATE),
        ([{}, {"status": "delivered"}], Lateness.ON_TIME),
        ([{"promised_by": None}], Lateness.WITHOUT_DATE),
        ([], Lateness.WITHOUT_DATE),
        ([{"status": "delivered"}], Lateness.NOTHING_COMING),
    ],
)
def test_one_late_parcel_makes_an_order_late(parcels: list[dict[str, Any]], how: Lateness) -> None:
    whole = order(parcels=[parcel_json(**one) for one in parcels])

    assert lateness(standings_of(whole), today=TODAY) is how


def test_nothing_comes_of_a_cancelled_order() -> None:
    late = [standing(promised_by="2026-11-20")]

    assert lateness(late, today=TODAY, cancelled=True) is Lateness.NOTHING_COMING


def test_the_last_date_of_several_parcels_is_the_one_to_go_by() -> None:
    whole = order(
        parcel_json(promised_by="2026-11-27"),
        parcel_json(id="P2", promised_by="2026-11-25"),
        parcel_json(id="P3", promised_by=None),
    )
    last = expected_last(standings_of(whole))

    assert last is not None
    assert last.value.day == date(2026, 11, 27)
    assert expected_last([standing(promised_by=None)]) is None


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (ParcelState.SHIPPED, (Answer.WAIT, *REMEDIES)),
        (ParcelState.DELAYED, (Answer.WAIT, *REMEDIES)),
        (ParcelState.PROCESSING, (Answer.WAIT, Answer.REFUND, Answer.ALTERNATIVE)),
        (ParcelState.NOT_SCANNED_YET, (Answer.WAIT, Answer.REFUND, Answer.ALTERNATIVE)),
        (ParcelState.RETURNED, (Answer.REFUND, Answer.ALTERNATIVE)),
    ],
)
def test_only_what_is_coming_can_be_waited_for_and_returned(
    state: ParcelState, offered: tuple[Answer, ...]
) -> None:
    assert options(state, allowed=REMEDIES) == offered


def test_only_allowed_remedies_are_offered() -> None:
    assert options(ParcelState.SHIPPED, allowed=()) == (Answer.WAIT,)
    assert options(ParcelState.SHIPPED, allowed=(Answer.RETURN,)) == (Answer.WAIT, Answer.RETURN)
