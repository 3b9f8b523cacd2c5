"""Opening cases and telling about them: what all procedures share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from actions.allowed import check_allowed
from actions.formatting import Spoken
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.turn import Turn
from support.decisions.identity import Deed
from support.facts import Evidence, Fact
from support.ids import OrderNumber, ParcelId
from support.systems.cases.models import Case, CaseKind, CaseRequest, CaseState
from support.systems.errors import SystemFailure

SOURCE: Final = "Kmart case system"

KIND_NAMES: Final[Mapping[CaseKind, str]] = {
    CaseKind.MISSING_PARCEL: "missing parcel investigation",
    CaseKind.MISSING_ITEMS: "report of missing items",
    CaseKind.DAMAGED_ITEMS: "report of damaged or wrong items",
    CaseKind.STUCK_PARCEL: "parcel search",
    CaseKind.NOT_DISPATCHED: "late dispatch case",
    CaseKind.ADDRESS_BEFORE_DISPATCH: "request to correct the address before dispatch",
    CaseKind.CARRIER_REDIRECT: "request to the carrier to redirect or return a parcel",
    CaseKind.REFUND_REQUEST: "refund request",
    CaseKind.RETURN_REQUEST: "return request",
    CaseKind.ALTERNATIVE_REQUEST: "request for an alternative",
    CaseKind.STORE_CHECK: "check with the store",
    CaseKind.COLLECTION_EXTENSION: "request for more time to collect",
    CaseKind.READY_MESSAGE: "request to send the Ready to collect message again",
    CaseKind.UNKNOWN: "case",
}
DEEDS: Final[Mapping[CaseKind, Deed]] = {
    CaseKind.MISSING_PARCEL: Deed.OPEN_INVESTIGATION,
    CaseKind.MISSING_ITEMS: Deed.REPORT_ITEMS,
    CaseKind.DAMAGED_ITEMS: Deed.REPORT_ITEMS,
    CaseKind.STUCK_PARCEL: Deed.OPEN_INVESTIGATION,
    CaseKind.NOT_DISPATCHED: Deed.OPEN_INVESTIGATION,
    CaseKind.ADDRESS_BEFORE_DISPATCH: Deed.CHANGE_ADDRESS,
    CaseKind.CARRIER_REDIRECT: Deed.REDIRECT,
    CaseKind.REFUND_REQUEST: Deed.ASK_REMEDY,
    CaseKind.RETURN_REQUEST: Deed.ASK_REMEDY,
    CaseKind.ALTERNATIVE_REQUEST: Deed.ASK_REMEDY,
    CaseKind.STORE_CHECK: Deed.ASK_STORE,
    CaseKind.COLLECTION_EXTENSION: Deed.ASK_STORE,
    CaseKind.READY_MESSAGE: Deed.ASK_STORE,
    CaseKind.UNKNOWN: Deed.ASK_REMEDY,
}
"""What opening a case of each kind is, for which the customer must have shown enough."""
STATE_KEYS: Final[Mapping[CaseState, ResponseKey]] = {
    CaseState.RECEIVED: ResponseKey.CASE_RECEIVED,
    CaseState.WITH_CARRIER: ResponseKey.CASE_WITH_CARRIER,
    CaseState.WITH_STORE: ResponseKey.CASE_WITH_STORE,
    CaseState.WITH_FULFILMENT: ResponseKey.CASE_WITH_FULFILMENT,
    CaseState.PROOF_RECEIVED: ResponseKey.CASE_PROOF_RECEIVED,
    CaseState.WAITING_FOR_CUSTOMER: ResponseKey.CASE_WAITING_FOR_CUSTOMER,
    CaseState.RESOLVED: ResponseKey.CASE_RESOLVED,
    CaseState.UNKNOWN: ResponseKey.CASE_STATE_UNKNOWN,
}


async def open_case(turn: Turn, services: Services, request: CaseRequest) -> Case:
    """Open a case for what this turn asks; the same turn again opens no second one.

    Raises `NotAllowed` where the customer has not shown enough for that, and a `SystemFailure`:
    nothing may be said to have been opened then.
    """
    await check_allowed(turn, services, request.order_number, DEEDS[request.kind])
    key = ":".join((turn.conversation_id, turn.message_id, *request.subject))
    return await services.cases.open(request, idempotency_key=key)


async def open_ones(
    services: Services,
    order_number: OrderNumber,
    kinds: Sequence[CaseKind],
    parcel_id: ParcelId | None,
) -> tuple[Case, ...]:
    """Return an order's open cases of these kinds; none where the case system does not answer.

    Opening returns the one that is open anyway, so nothing is lost by not knowing.
    """
    try:
        cases = await services.cases.cases_of(order_number)
    except SystemFailure:
        return ()
    return tuple(
        case
        for case in cases
        if case.is_open and case.kind in kinds and parcel_id in (None, case.parcel_id)
    )


def told_by(services: Services) -> Evidence:
    """Return the evidence for what the case system said just now."""
    return Evidence(SOURCE, services.now())


def opened(case: Case, services: Services) -> Iterable[Say]:
    """Say that a case is open, under which reference, and what comes next as far as known."""
    facts = {
        "reference": Fact(str(case.reference), told_by(services)),
        "kind": Fact(KIND_NAMES[case.kind], told_by(services)),
    }
    yield Say(ResponseKey.CASE_OPENED, facts=facts)


def state_of(case: Case, services: Services, spoken: Spoken) -> Iterable[Say]:
    """Say how a case stands: its reference, since when, what happens next."""
    told = told_by(services)
    facts = {
        "reference": Fact(str(case.reference), told),
        "kind": Fact(KIND_NAMES[case.kind], told),
        "opened": Fact(spoken.time(case.opened_at), told),
    }
    yield Say(ResponseKey.CASE_IS_OPEN if case.is_open else ResponseKey.CASE_WAS_OPEN, facts=facts)
    since = {"since": Fact(spoken.time(case.changed_at), told)}
    yield Say(STATE_KEYS[case.state], facts=since, joins=True)
    if case.outcome:
        yield Say(ResponseKey.CASE_OUTCOME, facts={"outcome": Fact(case.outcome, told)}, joins=True)
    if case.is_open:
        yield _next(case, told, spoken)


def _next(case: Case, told: Evidence, spoken: Spoken) -> Say:
    if case.next_by is None:
        return Say(ResponseKey.CASE_NO_DATE, checked=(told,), joins=True)
    day = Fact(spoken.day(case.next_by), told)
    return Say(ResponseKey.CASE_NEXT_BY, facts={"day": day}, joins=True)
