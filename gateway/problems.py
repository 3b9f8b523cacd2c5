"""Errors as RFC 9457 problem details: a plain sentence for people, a code for programs."""

import math
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from redis.exceptions import RedisError
from starlette.exceptions import HTTPException

from gateway import texts
from gateway.conversation_log import ConversationClosed, ConversationUnknown, TooManyMessages
from gateway.ownership import OwnershipRefused
from support.state.errors import StateUnavailable

log = structlog.get_logger("gateway.problems")

RETRY_SECONDS = "2"

Handlers = dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]]


class Problem(Exception):
    """A request that is answered with an error the caller can act on."""

    def __init__(
        self, status: HTTPStatus, code: str, detail: str, headers: dict[str, str] | None = None
    ) -> None:
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers or {}
        super().__init__(detail)


def too_many(sentence: str, retry_seconds: float) -> Problem:
    """Return the answer to a caller who has used a limit up."""
    seconds = max(1, math.ceil(retry_seconds))
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_many_requests",
        sentence.format(seconds=seconds),
        {"Retry-After": str(seconds)},
    )


def body_too_large(limit: int) -> Problem:
    """Return the answer to a body of more than `limit` bytes."""
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "body_too_large",
        texts.BODY_TOO_LARGE.format(limit=limit),
    )


def problem_response(problem: Problem, **members: Any) -> JSONResponse:  # noqa: ANN401 - any JSON
    """Return the problem as application/problem+json, with further members."""
    content = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        "code": problem.code,
        **members,
    }
    return JSONResponse(
        content, problem.status, problem.headers, media_type="application/problem+json"
    )


def problem_handlers(*, body_limit: int) -> Handlers:
    """Return the handlers that make every error a problem document; nothing else leaves the app."""

    async def on_http_error(_: Request, error: HTTPException) -> Response:
        return problem_response(_from_http_error(error, body_limit))

    return {
        HTTPException: on_http_error,
        Problem: _on_problem,
        RequestValidationError: _on_wrong_shape,
        ConversationUnknown: _on_unknown,
        ConversationClosed: _on_closed,
        OwnershipRefused: _on_not_now,
        TooManyMessages: _on_too_many_messages,
        RedisError: _on_redis_error,
        StateUnavailable: _on_redis_error,
        Exception: _on_unexpected,
    }


def _from_http_error(error: HTTPException, body_limit: int) -> Problem:
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return body_too_large(body_limit)
    sentences = {
        HTTPStatus.NOT_FOUND: texts.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED: texts.METHOD_NOT_ALLOWED,
        HTTPStatus.BAD_REQUEST: texts.NOT_JSON,
    }
    detail = sentences.get(status, texts.UNEXPECTED)
    return Problem(status, status.name.lower(), detail, dict(error.headers or {}))


async def _on_problem(_: Request, error: Problem) -> Response:
    return problem_response(error)


async def _on_wrong_shape(_: Request, error: RequestValidationError) -> Response:
    problem = Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "wrong_shape",
        texts.WRONG_SHAPE.format(problems=" ".join(_sentence(each) for each in error.errors())),
    )
    return problem_response(problem)


def _sentence(error: dict[str, Any]) -> str:
    """Name the field and what is wrong with it, never the value that was sent."""
    if error["type"] == "json_invalid":
        return texts.NOT_JSON
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    field = ".".join(str(part) for part in error["loc"][1:]) or "body"
    return f"{field}: {error['msg']}."


async def _on_unknown(_: Request, __: Exception) -> Response:
    return problem_response(
        Problem(HTTPStatus.NOT_FOUND, "conversation_unknown", texts.CHAT_UNKNOWN)
    )


async def _on_closed(_: Request, __: Exception) -> Response:
    return problem_response(Problem(HTTPStatus.CONFLICT, "conversation_closed", texts.CHAT_CLOSED))


async def _on_not_now(request: Request, error: OwnershipRefused) -> Response:
    if not request.url.path.startswith("/v1/desk/"):
        return await _on_closed(request, error)
    return problem_response(Problem(HTTPStatus.CONFLICT, "not_now", texts.DESK_NOT_NOW))


async def _on_too_many_messages(_: Request, error: TooManyMessages) -> Response:
    return problem_response(too_many(texts.TOO_MANY_MESSAGES, error.retry_seconds))


async def _on_redis_error(_: Request, error: Exception) -> Response:
    log.error("redis_failed", error=type(error).__name__)
    problem = Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        texts.TRY_AGAIN_SOON,
        {"Retry-After": RETRY_SECONDS},
    )
    return problem_response(problem)


async def _on_unexpected(_: Request, error: Exception) -> Response:
    log.error("request_failed", exc_info=error)
    return problem_response(
        Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", texts.UNEXPECTED)
    )
