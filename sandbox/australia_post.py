"""Australia Post's tracking endpoint, which serves StarTrack's parcels too."""

import base64
import binascii
import json
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse

from sandbox.misbehaviour import misbehave
from sandbox.world import StoredAnswer, World
from support.ids import TrackingNumber
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK

_MOST_IDS: Final = 10


async def _check_credentials(
    authorization: Annotated[str, Header()] = "", account_number: Annotated[str, Header()] = ""
) -> None:
    """Ask for credentials as the real endpoint does; any that are whole will do."""
    kind, _, encoded = authorization.partition(" ")
    try:
        key, _, password = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        key = password = ""
    if kind.casefold() != "basic" or not (key and password and account_number):
        raise HTTPException(401, "Basic credentials and an Account-Number are needed.")


def australia_post_routes(world: World) -> APIRouter:
    """Return the endpoint's route."""
    routes = APIRouter(
        prefix="/australia-post",
        tags=["Australia Post"],
        dependencies=[Depends(_check_credentials)],
    )

    @routes.get("/shipping/v1/track")
    async def track(
        request: Request, tracking_ids: Annotated[str, Query(min_length=1)]
    ) -> Response:
        numbers = [TrackingNumber(one.strip().upper()) for one in tracking_ids.split(",")]
        if len(numbers) > _MOST_IDS:
            raise HTTPException(400, f"At most {_MOST_IDS} tracking ids.")
        carriers = dict.fromkeys(world.carrier_of(number) or AUSTRALIA_POST for number in numbers)
        failed = await misbehave(request, world.fault_of("carriers", *carriers), _rate_limited)
        return failed or _merged([_stored(world, number) for number in numbers])

    return routes


def _stored(world: World, number: TrackingNumber) -> StoredAnswer:
    places = ((carrier, number) for carrier in (AUSTRALIA_POST, STARTRACK))
    known = (world.tracking[place] for place in places if place in world.tracking)
    return next(known, None) or _not_found(number)


def _not_found(number: TrackingNumber) -> StoredAnswer:
    errors = [{"code": "ESB-10001", "name": "Invalid tracking ID"}]
    body = {"tracking_results": [{"tracking_id": number, "errors": errors}]}
    return StoredAnswer(json.dumps(body).encode())


def _merged(answers: list[StoredAnswer]) -> Response:
    """Return one answer as it was stored; of several, all results, or the first that failed."""
    failed = [answer for answer in answers if answer.status != 200]  # noqa: PLR2004 - HTTP's OK
    alone = failed or (answers if len(answers) == 1 else [])
    if alone:
        return Response(alone[0].body, alone[0].status, media_type=alone[0].content_type)
    results = [result for answer in answers for result in _results(answer)]
    return JSONResponse({"tracking_results": results})


def _results(answer: StoredAnswer) -> list[Any]:
    try:
        body = json.loads(answer.body)
    except ValueError:
        return []
    results = body.get("tracking_results") if isinstance(body, dict) else None
    return results if isinstance(results, list) else []


def _rate_limited() -> JSONResponse:
    error = {
        "message": "Too many requests",
        "error_code": "API_002",
        "error_name": "Too many requests",
    }
    return JSONResponse({"errors": [error]}, status_code=429)
