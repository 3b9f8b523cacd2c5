"""Which of two sources is believed where order system and carrier say different things of a parcel.

The newer word decides, or the more exact one: a carrier's delivery scan against a "shipped" that
was written later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from support.decisions.parcel_states import (
    BEFORE_DISPATCH,
    CARRIERS_LAST_WORD,
    FINISHED,
    REFINES,
    ParcelState,
)
from support.facts import Fact

_RECENT = timedelta(days=2)


class Reason(StrEnum):
    """Why one source is believed where two disagree."""

    NEWER = "newer"
    MORE_EXACT = "more_exact"
    NOT_CERTAIN = "not_certain"


@dataclass(frozen=True, slots=True)
class Word:
    """What one source says about a parcel, and since when, where that is known."""

    state: Fact[ParcelState]
    since: datetime | None


Decision = tuple[Word, Word | None, Reason | None]


def decide(ours: Word, theirs: Word, now: datetime) -> Decision:
    """Return the word to go by, the one that disagrees with it, and why it is not believed."""
    newer = _is_newer(theirs, ours, now)
    if theirs.state.value is ParcelState.UNCLEAR:
        return _beside_an_unclear_word(ours, theirs, newer=newer)
    if ours.state.value is ParcelState.UNKNOWN:
        return theirs, None, None
    if _agree(ours, theirs):
        return _more_telling(ours, theirs, newer=newer), None, None
    if newer:
        return theirs, ours, Reason.NEWER
    if theirs.state.value in CARRIERS_LAST_WORD and ours.state.value in REFINES:
        return theirs, ours, Reason.MORE_EXACT
    dated = ours.since is not None and theirs.since is not None
    return ours, theirs, Reason.NEWER if dated else Reason.NOT_CERTAIN


def _beside_an_unclear_word(ours: Word, theirs: Word, *, newer: bool) -> Decision:
    if not newer:
        return ours, None, None
    finished = ours.state.value in FINISHED
    return (ours, theirs, Reason.NOT_CERTAIN) if finished else (theirs, None, None)


def _agree(ours: Word, theirs: Word) -> bool:
    if theirs.state.value is ParcelState.NOT_SCANNED_YET:
        return ours.state.value in BEFORE_DISPATCH | {ParcelState.SHIPPED}
    same = ours.state.value is theirs.state.value
    return same or theirs.state.value in REFINES.get(ours.state.value, ())


def _more_telling(ours: Word, theirs: Word, *, newer: bool) -> Word:
    if ours.state.value in BEFORE_DISPATCH:
        return ours
    return theirs if newer or ours.state.value is not theirs.state.value else ours


def _is_newer(theirs: Word, ours: Word, now: datetime) -> bool:
    if theirs.since is None:
        return False
    if ours.since is not None:
        return theirs.since > ours.since
    return ours.state.value not in FINISHED or now - theirs.since < _RECENT
