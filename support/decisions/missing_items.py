"""Part of an order is missing, or came broken or wrong: what is reported, and where it is.

Source: the assistant's procedure "some items missing / damaged": a case with the items; what is in
a parcel that is still on its way is not missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from support.decisions.order_status import CarrierProblem, ParcelStanding, unpacked
from support.decisions.parcel_states import UNDER_WAY, ParcelState
from support.ids import LineId
from support.systems.orders.models import Line, Order

Lines = frozenset[LineId]
NO_LINES: Final[Lines] = frozenset()


class Problem(StrEnum):
    """What is wrong with an item. What came instead of another counts as DAMAGED, too."""

    MISSING = "missing"
    DAMAGED = "damaged"


class Whereabouts(StrEnum):
    """Where a line of an order is, as far as the systems say."""

    ARRIVED = "arrived"
    ON_ITS_WAY = "on_its_way"
    NOT_PACKED = "not_packed"
    NOT_COMING = "not_coming"


@dataclass(frozen=True, slots=True)
class Report:
    """Which lines are missing and which came broken or wrong; `unsorted` may be either.

    `problem` is what is wrong in general, where that was said of no line in particular.
    """

    missing: Lines = NO_LINES
    damaged: Lines = NO_LINES
    unsorted: Lines = NO_LINES
    problem: Problem | None = None

    @property
    def lines(self) -> Lines:
        """Every line that is reported."""
        return self.missing | self.damaged | self.unsorted

    @property
    def only_problem(self) -> Problem | None:
        """The problem, where all that was said is the same one."""
        sorted_lines = {Problem.MISSING: self.missing, Problem.DAMAGED: self.damaged}
        told = {problem for problem, lines in sorted_lines.items() if lines}
        if self.problem:
            told.add(self.problem)
        return next(iter(told)) if len(told) == 1 else None

    def about(self, lines: Lines) -> "Report":
        """Return this report with these lines too, under its problem if there is just one."""
        return replace(self, unsorted=self.unsorted | (lines - self.lines)).settled()

    def settled(self) -> "Report":
        """Return this report with what is unsorted put under its problem, if there is just one."""
        problem = self.only_problem
        return self.sorted_as(problem) if problem else self

    def sorted_as(self, problem: Problem) -> "Report":
        """Return this report with what is unsorted put under a problem."""
        if problem is Problem.MISSING:
            return replace(self, missing=self.missing | self.unsorted, unsorted=NO_LINES)
        return replace(self, damaged=self.damaged | self.unsorted, unsorted=NO_LINES)

    def without(self, lines: Lines) -> "Report":
        """Return this report without some lines."""
        return replace(
            self,
            missing=self.missing - lines,
            damaged=self.damaged - lines,
            unsorted=self.unsorted - lines,
        )

    def corrected_by(self, other: "Report", *, replaces: bool) -> "Report":
        """Return what both say, or only the newer one; what it leaves open is as it was."""
        problem = other.problem or (None if other.missing or other.damaged else self.only_problem)
        if other.lines and replaces:
            return replace(other, problem=problem).settled()
        if not other.lines:
            return Report(unsorted=self.lines, problem=problem).settled()
        kept = self.without(other.lines)
        return Report(
            missing=kept.missing | other.missing,
            damaged=kept.damaged | other.damaged,
            unsorted=kept.unsorted | other.unsorted,
            problem=problem,
        ).settled()


_ARRIVED: Final = frozenset(
    {ParcelState.DELIVERED, ParcelState.COLLECTED, ParcelState.PARTLY_DELIVERED}
)
_MAY_HAVE_ARRIVED: Final = _ARRIVED | {ParcelState.UNKNOWN}


def whereabouts(
    line: Line, order: Order, standings: Sequence[ParcelStanding], problem: Problem | None
) -> Whereabouts:
    """Return where a line is. Of one in several parcels the part still coming may be missing.

    Only what nobody says to have arrived is on its way; a parcel that nothing is known of may have.
    What came broken is there by the customer's word, where the carrier cannot be asked.
    """
    holding = list(_holding(line, standings))
    here = any(_has_arrived(one) for one in holding)
    if problem is Problem.DAMAGED and (here or any(_is_out_of_sight(one) for one in holding)):
        return Whereabouts.ARRIVED
    if any(_is_still_coming(one) for one in holding):
        return Whereabouts.ON_ITS_WAY
    if any(one.line_id == line.id for one in unpacked(order)):
        return Whereabouts.NOT_COMING if order.cancelled_at else Whereabouts.NOT_PACKED
    return Whereabouts.ARRIVED if here else Whereabouts.NOT_COMING


def parcels_with(
    lines: Iterable[LineId], standings: Sequence[ParcelStanding]
) -> tuple[ParcelStanding, ...]:
    """Return the parcels that arrived and are said to hold any of these lines."""
    wanted = set(lines)
    return tuple(
        one
        for one in standings
        if _has_arrived(one) and wanted & {item.line_id for item in one.parcel.items}
    )


def _holding(line: Line, standings: Sequence[ParcelStanding]) -> Iterable[ParcelStanding]:
    """Yield the parcels that hold a line; one that does not say what is in it may."""
    for standing in standings:
        inside = {item.line_id for item in standing.parcel.items}
        if not inside or line.id in inside:
            yield standing


def _has_arrived(standing: ParcelStanding) -> bool:
    other = standing.other.state.value if standing.other else None
    return bool({standing.state.value, other} & _MAY_HAVE_ARRIVED)


def _is_out_of_sight(standing: ParcelStanding) -> bool:
    """Say whether a parcel has left and nobody will ever tell that it arrived."""
    under_way = standing.state.value in UNDER_WAY | {ParcelState.OUT_FOR_DELIVERY}
    return under_way and standing.carrier_problem is CarrierProblem.NOT_CONNECTED


def _is_still_coming(standing: ParcelStanding) -> bool:
    if standing.state.value is ParcelState.PARTLY_DELIVERED:
        return True
    return not _has_arrived(standing) and standing.state.value is not ParcelState.CANCELLED
