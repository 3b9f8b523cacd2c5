"""The only way into the Rasa process: one signed request per message of a customer."""

import time
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from pydantic import BaseModel, ValidationError
from rasa.core.channels.channel import InputChannel, UserMessage
from redis.exceptions import RedisError
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from rasa_runtime import signature
from rasa_runtime.errors import ActionServerUnavailable, TurnAborted
from rasa_runtime.start_up import CannotStart, prepare
from rasa_runtime.turn import TurnRequest
from rasa_runtime.turns import TIME_LIMIT_SECONDS, ConversationBusy, Turns

logger = structlog.get_logger(__name__)

BODY_LIMIT_BYTES = 64 * 1024


class GatewayChannel(InputChannel):
    """Takes turns from the worker. `key` signs them."""

    def __init__(self, key: str, time_limit_seconds: float = TIME_LIMIT_SECONDS) -> None:
        self._key = key
        self._time_limit = time_limit_seconds
        self._turns: Turns | None = None

    @classmethod
    def name(cls) -> str:
        """Return the path under /webhooks."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "GatewayChannel":
        """Create the channel from its section of credentials.yml."""
        given = credentials or {}
        if not given.get("key"):
            cls.raise_missing_credentials_exception()
        return cls(**given)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes, and the hooks that make the loaded agent ours and close it again."""
        routes = Blueprint("gateway", __name__)

        # Sanic marks its handlers, which cannot be done to methods.
        @routes.post("/turns")
        async def turns(request: Request) -> HTTPResponse:
            return await self._answer_turn(request)

        @routes.get("/health")
        async def health(_: Request) -> HTTPResponse:
            return self._answer_health()

        @routes.listener("before_server_start")
        async def limit(app: Sanic, _: object) -> None:
            app.config.REQUEST_MAX_SIZE = BODY_LIMIT_BYTES

        @routes.listener("after_server_start")
        async def start(app: Sanic, _: object) -> None:
            await self._start(app)

        @routes.listener("after_server_stop")
        async def stop(app: Sanic, _: object) -> None:
            await self._stop(app)

        return routes

    async def _start(self, app: Sanic) -> None:
        try:
            assistant = await prepare(app.ctx.agent)
        except CannotStart as error:
            logger.critical("rasa.cannot_start", reason=str(error))
            raise SystemExit(1) from error
        app.ctx.assistant = assistant
        self._turns = Turns(assistant, time_limit_seconds=self._time_limit)
        logger.warning("rasa.ready", model=assistant.agent.model_name)

    async def _stop(self, app: Sanic) -> None:
        self._turns = None
        if hasattr(app.ctx, "assistant"):
            await app.ctx.assistant.close()

    def _answer_health(self) -> HTTPResponse:
        if self._turns is None:
            return json({"status": "starting"}, status=503)
        return json({"status": "ok"})

    async def _answer_turn(self, request: Request) -> HTTPResponse:
        if not self._is_signed(request):
            return json({"status": "unauthorised"}, status=401)
        try:
            turn = TurnRequest.model_validate_json(request.body)
        except ValidationError as error:
            return json({"status": "invalid", "errors": _field_errors(error)}, status=422)
        if turn.too_long:
            return json({"status": "too_long"}, status=413)
        if self._turns is None:
            return _unavailable("starting")
        return await _answer(self._turns, turn)

    def _is_signed(self, request: Request) -> bool:
        return signature.is_valid(
            self._key,
            timestamp=request.headers.get("x-turn-timestamp", ""),
            signature=request.headers.get("x-turn-signature", ""),
            body=request.body,
            now=time.time(),
        )


async def _answer(turns: Turns, turn: TurnRequest) -> HTTPResponse:
    """Return the answer to a turn, or the status that says what may be done about it."""
    try:
        return _as_json(await turns.answer(turn))
    except ConversationBusy:
        return _unavailable("busy")
    except TimeoutError as error:
        _log("turn.timed_out", turn, error)
        return json({"status": "timed_out"}, status=504)
    except ActionServerUnavailable as error:
        _log("turn.actions_unavailable", turn, error)
        return _unavailable("actions")
    except RedisError as error:
        _log("turn.redis_unavailable", turn, error)
        return _unavailable("redis")
    except (Exception, TurnAborted) as error:  # noqa: BLE001 the customer's turn ends here, not the process
        _log("turn.failed", turn, error, stack=_stack(error))
        return json({"status": "failed"}, status=500)


def _log(event: str, turn: TurnRequest, error: BaseException, **fields: Any) -> None:
    """Log what went wrong with a turn, but not the error's words: they may be the customer's."""
    ids = {"conversation_id": turn.conversation_id, "message_id": turn.message_id}
    logger.error(event, error=type(error).__name__, **ids, **fields)


def _stack(error: BaseException) -> list[str]:
    """Return where it happened, without values."""
    cause = error.__cause__ or error
    return [f"{type(cause).__name__}", *traceback.format_tb(cause.__traceback__)]


def _unavailable(reason: str) -> HTTPResponse:
    return json({"status": "unavailable", "reason": reason}, status=503)


def _as_json(answer: BaseModel) -> HTTPResponse:
    return HTTPResponse(answer.model_dump_json(), content_type="application/json")


def _field_errors(error: ValidationError) -> list[dict[str, str]]:
    """Return which fields are wrong, without what was in them."""
    return [
        {"field": ".".join(map(str, problem["loc"])), "problem": problem["msg"]}
        for problem in error.errors(include_input=False, include_url=False)
    ]
