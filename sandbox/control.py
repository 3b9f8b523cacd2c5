"""How tests and the demo change the outside world."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, BackgroundTasks, Body, Header, HTTPException, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from sandbox.events import Events
from sandbox.world import Fault, FaultMode, StoredAnswer, World
from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.registry import listed_carriers
from support.systems.orders.payload import order_from_json

_SYSTEMS: Final = (
    "orders",
    "carriers",
    "cases",
    "marketplace",
    "notifications",
    "sms",
    "whatsapp",
    "messenger",
    "aftership",
)


class FaultSetting(BaseModel):
    """How a system is to behave from now on."""

    mode: FaultMode
    delay_ms: Annotated[int, Field(ge=0, le=600_000)] = 0


def control_routes(world: World, now: Callable[[], datetime], events: Events) -> APIRouter:
    """Return the routes under /sandbox."""
    routes = APIRouter(prefix="/sandbox", tags=["control"])

    @routes.put("/orders/{number}")
    async def put_order(
        number: str, order: Annotated[dict[str, Any], Body()], after: BackgroundTasks
    ) -> dict[str, Any]:
        _check_order(number, order)
        world.orders[number.upper()] = order
        after.add_task(events.order_changed, number.upper())
        return order

    @routes.put("/carriers/{carrier}/tracking/{number}", status_code=204)
    async def put_tracking(
        request: Request,
        carrier: Annotated[CarrierId, Path(pattern=r"^[a-z0-9_-]{1,40}$")],
        number: str,
        x_status: Annotated[int, Header(ge=200, le=599)] = 200,
    ) -> None:
        content_type = request.headers.get("content-type", "application/json")
        answer = StoredAnswer(await request.body(), x_status, content_type)
        world.tracking[carrier, TrackingNumber(number.upper())] = answer

    @routes.put("/faults/{system}")
    async def put_fault(system: str, fault: FaultSetting) -> FaultSetting:
        allowed = dict.fromkeys(
            (*_SYSTEMS, *listed_carriers(), *(one for one, _ in world.tracking))
        )
        if system not in allowed:
            raise HTTPException(422, f"No such system; there are {', '.join(allowed)}.")
        world.faults[system] = Fault(fault.mode, fault.delay_ms)
        return fault

    @routes.delete("", status_code=204)
    async def reset() -> Response:
        world.reset(now())
        return Response(status_code=204)

    return routes


def _check_order(number: str, payload: dict[str, Any]) -> None:
    try:
        order = order_from_json(payload)
    except ValidationError as error:
        raise RequestValidationError(
            error.errors(include_url=False, include_context=False)
        ) from error
    if order.number.upper() != number.upper():
        raise HTTPException(
            422, f"The order's number is {order.number}, the address says {number}."
        )
