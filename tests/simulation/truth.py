"""What of a reply is untrue, or cannot be checked: held against the sandbox's own data.

Each value of each response must stand in the data of the parcel that it is said of. `ONLY_IF` adds
what must hold for a response whose own words claim something; a new one is a line there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from actions.cases import KIND_NAMES
from sandbox.demo.pieces import Json
from support.systems.cases.models import CaseKind
from tests.end_to_end.customer import Answer
from tests.simulation.facts import Facts, compared
from tests.simulation.reading import Statement, statements
from tests.truth import STATED, times_in

STATE_OF_STATUS: Final[Mapping[str, str]] = {
    "Processing": "processing",
    "Picking": "picking",
    "Ready to collect": "ready to collect",
    "Collected": "collected",
    "Shipped": "shipped",
    "Shipped, with a possible delay": "delayed",
    "Shipped, in several pieces that are not all at the same point": "split",
    "Out for delivery": "out for delivery",
    "Delivered": "delivered",
    "Delivery attempted": "delivery attempted",
    "Waiting for you at the carrier": "awaiting collection",
    "Returned to sender": "returned to sender",
    "On its way to the store": "shipped",
    "Cancelled": "cancelled",
}
"""What stands after "Status:", and the state that it names."""

_STATUS: Final = re.compile(r"^Status: ([^.:]+)[.:]")
_REFERENCE: Final = re.compile(r"\b[CM]\d{6}\b")
_CHANGED: Final = re.compile(
    r"\baddress (?:is|was|has been|have been) (?:now |already )?(?:changed|updated|corrected)\b"
)
_POSITIONED: Final = ("utter_parcel_title", "utter_detail_parcel", "utter_detail_item")
_FOLLOWS_FROM_PUBLISHED: Final = ("published", "ready", "wait", "until", "sending", "not_yet")
"""Parts of keys and values whose times may follow from a published time."""

_STATES_BY_NAME: Final = frozenset({"state", "other_state"})
_NOT_FROM_THE_ORDER: Final = frozenset(
    {
        "method",
        "region",
        "regions",
        "count",
        "position",
        "source",
        "other_source",
        "kind",
        "request",
        "left",
    }
)
"""Values that are looked up in no record: counts, who said it, and what is checked elsewhere."""

_PARTS_OF_RECORDS: Final = frozenset({"proof"})
"""Values that are cut out of a carrier's words."""

Rule = Callable[[Facts, int | None], bool]


def _some(check: Callable[[Facts, Json], bool]) -> Rule:
    """Return a rule that asks for one such parcel among those that are spoken of."""
    return lambda facts, position: any(check(facts, one) for one in facts.parcels(position))


def _with(check: Callable[[Json], bool]) -> Rule:
    """Return a rule that asks for one such parcel, whatever day it is."""
    return _some(lambda _, one: check(one))


def _state(*names: str) -> Rule:
    return lambda facts, position: bool(facts.states(position) & set(names))


def _none_delivered(facts: Facts, position: int | None) -> bool:
    del position
    return all("delivered" not in one.states for one in facts.world.told)


def _late(facts: Facts, parcel: Json) -> bool:
    return bool(parcel["promised_by"]) and parcel["promised_by"] < facts.today.isoformat()


def _on_time(facts: Facts, parcel: Json) -> bool:
    return bool(parcel["promised_by"]) and not _late(facts, parcel)


def _sold_by_marketplace(facts: Facts, position: int | None) -> bool:
    del position
    return any(one["seller"]["marketplace"] for one in facts.world.demo.order["lines"])


ONLY_IF: Final[Mapping[str, Rule]] = {
    "utter_parcel_delivered_at": _state("delivered"),
    "utter_parcel_proof_of_delivery": _state("delivered"),
    "utter_missing_parcel_not_delivered": _none_delivered,
    "utter_parcel_overdue": _some(_late),
    "utter_parcel_eta_promised": _some(_on_time),
    "utter_parcel_no_date": _with(lambda one: not one["promised_by"]),
    "utter_parcel_tracking_later": _with(lambda one: not one["tracking_number"]),
    "utter_parcel_carrier_not_connected": _with(lambda one: one["carrier"] == "couriersplease"),
    "utter_parcel_tracking_not_found": _state("not scanned yet"),
    "utter_parcel_nothing_to_track": _state("not scanned yet"),
    "utter_tracking_stuck": _state("shipped", "delivered to the store"),
    "utter_missing_parcel_cancelled": _state("cancelled"),
    "utter_not_marketplace": lambda facts, position: not _sold_by_marketplace(facts, position),
    "utter_marketplace_advice": _sold_by_marketplace,
}
"""What must hold where a response's own words claim it."""


