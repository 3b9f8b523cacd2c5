"""Claims about parcels and items, with what staff should know about them."""

from actions.cases import told_by
from actions.order_view import OrderView
from actions.services import Services
from support.decisions.claim_signals import Claim, claim_signals
from support.decisions.order_status import ParcelStanding
from support.facts import Evidence
from support.systems.cases.models import Case, CaseRequest, CaseSignal
from support.systems.errors import SystemFailure


async def with_signals(
    request: CaseRequest, view: OrderView, standing: ParcelStanding | None, services: Services
) -> CaseRequest:
    """Return the request with its signals. What the case system cannot tell now is left out."""
    try:
        cases = await services.cases.cases_of(view.order.number)
    except SystemFailure:
        cases = ()
    return request.model_copy(
        update={"signals": signals_of(view, standing, cases, services, request)}
    )


def signals_of(
    view: OrderView,
    standing: ParcelStanding | None,
    cases: tuple[Case, ...],
    services: Services,
    request: CaseRequest | None = None,
) -> tuple[CaseSignal, ...]:
    """Return what staff should know about a claim on a parcel, made or yet to be made."""
    claim = Claim(
        order=view.order,
        told=view.found.told,
        standing=standing,
        carrier_told=_carrier_told(standing, services),
        lines=frozenset(request.line_ids) if request else frozenset(),
        cases=cases,
        cases_told=told_by(services),
        level=view.found.level,
        now=services.now(),
    )
    return claim_signals(claim)


def _carrier_told(standing: ParcelStanding | None, services: Services) -> Evidence | None:
    report = standing.report if standing else None
    if report is None:
        return None
    return Evidence(services.carriers.profile(report.carrier).name, report.looked_up_at)
