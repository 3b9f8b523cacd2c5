"""The states and territories, as people name them."""

import re
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """A state or territory, as it stands in an address."""

    NSW = "NSW"
    VIC = "VIC"
    QLD = "QLD"
    WA = "WA"
    SA = "SA"
    TAS = "TAS"
    ACT = "ACT"
    NT = "NT"


_NAMES: Final = MappingProxyType(
    {
        "nsw": State.NSW,
        "new south wales": State.NSW,
        "vic": State.VIC,
        "victoria": State.VIC,
        "qld": State.QLD,
        "queensland": State.QLD,
        "wa": State.WA,
        "western australia": State.WA,
        "west australia": State.WA,
        "sa": State.SA,
        "south australia": State.SA,
        "tas": State.TAS,
        "tasmania": State.TAS,
        "tassie": State.TAS,
        "tassy": State.TAS,
        "act": State.ACT,
        "australian capital territory": State.ACT,
        "nt": State.NT,
        "northern territory": State.NT,
        "the territory": State.NT,
    }
)

STATE: Final = (
    "(?:" + "|".join(sorted((name.replace(" ", r"\s+") for name in _NAMES), key=len)[::-1]) + ")"
)
"""A pattern for any of the names; to be used with IGNORECASE."""


def state_named(name: str) -> State | None:
    """Return the state of this name or abbreviation, or None."""
    return _NAMES.get(re.sub(r"[\s.]+", " ", name.casefold()).strip())
