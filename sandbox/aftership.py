"""AfterShip's tracking API, for the carriers that have no interface of their own.

What was put for a carrier is one of its tracking objects, or a whole answer with some.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse

from sandbox.misbehaviour import misbehave
from sandbox.world import StoredAnswer, World
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK

_MOST_NUMBERS: Final = 50
_OWN_INTERFACES: Final = {AUSTRALIA_POST, STARTRACK}


def aftership_routes(world: World) -> APIRouter:
    """Return the interface's route."""
    routes = APIRouter(prefix="/aftership/tracking/2026-07", tags=["AfterShip"])

    @routes.get("/trackings")
    async def trackings(
        request: Request,
        tracking_numbers: Annotated[str, Query(min_length=1)],
        as_api_key: Annotated[str, Header()] = "",
    ) -> Response:
        if not as_api_key:
            return _refusal(401, 4001, "The API key is invalid.")
        numbers = {one.strip().upper() for one in tracking_numbers.split(",")}
        if len(numbers) > _MOST_NUMBERS:
            return _refusal(400, 4005, f"At most {_MOST_NUMBERS} tracking numbers.")
        asked = {
            place: answer
            for place, answer in world.tracking.items()
            if place[1] in numbers and place[0] not in _OWN_INTERFACES
        }
        carriers = dict.fromkeys(carrier for carrier, _ in asked)
        fault = world.fault_of("carriers", "aftership", *carriers)
        failed = await misbehave(request, fault, _rate_limited)
        found = [one for answer in asked.values() for one in _trackings_in(answer)]
        body = {"meta": {"code": 200}, "data": {"trackings": found}}
        return failed or _alone(list(asked.values())) or JSONResponse(body)

    return routes


def _alone(answers: list[StoredAnswer]) -> Response | None:
    """Return what was put with a status of its own, as it was put."""
    failed = next((one for one in answers if one.status != 200), None)  # noqa: PLR2004 - HTTP's OK
    if failed is None:
        return None
    return Response(failed.body, failed.status, media_type=failed.content_type)


def _trackings_in(answer: StoredAnswer) -> Iterator[Any]:
    try:
        body = json.loads(answer.body)
    except ValueError:
        return
    if isinstance(body, dict):
        data = body.get("data")
        yield from data.get("trackings", []) if isinstance(data, dict) else [body]


def _refusal(status: int, code: int, message: str) -> JSONResponse:
    return JSONResponse({"meta": {"code": code, "message": message}, "data": {}}, status)


def _rate_limited() -> JSONResponse:
    return _refusal(429, 429, "You have exceeded the API call rate limit.")
