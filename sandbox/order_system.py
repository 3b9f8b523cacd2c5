"""The order system, as support/systems/orders/openapi.yaml describes it."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from sandbox.access import key_check, problem, rate_limited
from sandbox.misbehaviour import misbehave
from sandbox.world import World


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

    @routes.get("/customers/{customer_id}/orders")
    async def orders_of(request: Request, customer_id: str) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), rate_limited)
        own = [order for order in world.orders.values() if order.get("customer_id") == customer_id]
        return failed or JSONResponse({"orders": own})

    return routes
