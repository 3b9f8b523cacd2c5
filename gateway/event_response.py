"""A response that is open for hours, held by one task that owns next to nothing."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_MEDIA_TYPE: Final = "text/event-stream"


class EventResponse(Response):
    """Sends events as they are yielded.

    Starlette's own streaming response keeps a task group and a second task beside each stream, to
    notice at once that a reader has gone; here whoever yields the events looks for that between
    them. With thousands of streams open that is a fifth of the gateway's memory.
    """

    def __init__(self, events: AsyncGenerator[bytes], headers: Mapping[str, str]) -> None:
        super().__init__(media_type=_MEDIA_TYPE, headers=headers)
        del self.headers["content-length"]
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the headers, then each event until there are no more."""
        del scope, receive
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        async with aclosing(self._events) as events:
            async for event in events:
                await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
