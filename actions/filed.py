"""What was opened about an order, wherever it is kept: cases and Marketplace tickets."""

from dataclasses import dataclass

from actions.responses import ResponseKey
from actions.services import Services
from support.decisions.case_status import Filed
from support.systems.errors import SystemFailure
from support.systems.orders.models import Order


@dataclass(frozen=True, slots=True)
class FiledOn:
    """All of it, as far as the systems answered; `problems` says which of them did not."""

    filed: tuple[Filed, ...] = ()
    problems: tuple[ResponseKey, ...] = ()


async def filed_on(services: Services, order: Order) -> FiledOn:
    """Return an order's cases and, where a seller's items are on it, its tickets."""
    filed: list[Filed] = []
    problems: list[ResponseKey] = []
    try:
        filed += await services.cases.cases_of(order.number)
    except SystemFailure:
        problems.append(ResponseKey.CASE_SYSTEM_UNAVAILABLE_TOO)
    if any(line.seller.marketplace for line in order.lines):
        try:
            filed += await services.marketplace.tickets_of(order.number)
        except SystemFailure:
            problems.append(ResponseKey.MARKETPLACE_UNAVAILABLE_TOO)
    return FiledOn(tuple(filed), tuple(problems))
