"""What the gateway's desk asks of this process, signed: an order's picture, and deeds."""

import hmac
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import BaseModel, SecretStr, ValidationError
from sanic import HTTPResponse, Request, Sanic, raw

from actions.desk_deeds import do
from actions.desk_picture import picture
from actions.services import Services
from support.desk import PATH_DEED, PATH_PICTURE, SIGNED_SECONDS, DeedRequest, PictureRequest
from support.systems.errors import SystemFailure
from support.systems.orders.errors import OrderNotFound
from support.turn_signature import sign

Asked = TypeVar("Asked", bound=BaseModel)


def add_desk(app: Sanic[Any, Any], services: Services, key: SecretStr) -> None:
    """Answer the desk's signed calls. StateUnavailable is left to the app's own handler."""

    async def answer_picture(request: Request) -> HTTPResponse:
        return await _answer(request, key, PictureRequest, lambda one: picture(one, services))

    async def answer_deed(request: Request) -> HTTPResponse:
        return await _answer(request, key, DeedRequest, lambda one: do(one, services))

    app.add_route(answer_picture, PATH_PICTURE, methods=["POST"], name="desk_picture")
    app.add_route(answer_deed, PATH_DEED, methods=["POST"], name="desk_deed")


async def _answer(
    request: Request,
    key: SecretStr,
    shape: type[Asked],
    answer: Callable[[Asked], Awaitable[BaseModel]],
) -> HTTPResponse:
    if not _is_signed(request, key):
        return HTTPResponse(status=HTTPStatus.UNAUTHORIZED)
    try:
        told = await answer(shape.model_validate_json(request.body))
    except ValidationError:
        return HTTPResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except OrderNotFound:
        return HTTPResponse(status=HTTPStatus.NOT_FOUND)
    except SystemFailure:
        return HTTPResponse(status=HTTPStatus.BAD_GATEWAY)
    return raw(told.model_dump_json().encode(), content_type="application/json")


def _is_signed(request: Request, key: SecretStr) -> bool:
    timestamp = request.headers.get("x-desk-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > SIGNED_SECONDS:
        return False
    expected = sign(key.get_secret_value(), timestamp, request.body)
    return hmac.compare_digest(expected, request.headers.get("x-desk-signature", ""))
