"""What happens to every answer: security headers, and errors counted."""

from prometheus_client import Counter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIRST_ERROR_STATUS = 400


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
