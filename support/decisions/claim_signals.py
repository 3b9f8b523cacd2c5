"""What is known that helps people to judge a claim: of a parcel or items that did not arrive.

A signal is a looked-up fact with its source, for staff. None of them decides anything, and the
customer's conversation is the same with and without them: docs/decisions/0044-claim-signals.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from support.decisions.identity import Level
from support.decisions.order_status import ParcelStanding
from support.facts import Evidence
from support.ids import LineId
from support.places.localities import Locality, localities_named
from support.places.states import State
from support.systems.cases.models import Case, CaseKind, CaseSignal, Leaning
from support.systems.orders.models import Address, Order

LONG_AFTER: Final = timedelta(days=30)
"""A claim later than this after the delivery scan is pointed out. Ours, not a published limit."""

CLAIMS: Final = frozenset(
    {
        CaseKind.MISSING_PARCEL,
        CaseKind.MISSING_ITEMS,
        CaseKind.DAMAGED_ITEMS,
        CaseKind.STORE_CHECK,
        CaseKind.REFUND_REQUEST,
    }
)
_ADDRESS_CASES: Final = frozenset({CaseKind.ADDRESS_BEFORE_DISPATCH, CaseKind.CARRIER_REDIRECT})
_TO_A_PERSON: Final = re.compile(
    r"\b(?:sign(?:ed|ature)|handed\s+to|received\s+by|accepted\s+by|given\s+to)\b", re.IGNORECASE
)
_UNATTENDED: Final = re.compile(
    r"\b(?:safe\s+(?:place|location|drop)|left\s+(?:at|in|on|with)|front\s+door|door\s?step|porch"
    r"|letter\s?box|mail\s?box|unattended|no\s+signature)\b",
    re.IGNORECASE,
)
_NO_SIGNATURE: Final = re.compile(
    r"\b(?:no|not|without(?:\s+a)?)\s+sign(?:ed|ature)\b", re.IGNORECASE
)
_PLACE: Final = re.compile(
    rf"^\s*(?P<name>[A-Za-z' .-]+?)[\s,]+(?P<state>{'|'.join(State)})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it is made. `standing` is None where it is about no single parcel.

    `cases` are the order's own so far, as `cases_told` says; `told` is who told of the order.
    `carrier_told` is the carrier's report, None where there is none. `level` is what the customer
    has shown, `lines` what is claimed, empty for the whole parcel.
    """

    order: Order
    told: Evidence
    standing: ParcelStanding | None
    carrier_told: Evidence | None
    lines: frozenset[LineId]
    cases: tuple[Case, ...]
    cases_told: Evidence
    level: Level
    now: datetime


def claim_signals(claim: Claim) -> tuple[CaseSignal, ...]:
    """Return what staff should know about a claim; facts only, in no order of weight."""
    return (*_of_delivery(claim), *_of_history(claim), *_of_person(claim))


def _of_delivery(claim: Claim) -> Iterator[CaseSignal]:
    standing = claim.standing
    if standing is None:
        return
    told = standing.state.evidence
    if standing.other is not None:
        text = (
            f"{told.source} says {_plain(standing.state.value)}, "
            f"{standing.other.state.evidence.source} says {_plain(standing.other.state.value)}."
        )
        yield _signal("sources_disagree", text, Leaning.CUSTOMER, told)
    if claim.carrier_told is not None:
        yield from _of_proof(standing, claim.carrier_told)
        yield from _of_place(standing, claim.order.delivery.address, claim.carrier_told)
    if standing.since is not None and claim.now - standing.since > LONG_AFTER:
        days = (claim.now - standing.since).days
        text = f"Claimed {days} days after the parcel came to stand as it does."
        yield _signal("claimed_late", text, Leaning.CAUTION, told)


def _of_proof(standing: ParcelStanding, told: Evidence) -> Iterator[CaseSignal]:
    """Yield how the carrier says the parcel was left."""
    note = standing.report.proof_of_delivery if standing.report else None
    words = " ".join(filter(None, (note, standing.scan.description if standing.scan else None)))
    quoted = f"The carrier's words: “{words}”."
    if _TO_A_PERSON.search(words) and not _NO_SIGNATURE.search(words):
        yield _signal("handed_to_a_person", quoted, Leaning.CAUTION, told)
    elif _UNATTENDED.search(words):
        yield _signal("left_unattended", quoted, Leaning.CUSTOMER, told)


def _of_place(
    standing: ParcelStanding, address: Address | None, told: Evidence
) -> Iterator[CaseSignal]:
    """Yield whether the scan is from the order's own suburb, where it names one at all."""
    scanned = standing.scan.location if standing.scan else None
    places = _places(scanned or "")
    if not places or address is None or not address.suburb:
        return
    wanted = f"{address.suburb} {address.state or ''} {address.postcode or ''}".strip()
    if any(_is_at(place, address) for place in places):
        text = f"The deciding scan is from the order's own area: {scanned}."
        yield _signal("scanned_nearby", text, Leaning.NEITHER, told)
    else:
        text = f"The deciding scan is from {scanned}; the order goes to {wanted}."
        yield _signal("scanned_elsewhere", text, Leaning.CUSTOMER, told)


def _of_history(claim: Claim) -> Iterator[CaseSignal]:
    earlier = [case for case in claim.cases if case.kind in CLAIMS]
    if earlier:
        references = ", ".join(case.reference for case in earlier)
        text = f"Earlier claims on this order: {references}."
        yield _signal("earlier_claims", text, Leaning.CAUTION, claim.cases_told)
    moved = [case for case in claim.cases if case.kind in _ADDRESS_CASES]
    if moved:
        references = ", ".join(case.reference for case in moved)
        text = f"Another address was asked for: {references}."
        yield _signal("address_in_question", text, Leaning.NEITHER, claim.cases_told)
    if any(_is_about(refund.line_ids, claim) for refund in claim.order.refunds):
        text = "Money was given back on this order already."
        yield _signal("refunded_before", text, Leaning.CAUTION, claim.told)


def _is_about(lines: tuple[LineId, ...], claim: Claim) -> bool:
    """Whether a refund may be for what is claimed; one without lines may be for anything."""
    parcel = claim.standing.parcel if claim.standing else None
    in_parcel = {item.line_id for item in parcel.items} if parcel else set()
    claimed = claim.lines or in_parcel
    return not lines or not claimed or bool(claimed & set(lines))


def _of_person(claim: Claim) -> Iterator[CaseSignal]:
    shown = Evidence("Order assistant", claim.now)
    if claim.level >= Level.CODE:
        by = "is signed in" if claim.level is Level.SIGNED_IN else "had a one-time code"
        text = f"Whoever claims {by} as the order's own customer."
        yield _signal("identity_strong", text, Leaning.CUSTOMER, shown)
    else:
        text = "Whoever claims knew the order number and a contact of the order, no more."
        yield _signal("identity_by_details", text, Leaning.NEITHER, shown)


def _places(location: str) -> tuple[Locality, ...]:
    """Return the places that a carrier's location names; () for depots and the like."""
    found = _PLACE.match(location)
    return localities_named(found["name"], State(found["state"].upper())) if found else ()


def _is_at(place: Locality, address: Address) -> bool:
    same_name = place.name.casefold() == (address.suburb or "").strip().casefold()
    return same_name or place.postcode == (address.postcode or "").strip()


def _signal(code: str, text: str, leaning: Leaning, told: Evidence) -> CaseSignal:
    return CaseSignal(code=code, text=text, leaning=leaning, source=told.source, at=told.at)


def _plain(word: str) -> str:
    return word.replace("_", " ")
