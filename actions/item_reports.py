"""A report of missing or damaged items: kept between questions, worded, and sent."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from actions.cases import open_case, open_ones, opened
from actions.claims import with_signals
from actions.formatting import items_by_line
from actions.order_view import OrderView
from actions.questions import Matter
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.tickets import open_ticket, ticket_says
from actions.turn import Turn
from support.decisions.missing_items import Lines, Problem, Report, parcels_with
from support.facts import Fact
from support.ids import LineId
from support.systems.cases.models import Case, CaseKind, CaseRequest
from support.systems.marketplace.models import TicketReason
from support.systems.orders.models import Line, Seller

_KINDS: Final = {
    Problem.MISSING: CaseKind.MISSING_ITEMS,
    Problem.DAMAGED: CaseKind.DAMAGED_ITEMS,
}
_SAID: Final = {
    Problem.MISSING: ResponseKey.REPORT_MISSING,
    Problem.DAMAGED: ResponseKey.REPORT_DAMAGED,
}
_WORDS: Final = "words"
_MOST_CHARACTERS: Final = 500


def noted(report: Report, words: str = "") -> dict[str, str]:
    """Return a report as it is noted in a matter, with the customer's own words."""
    return {
        "missing": _joined(report.missing),
        "damaged": _joined(report.damaged),
        "unsorted": _joined(report.unsorted),
        "problem": report.problem or "",
        **({_WORDS: words} if words else {}),
    }


def words_so_far(matter: Matter, words: str) -> str:
    """Return what the customer has said about it, shortened, for those who work on it."""
    said = (matter.noted.get(_WORDS), words)
    return "\n".join(filter(None, said))[:_MOST_CHARACTERS]


def report_of(matter: Matter) -> Report:
    """Return the report that a matter is about so far."""
    problem = matter.noted.get("problem")
    return Report(
        missing=_ids(matter, "missing"),
        damaged=_ids(matter, "damaged"),
        unsorted=_ids(matter, "unsorted"),
        problem=Problem(problem) if problem else None,
    )


def items_among(view: OrderView, lines: Lines) -> Fact[str]:
    """Return lines by name. How many of each are meant is not known."""
    return Fact(", ".join(line.name for line in _lines(view, lines)), view.found.told)


def parts(report: Report) -> Iterator[tuple[Problem, Lines]]:
    """Yield each problem with its lines."""
    for problem, lines in ((Problem.MISSING, report.missing), (Problem.DAMAGED, report.damaged)):
        if lines:
            yield problem, lines


def word_report(view: OrderView, report: Report) -> Iterator[Say]:
    """Read a report back: what is missing, what came damaged, and which sellers it goes to."""
    for place, (problem, lines) in enumerate(parts(report)):
        yield Say(_SAID[problem], facts={"items": items_among(view, lines)}, joins=place > 0)
    for seller in sellers_of(view, report.lines):
        name = {"seller": Fact(seller.name, view.found.told)}
        yield Say(ResponseKey.REPORT_TO_SELLER, facts=name, joins=True)


async def known_case(services: Services, view: OrderView, report: Report) -> Case | None:
    """Return the open case that holds the whole report already; None where none does."""
    told = list(parts(report))
    if len(told) != 1:
        return None
    problem, lines = told[0]
    cases = await open_ones(services, view.order.number, (_KINDS[problem],), None)
    return next((case for case in cases if lines <= set(case.line_ids)), None)


async def send_report(
    turn: Turn, services: Services, view: OrderView, matter: Matter
) -> tuple[Say, ...]:
    """Open a case for each problem, and a ticket for each Marketplace seller; say so.

    Raises a `SystemFailure`: what was opened before it is found again when it is tried once more.
    """
    report = report_of(matter)
    says: list[Say] = []
    for problem, lines in parts(report):
        own = frozenset(line.id for line in _lines(view, lines) if not line.seller.marketplace)
        if own:
            request = await _request(services, view, problem, own, matter.noted.get(_WORDS, ""))
            says += opened(await open_case(turn, services, request), services)
    for seller in sellers_of(view, report.lines):
        ids = tuple(line.id for line in _lines(view, report.lines) if line.seller == seller)
        ticket = await open_ticket(
            turn,
            services,
            view,
            seller,
            reason=TicketReason.MISSING_OR_DAMAGED,
            message=matter.noted.get(_WORDS),
            line_ids=ids,
        )
        says += ticket_says(ticket, services, view.spoken)
    return (*says, Say(ResponseKey.REPORT_KEEP_PACKAGING, joins=True))


def sellers_of(view: OrderView, lines: Lines) -> tuple[Seller, ...]:
    """Return the Marketplace sellers among those who sold these lines."""
    sellers: Mapping[str, Seller] = {
        line.seller.id: line.seller for line in _lines(view, lines) if line.seller.marketplace
    }
    return tuple(sellers.values())


def _lines(view: OrderView, lines: Lines) -> Iterable[Line]:
    return [line for line in view.order.lines if line.id in lines]


async def _request(
    services: Services, view: OrderView, problem: Problem, lines: Lines, words: str
) -> CaseRequest:
    parcels = parcels_with(lines, view.standings)
    standing = parcels[0] if len(parcels) == 1 else None
    parcel = standing.parcel if standing else None
    request = CaseRequest(
        kind=_KINDS[problem],
        order_number=view.order.number,
        parcel_id=parcel.id if parcel else None,
        line_ids=tuple(sorted(lines)),
        carrier=parcel.carrier if parcel else None,
        tracking_number=parcel.tracking_number if parcel else None,
        details={
            "ordered": items_by_line([(line, line.quantity) for line in _lines(view, lines)]),
            "in the customer's words": words,
        },
    )
    return await with_signals(request, view, standing, services)


def _joined(lines: Lines) -> str:
    return ",".join(sorted(lines))


def _ids(matter: Matter, name: str) -> Lines:
    written = matter.noted.get(name, "")
    return frozenset(LineId(one) for one in written.split(",") if one)
