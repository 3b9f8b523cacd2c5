"""An action server that answers what a test tells it to, and remembers what it was asked."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Answer = Callable[[dict[str, Any]], Awaitable[web.Response]]


def result(*responses: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> Answer:
    """Answer with these responses and events."""

    async def answer(_: dict[str, Any]) -> web.Response:
        return web.json_response({"events": list(events), "responses": list(responses)})

    return answer


def status(code: int, body: dict[str, Any] | None = None) -> Answer:
    async def answer(_: dict[str, Any]) -> web.Response:
        return web.json_response(body or {}, status=code)

    return answer


def late(seconds: float, then: Answer) -> Answer:
    async def answer(call: dict[str, Any]) -> web.Response:
        await asyncio.sleep(seconds)
        return await then(call)

    return answer


class FakeActionServer:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner: web.AppRunner | None = None
        self._port = 0
        self.reset()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/webhook"

    def reset(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.answer: Answer = result({"text": "Found."})

    def start(self) -> None:
        self._run(self._start())

    def stop(self) -> None:
        """Stop listening; `start` listens on the same port again."""
        self._run(self._stop())

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_post("/webhook", self._webhook)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, shutdown_timeout=0.1)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        await self._runner.cleanup()

    async def _webhook(self, request: web.Request) -> web.Response:
        body = await request.read()
        call = await request.json()
        self.calls.append({**call, "size": len(body)})
        return await self.answer(call)
