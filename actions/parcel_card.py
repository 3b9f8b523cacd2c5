"""One parcel as data, for those who draw it: the same facts as its bubble, nothing more.

The names are part of the customer API (`cards` of a message). Whoever draws the card words it;
what is unknown is null, and every time is ISO 8601.
"""

from typing import Any

from actions.formatting import items_of, state_name
from actions.parcel_eta import ParcelEta
from support.decisions.journey import journey_of

PARCEL = "parcel"


def parcel_card(view: ParcelEta) -> dict[str, Any]:
    """Return the card of a parcel, as far as this customer may see it."""
    standing, order = view.standing, view.found.order
    since, state = standing.since, standing.state
    items = items_of(standing.parcel, order) if view.may_see_details else ""
    sellers = view.marketplace_sellers() if view.may_see_details else []
    return {
        "kind": PARCEL,
        "order_number": order.number,
        "brand": order.brand.value,
        "position": view.position,
        "count": view.count,
        "items": items or None,
        "seller": ", ".join(sellers) or None,
        "state": state.value.value,
        "status": state_name(state.value),
        "since": since.isoformat() if since else None,
        "journey": journey_of(state.value, collected=view.is_collected_in_store).as_json(),
        "expected": _expected(view),
        "carrier": _carrier(view),
        "store": _store(view),
        "told_by": {"source": state.evidence.source, "at": state.evidence.at.isoformat()},
    }


def _expected(view: ParcelEta) -> dict[str, Any] | None:
    """Return the day by which it should come, whose word that is, and its spoken form."""
    eta = view.standing.eta
    if eta is None:
        return None
    earliest = eta.value.earliest
    return {
        "by": eta.value.day.isoformat(),
        "earliest": earliest.isoformat() if earliest else None,
        "spoken": view.spoken.day(eta.value.day),
        "overdue": eta.value.overdue,
        "source": eta.evidence.source,
    }


def _carrier(view: ParcelEta) -> dict[str, str | None] | None:
    parcel = view.standing.parcel
    profile = view.carriers.profile(parcel.carrier) if parcel.carrier else None
    number = parcel.tracking_number
    if profile is None and number is None:
        return None
    return {
        "name": profile.name if profile else None,
        "tracking_number": number,
        "link": profile.tracking_link(number) if profile and number else None,
    }


def _store(view: ParcelEta) -> dict[str, str | None] | None:
    store = view.store
    if store is None or not view.is_collected_in_store or not view.may_see_details:
        return None
    return {"name": store.name, "address": store.address, "hours": store.hours}
