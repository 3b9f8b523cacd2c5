"""Where the order system and the case system say that something has changed.

An event only hurries the look at what it names: what has changed is asked of the systems then, and
told to those who wanted to know. So a false event tells nobody anything, and a lost one makes the
news late and not lost.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Final, TypeVar

import structlog
from fastapi import APIRouter, Header, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from gateway import texts
from gateway.problems import Problem
from gateway.services import Provided, Services
from gateway.system_signature import is_signed
from support.decisions.follow_up import Mark
from support.times import utc_now

log = structlog.get_logger("gateway.system_events")
router = APIRouter(prefix="/v1/systems", tags=["systems"])

KEPT: Final = timedelta(days=7)
"""How long an event is known to have been taken."""

Name = Annotated[str, Field(min_length=1, max_length=64)]


class Event(BaseModel):
    """What every event says of itself. Whatever else it says is left unread."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: Name


class OrderEvent(Event):
    """Something about an order has changed."""

    order_number: Name


class CaseEvent(Event):
    """Something about a case has changed."""

    case_reference: Name


class Taken(BaseModel):
    """The answer to an event. `repeated`: it had been taken before."""

    event_id: str
    repeated: bool


class Signature(BaseModel):
    """The headers that an event is signed with."""

    x_timestamp: str = ""
    x_signature: str = ""


_E = TypeVar("_E", bound=Event)


@router.post("/orders/events", status_code=HTTPStatus.ACCEPTED)
async def order_event(
    request: Request, services: Provided, signature: Annotated[Signature, Header()]
) -> Taken:
    """Take word from the order system."""
    key = services.settings.order_events_key
    event = await _read(request, OrderEvent, key, signature)
    return await _take(services, "orders", event, Mark.order(event.order_number))


@router.post("/cases/events", status_code=HTTPStatus.ACCEPTED)
async def case_event(
    request: Request, services: Provided, signature: Annotated[Signature, Header()]
) -> Taken:
    """Take word from the case system."""
    key = services.settings.case_events_key
    event = await _read(request, CaseEvent, key, signature)
    return await _take(services, "cases", event, Mark.reference(event.case_reference))


async def _read(
    request: Request, kind: type[_E], key: SecretStr | None, signature: Signature
) -> _E:
    """Return the event; nothing of it is read before its signature was checked."""
    if key is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    body = await request.body()
    if not is_signed(
        key,
        timestamp=signature.x_timestamp,
        signature=signature.x_signature,
        body=body,
        now=utc_now(),
    ):
        log.warning("system_event_refused", path=request.url.path)
        raise Problem(HTTPStatus.FORBIDDEN, "signature_invalid", texts.SIGNATURE_INVALID)
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        problems = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(problems) from error


async def _take(services: Services, system: str, event: Event, mark: Mark) -> Taken:
    """Hurry the looks, once for each event; what failed halfway is done anew when it is resent."""
    known = f"system-events:{system}:{event.event_id}"
    repeated = bool(await services.redis.exists(known))
    if not repeated:
        hurried = await services.follow_ups.hurry(mark, now=utc_now())
        await services.redis.set(known, "1", ex=KEPT)
        log.info("system_event_taken", system=system, event_id=event.event_id, looks=hurried)
    return Taken(event_id=event.event_id, repeated=repeated)
