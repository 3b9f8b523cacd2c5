from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.decisions.claim_signals import LONG_AFTER, Claim, claim_signals
from support.decisions.identity import Level
from support.facts import Evidence
from support.ids import CaseReference, LineId, OrderNumber
from support.systems.carriers.models import CarrierStatus, TrackingEvent
from support.systems.cases.models import Case, CaseKind, CaseState, Leaning
from tests.orders import NOW, hours_ago, order, parcel_json
from tests.support.decisions.standings import scanned, standings_of

DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T10:00:00+11:00")


def claim(
    *,
    event: dict[str, Any] | None = None,
    proof: str | None = None,
    status: CarrierStatus = CarrierStatus.DELIVERED,
    **changes: Any,
) -> Claim:
    """Return Sam's claim on the one parcel, with what the carrier scanned last."""
    report = scanned(hours_ago(3), status=status)
    scan = TrackingEvent(
        **{"at": hours_ago(3), "description": "Delivered", "status": status} | (event or {})
    )
    report = replace(report, events=(scan,), deciding_event=scan, proof_of_delivery=proof)
    whole = order(DELIVERED, **changes.pop("order", {}))
    return replace(
        Claim(
            order=whole,
            told=Evidence("Kmart order system", NOW),
            standing=standings_of(whole, report=report)[0],
            carrier_told=Evidence("Australia Post", NOW),
            lines=frozenset(),
            cases=(),
            cases_told=Evidence("Kmart case system", NOW),
            level=Level.MATCHED,
            now=NOW,
        ),
        **changes,
    )


def case(kind: CaseKind, reference: str = "C1") -> Case:
    return Case(
        reference=CaseReference(reference),
        kind=kind,
        order_number=OrderNumber("410200341"),
        state=CaseState.RESOLVED,
        opened_at=hours_ago(500),
    )


def leanings(claim: Claim) -> dict[str, Leaning]:
    return {signal.code: signal.leaning for signal in claim_signals(claim)}


@pytest.mark.parametrize(
    ("words", "proof", "code"),
    [
        ("Delivered", "Signed by: S SMITH", "handed_to_a_person"),
        ("Delivered - handed to resident", None, "handed_to_a_person"),
        ("Delivered", "Left in a safe place", "left_unattended"),
        ("Delivered - Left at front door", None, "left_unattended"),
        ("Delivered, no signature required, left in letterbox", None, "left_unattended"),
        ("Delivered", None, None),
    ],
)
def test_how_the_carrier_left_it_is_quoted(words: str, proof: str | None, code: str | None):
    told = claim(event={"description": words}, proof=proof)
    found = [one for one in claim_signals(told) if "_a_person" in one.code or "left_" in one.code]
    assert [one.code for one in found] == ([code] if code else [])
    assert all((proof or words) in one.text for one in found)
    assert all(one.source == "Australia Post" for one in found)


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("GEELONG VIC", "scanned_nearby"),
        ("Geelong, VIC 3220", "scanned_nearby"),
        ("NEWTOWN VIC", "scanned_nearby"),  # another suburb of the same postcode
        ("ALEXANDRIA NSW", "scanned_elsewhere"),
        ("Chullora Parcel Facility NSW", None),
        ("MEL", None),
        ("", None),
        (None, None),
    ],
)
def test_a_scan_from_elsewhere_speaks_for_the_customer(location: str | None, code: str | None):
    found = leanings(claim(event={"location": location}))
    assert [one for one in found if one.startswith("scanned_")] == ([code] if code else [])
    assert found.get("scanned_elsewhere", Leaning.CUSTOMER) is Leaning.CUSTOMER


def test_a_source_that_says_something_else_speaks_for_the_customer():
    found = leanings(claim(status=CarrierStatus.IN_TRANSIT, event={"description": "In transit"}))
    assert found["sources_disagree"] is Leaning.CUSTOMER
    assert "sources_disagree" not in leanings(claim())


def test_earlier_claims_and_wishes_for_another_address_are_named():
    cases = (
        case(CaseKind.MISSING_PARCEL, "C1"),
        case(CaseKind.REFUND_REQUEST, "C2"),
        case(CaseKind.CARRIER_REDIRECT, "C3"),
        case(CaseKind.READY_MESSAGE, "C4"),
    )
    signals = {one.code: one for one in claim_signals(claim(cases=cases))}
    assert signals["earlier_claims"].text == "Earlier claims on this order: C1, C2."
    assert signals["earlier_claims"].source == "Kmart case system"
    assert signals["address_in_question"].text.endswith("C3.")


@pytest.mark.parametrize(
    ("refunded", "claimed", "told"),
    [([], {"1"}, True), (["1"], {"1"}, True), (["2"], {"1"}, False), (["2"], set(), False)],
)
def test_money_given_back_for_what_is_claimed_is_named(
    refunded: list[str], claimed: set[str], *, told: bool
):
    refunds = [{"line_ids": refunded, "amount": 20}]
    about = claim(order={"refunds": refunds}, lines=frozenset(map(LineId, claimed)))
    assert ("refunded_before" in leanings(about)) is told
    assert "refunded_before" not in leanings(claim())


def test_without_a_report_nothing_is_said_in_the_carriers_name():
    told = claim(proof="Left in a safe place", carrier_told=None, event={"location": "PERTH WA"})
    assert set(leanings(told)) == {"identity_by_details"}


def test_a_late_claim_is_named_with_its_days():
    later = claim(now=NOW + LONG_AFTER)
    late = next(one for one in claim_signals(later) if one.code == "claimed_late")
    assert "30 days" in late.text
    assert "claimed_late" not in leanings(claim(now=NOW + LONG_AFTER - timedelta(days=1)))


@pytest.mark.parametrize(
    ("level", "code", "leaning"),
    [
        (Level.MATCHED, "identity_by_details", Leaning.NEITHER),
        (Level.CODE, "identity_strong", Leaning.CUSTOMER),
        (Level.SIGNED_IN, "identity_strong", Leaning.CUSTOMER),
    ],
)
def test_how_sure_it_is_who_claims_is_told(level: Level, code: str, leaning: Leaning):
    assert leanings(claim(level=level))[code] is leaning


def test_a_claim_about_no_single_parcel_has_what_the_order_tells():
    about = claim(standing=None, cases=(case(CaseKind.DAMAGED_ITEMS),))
    assert set(leanings(about)) == {"earlier_claims", "identity_by_details"}


WORDS = st.none() | st.text(max_size=60) | st.sampled_from(["", "SYDNEY NSW", "NSW", " , VIC 0"])


@given(
    description=st.text(max_size=60),
    location=WORDS,
    proof=WORDS,
    status=st.sampled_from(CarrierStatus),
    suburb=WORDS,
    days=st.integers(min_value=0, max_value=900),
)
def test_whatever_a_carrier_writes_signals_are_its_words_and_have_a_source(
    description: str,
    location: str | None,
    proof: str | None,
    status: CarrierStatus,
    suburb: str | None,
    days: int,
):
    address = {"suburb": suburb, "state": "VIC", "postcode": "3220"}
    delivery = {"method": "standard", "address": address, "store": None}
    about = claim(
        event={"description": description, "location": location},
        proof=proof,
        status=status,
        order={"delivery": delivery},
        now=NOW + timedelta(days=days),
    )
    for signal in claim_signals(about):
        assert signal.source in {"Kmart order system", "Australia Post", "Order assistant"}
        assert signal.at in {NOW, about.now}
