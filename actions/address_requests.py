"""Passing a new address on: to fulfilment, to the carrier, or to a Marketplace seller."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import structlog

from actions.address_targets import Target
from actions.cases import open_case, opened
from actions.formatting import items_of, one_line
from actions.order_view import OrderView
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.tickets import open_ticket, ticket_says
from actions.turn import Turn
from support.decisions.address import Stage
from support.facts import Fact
from support.places.address_reading import address_in
from support.places.postal_address import PostalAddress
from support.systems.cases.models import Case, CaseRequest
from support.systems.errors import SystemFailure
from support.systems.marketplace.models import TicketReason
from support.systems.orders.errors import OrderNotFound, ParcelHasLeft
from support.systems.orders.models import FulfilmentNote, Parcel, Seller

_NOTE: Final = "The customer has asked for another address."
_NOTE_SECONDS: Final = 1.5
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AddressRequests:
    """Asks for one new address. `insisted`: the customer kept to what no list has."""

    services: Services
    turn: Turn
    view: OrderView
    address: PostalAddress
    insisted: bool

    async def make(self, target: Target) -> tuple[Say, ...]:
        """Ask whoever has the parcel; say so, and that it may not work."""
        if target.seller is not None:
            return await self._ask_seller(target, target.seller)
        case = await open_case(self.turn, self.services, self._request(target))
        if target.stage is Stage.NOT_DISPATCHED:
            await self._tell_fulfilment(case, target)
        return tuple(self._asked(case, target))

    async def _ask_seller(self, target: Target, seller: Seller) -> tuple[Say, ...]:
        ticket = await open_ticket(
            self.turn,
            self.services,
            self.view,
            seller,
            reason=TicketReason.WRONG_ADDRESS,
            message=f"Please send it to another address, if you still can: {self.address.line}",
        )
        says = ticket_says(ticket, self.services, self.view.spoken)
        return (*says, *self._cannot_promise(target))

    async def _tell_fulfilment(self, case: Case, target: Target) -> None:
        """Note the case on the order. It is a courtesy: the case counts, with or without it."""
        note = FulfilmentNote(case=case.reference, text=_NOTE, parcel_id=target.parcel_id)
        try:
            async with asyncio.timeout(_NOTE_SECONDS):
                await self.services.orders.note(self.view.order.number, note)
        except (SystemFailure, OrderNotFound, ParcelHasLeft, TimeoutError) as error:
            _log.warning("case_not_noted", case=case.reference, reason=type(error).__name__)

    def _asked(self, case: Case, target: Target) -> Iterator[Say]:
        yield from opened(case, self.services)
        if target.stage is Stage.NOT_DISPATCHED:
            yield Say(
                ResponseKey.ADDRESS_ASKED_FULFILMENT,
                words={"address": self.address.line},
                joins=True,
            )
        else:
            carrier = target.parcel.carrier if target.parcel else None
            name = self.services.carriers.profile(carrier).name if carrier else "the carrier"
            yield Say(
                ResponseKey.ADDRESS_ASKED_CARRIER,
                facts={"carrier": Fact(name, self.view.found.told)},
                words={"address": self.address.line},
                joins=True,
            )
        yield from self._cannot_promise(target)

    def _cannot_promise(self, target: Target) -> Iterator[Say]:
        late = target.stage is Stage.OUT_FOR_DELIVERY
        key = ResponseKey.ADDRESS_MAY_BE_TOO_LATE if late else ResponseKey.ADDRESS_NO_PROMISE
        yield Say(key, joins=True)

    def _request(self, target: Target) -> CaseRequest:
        parcel = target.parcel
        return CaseRequest(
            kind=target.kind,
            order_number=self.view.order.number,
            parcel_id=target.parcel_id,
            carrier=parcel.carrier if parcel else None,
            tracking_number=parcel.tracking_number if parcel else None,
            urgent=True,
            details=self._details(parcel),
        )

    def _details(self, parcel: Parcel | None) -> dict[str, str]:
        current = self.view.order.delivery.address
        details = {
            "new_address": self.address.line,
            "address_on_order": one_line(current) if current else "none",
            "checked": "read back to the customer, who confirmed it",
        }
        if self.insisted:
            details["doubt"] = "suburb, state and postcode do not agree in the list of postcodes"
        if parcel is not None:
            details["items"] = items_of(parcel, self.view.order)
        return details


def old_address(view: OrderView) -> PostalAddress | None:
    """Return the address on the order, in parts; None where there is none that can be read."""
    current = view.order.delivery.address
    return address_in(one_line(current)) if current else None
