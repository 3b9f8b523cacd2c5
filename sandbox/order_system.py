"""The order system, as support/systems/orders/openapi.yaml describes it."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from sandbox.access import key_check, problem, rate_limited
from sandbox.misbehaviour import misbehave
from sandbox.world import World
from support.systems.orders.models import FulfilmentNote


def order_system_routes(world: World, key: SecretStr) -> APIRouter:
    """Return the order system's routes."""
    routes = APIRouter(
        prefix="/order-system", tags=["order system"], dependencies=[Depends(key_check(key))]
    )

    @routes.get("/orders/{number}")
    async def order(request: Request, number: str) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), rate_limited)
        found = world.orders.get(number.upper())
        return failed or (
            JSONResponse(found) if found else problem(404, "No such order", code="order_not_found")
        )

    @routes.get("/orders")
    async def orders_by_email(request: Request, email: str) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), rate_limited)
        wanted = email.strip().casefold()
        own = [order for order in world.orders.values() if _email(order) == wanted]
        return failed or JSONResponse({"orders": own})

    @routes.post("/orders/{number}/notes")
    async def note(
        request: Request,
        number: str,
        note: FulfilmentNote,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=512)],
    ) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), rate_limited)
        if failed or number.upper() not in world.orders:
            return failed or problem(404, "No such order", code="order_not_found")
        told = note.model_dump(mode="json")
        world.notes.setdefault(number.upper(), {}).setdefault(idempotency_key, told)
        return Response(status_code=204)

    @routes.get("/customers/{customer_id}/orders")
    async def orders_of(request: Request, customer_id: str) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), rate_limited)
        own = [order for order in world.orders.values() if order.get("customer_id") == customer_id]
        return failed or JSONResponse({"orders": own})

    return routes


def _email(order: Mapping[str, Any]) -> str:
    return str((order.get("contact") or {}).get("email") or "").casefold()
