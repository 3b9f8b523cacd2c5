"""The order system, as support/systems/orders/openapi.yaml describes it."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from sandbox.misbehaviour import misbehave
from sandbox.world import World


def order_system_routes(world: World, key: SecretStr) -> APIRouter:
    """Return the order system's routes."""

    async def check_key(authorization: Annotated[str, Header()] = "") -> None:
        expected = f"Bearer {key.get_secret_value()}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            raise HTTPException(401, "The key is missing or wrong.")

    routes = APIRouter(
        prefix="/order-system", tags=["order system"], dependencies=[Depends(check_key)]
    )

    @routes.get("/orders/{number}")
    async def order(request: Request, number: str) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), _rate_limited)
        found = world.orders.get(number.upper())
        return failed or (JSONResponse(found) if found else _problem(404, "No such order"))

    @routes.get("/customers/{customer_id}/orders")
    async def orders_of(request: Request, customer_id: str) -> Response:
        failed = await misbehave(request, world.fault_of("orders"), _rate_limited)
        own = [order for order in world.orders.values() if order.get("customer_id") == customer_id]
        return failed or JSONResponse({"orders": own})

    return routes


def _rate_limited() -> JSONResponse:
    return _problem(429, "Too many requests")


def _problem(status: int, title: str) -> JSONResponse:
    codes = {404: "order_not_found", 429: "rate_limited"}
    return JSONResponse(
        {"title": title, "status": status, "code": codes[status]},
        status_code=status,
        media_type="application/problem+json",
    )
