"""The web shop's sign-in, for the demo page: tokens as the real shop would sign them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import jwt
from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, SecretStr

from sandbox.world import World

AUDIENCE: Final = "order-assistant"
_LIFE: Final = timedelta(hours=1)


class TokenRequest(BaseModel):
    """Who signs in."""

    customer_id: str


def customer_routes(world: World, key: SecretStr | None, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes that list the shop's customers and sign them in."""
    routes = APIRouter(prefix="/sandbox", tags=["shop"])

    @routes.get("/customers")
    async def customers() -> dict[str, list[dict[str, str]]]:
        names = _names(world)
        listed = [{"customer_id": one, "given_name": name} for one, name in names.items()]
        return {"customers": listed}

    @routes.post("/customer-tokens")
    async def customer_token(wanted: TokenRequest) -> dict[str, str]:
        names = _names(world)
        if wanted.customer_id not in names:
            raise HTTPException(404, "No such customer.")
        if key is None:
            raise HTTPException(503, "Set CUSTOMER_TOKEN_KEY to sign customers in.")
        claims: dict[str, Any] = {
            "sub": wanted.customer_id,
            "aud": AUDIENCE,
            "exp": now() + _LIFE,
            "given_name": names[wanted.customer_id],
        }
        return {"token": jwt.encode(claims, key.get_secret_value(), algorithm="HS256")}

    return routes


def _names(world: World) -> dict[str, str]:
    """Return the first name of each customer who has an order, in the orders' order."""
    orders = (order for order in world.orders.values() if order.get("customer_id"))
    return {
        order["customer_id"]: order["contact"].get("first_name") or order["customer_id"]
        for order in orders
    }
