"""What happens to every request: large bodies refused, security headers added, errors counted."""

from collections.abc import Mapping
from http import HTTPStatus

from prometheus_client import Counter
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.problems import body_too_large, problem_response

FIRST_ERROR_STATUS = 400


class RefuseLargeBodies:
    """Refuses a body by its declared length, else by what is counted while it is read.

    FastAPI's own limit would do, but answers the declared case in plain text.
    """

    def __init__(
        self, app: ASGIApp, *, limit: int, limits: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._limit = limit
        self._limits = limits or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless it says that it is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            await problem_response(body_too_large(limit))(scope, receive, send)
            return
        await self._app(scope, self._counted(receive, limit), send)

    def _limit_of(self, path: str) -> int:
        larger = (limit for start, limit in self._limits.items() if path.startswith(start))
        return next(larger, self._limit)

    def _counted(self, receive: Receive, limit: int) -> Receive:
        received = 0

        async def receive_and_count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        return receive_and_count


class SecurityHeaders:
    """Adds the headers that keep browsers from running or framing what is not ours."""

    def __init__(self, app: ASGIApp, *, connect_to: str | None) -> None:
        self._app = app
        connect_sources = f"'self' {connect_to}" if connect_to else "'self'"
        self._headers = {
            "Content-Security-Policy": (
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                "form-action 'self'; frame-ancestors 'self'; "
                f"connect-src {connect_sources}"
            ),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class CountErrors:
    """Counts answers of 400 and above by their status."""

    def __init__(self, app: ASGIApp, *, errors: Counter) -> None:
        self._app = app
        self._errors = errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its answer if that is an error."""

        async def send_and_count(message: Message) -> None:
            status = message.get("status", 0)
            if message["type"] == "http.response.start" and status >= FIRST_ERROR_STATUS:
                self._errors.labels(str(status)).inc()
            await send(message)

        await self._app(scope, receive, send_and_count)