def untrue(answer: Answer, facts: Facts) -> list[str]:
    """Return the statements of a reply that the data does not bear out."""
    found = [wrong for reply in answer for wrong in _of_message(reply.text, facts)]
    return list(dict.fromkeys(found))


def told_statuses(text: str, count: int) -> frozenset[int]:
    """Return the positions of the parcels whose status a text tells."""
    return frozenset(
        position
        for position, one in _positioned(text, count)
        if position and (_STATUS.match(one.line) or _STATES_BY_NAME & set(one.values))
    )


def _of_message(text: str, facts: Facts) -> Iterator[str]:
    for position, one in _positioned(text, len(facts.world.told)):
        yield from (f"{wrong}: {one.line!r}" for wrong in _wrong_with(one, facts, position))


def _positioned(text: str, count: int) -> Iterator[tuple[int | None, Statement]]:
    """Yield each statement with the position of the parcel it is about, where that is known."""
    position = 1 if count == 1 else None
    for one in statements(text):
        if one.key and one.key.startswith(_POSITIONED) and "position" in one.values:
            position = int(one.values["position"])
        yield position, one


def _wrong_with(one: Statement, facts: Facts, position: int | None) -> Iterable[str]:
    yield from _wrong_status(one.line, facts, position)
    yield from _wrong_references(one, facts)
    if _CHANGED.search(one.line):
        yield "an address is said to be changed"
    if one.key is None:
        yield from _unread(one.line)
        return
    for name, value in one.values.items():
        if not _is_borne_out(one.key, name, value, facts, position):
            yield f"{name} is not {value!r}"
    rule = ONLY_IF.get(one.key)
    if rule and not rule(facts, position):
        yield "not so"


def _wrong_status(line: str, facts: Facts, position: int | None) -> Iterator[str]:
    if found := _STATUS.match(line):
        state = STATE_OF_STATUS.get(found[1])
        if state not in facts.states(position):
            yield f"the status is not {found[1]!r}"


def _wrong_references(one: Statement, facts: Facts) -> Iterator[str]:
    for reference in _REFERENCE.findall(one.line):
        opened = facts.references.get(reference)
        if opened is None and reference not in facts.said:
            yield f"there is no {reference}"
        kind = one.values.get("kind")
        if opened and kind and KIND_NAMES[CaseKind(opened["kind"])] != kind:
            yield f"{reference} is no {kind}"


def _unread(line: str) -> Iterator[str]:
    """Yield what is wrong with a line that is no response, where it claims anything."""
    if STATED.search(line) or times_in(line):
        yield "claimed in words that are no response"


def _is_borne_out(key: str, name: str, value: str, facts: Facts, position: int | None) -> bool:
    if name in _NOT_FROM_THE_ORDER:
        return True
    if name in _STATES_BY_NAME:
        return value in facts.states(position)
    if times_in(value):
        known = set(facts.times(position))
        if any(part in f"{key} {name}" for part in _FOLLOWS_FROM_PUBLISHED):
            known |= facts.derived_times(position)
        return value in known or all(day in known for day in _days(value))
    if value.startswith("the "):
        return True  # "the carrier": no name is claimed
    return _is_known(name, compared(value), facts, position)


def _bare(text: str) -> str:
    """Return an address without commas and line breaks, which a read-back sets its own way."""
    return " ".join(re.sub(r"[^\w/]", " ", text).split())


def _days(value: str) -> Iterator[str]:
    """Yield the days of a range, each with its month: `Tuesday 1 and Thursday 3 December`."""
    first, _, last = value.partition(" and ")
    month = re.search(r"\d+ (\w+.*)$", last)
    yield f"{first} {month[1]}" if month and re.search(r"\d+$", first) else first
    if last:
        yield last


def _is_known(name: str, written: str, facts: Facts, position: int | None) -> bool:
    names = facts.names(position)
    if written in names or written in compared(facts.said):
        return True
    if name == "address" and _bare(written) in _bare(compared(facts.said)):
        return True
    if name in _PARTS_OF_RECORDS:
        return any(written in one for one in names)
    return all(part in names for part in re.split(r", | and ", written))
