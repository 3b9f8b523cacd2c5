"""The Marketplace's tickets, as support/systems/marketplace/openapi.yaml describes them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from sandbox.access import key_check, problem, rate_limited
from sandbox.misbehaviour import misbehave
from sandbox.world import World
from support.ids import SellerId
from support.systems.marketplace.models import TicketRequest, TicketState


def marketplace_routes(world: World, key: SecretStr, now: Callable[[], datetime]) -> APIRouter:
    """Return the Marketplace's routes."""
    routes = APIRouter(
        prefix="/marketplace", tags=["Marketplace"], dependencies=[Depends(key_check(key))]
    )

    @routes.post("/tickets")
    async def open_ticket(
        request: Request,
        ticket: TicketRequest,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=512)],
    ) -> Response:
        failed = await misbehave(request, world.fault_of("marketplace"), rate_limited)
        seller = _seller_name(world.orders.get(ticket.order_number.upper()), ticket.seller_id)
        if failed or seller is None:
            return failed or problem(422, "This order has no such seller")
        opened = world.tickets.open(ticket, idempotency_key, seller, now())
        return JSONResponse(opened.model_dump(mode="json"), status_code=201)

    @routes.get("/tickets")
    async def tickets_of(request: Request, order_number: str) -> Response:
        failed = await misbehave(request, world.fault_of("marketplace"), rate_limited)
        own = [one.model_dump(mode="json") for one in world.tickets.of_order(order_number)]
        return failed or JSONResponse({"tickets": own})

    @routes.post("/tickets/{reference}/escalation")
    async def escalate(
        request: Request,
        reference: str,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=512)],
    ) -> Response:
        del idempotency_key  # escalating twice comes to the same
        failed = await misbehave(request, world.fault_of("marketplace"), rate_limited)
        ticket = world.tickets.find(reference)
        if failed or ticket is None:
            return failed or problem(404, "No such ticket")
        if ticket.state is TicketState.WAITING_FOR_SELLER:
            ticket = world.tickets.change(ticket, state=TicketState.ESCALATED)
        return JSONResponse(ticket.model_dump(mode="json"))

    return routes


def _seller_name(order: Mapping[str, Any] | None, seller: SellerId) -> str | None:
    sellers = (line["seller"] for line in (order or {}).get("lines", ()))
    return next((str(one["name"]) for one in sellers if one["id"] == seller), None)
