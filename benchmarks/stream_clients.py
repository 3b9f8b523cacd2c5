"""Customers of the gateway, as light as can be: thousands of them share two cores with it."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self, cast
from uuid import uuid4

import httpx

HOST: Final = "127.0.0.1"
READY_SECONDS: Final = 60.0
OPEN_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation and the token that opens it."""

    conversation_id: str
    token: str

    @property
    def path(self) -> str:
        """The conversation's address."""
        return f"/v1/conversations/{self.conversation_id}"

    @property
    def authorization(self) -> str:
        """What every call carries."""
        return f"Bearer {self.token}"


class Chats:
    """Starts conversations and sends messages. Close it by leaving the context."""

    def __init__(self, port: int) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"http://{HOST}:{port}", timeout=30, trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def until_ready(self, raise_if_ended: Callable[[], None]) -> None:
        """Return as soon as the gateway answers; raises TimeoutError, or what the check raises."""
        async with asyncio.timeout(READY_SECONDS):
            while True:
                raise_if_ended()
                try:
                    await self._http.get("/health/live")
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
                else:
                    return

    async def start(self) -> Chat:
        """Start a conversation."""
        response = await self._http.post("/v1/conversations")
        started = response.raise_for_status().json()
        return Chat(started["conversation_id"], started["token"])

    async def send(self, chat: Chat) -> float | None:
        """Send a message that says when it was sent; return the milliseconds until accepted.

        None where it was refused.
        """
        begun = time.perf_counter()
        body = {"client_message_id": uuid4().hex, "text": f"{begun:.6f}"}
        response = await self._http.post(
            f"{chat.path}/messages", json=body, headers={"Authorization": chat.authorization}
        )
        if not response.is_success:
            return None
        return (time.perf_counter() - begun) * 1000


class Reader(asyncio.Protocol):
    """One open event stream; notes when each part of it came."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._received: list[tuple[float, bytes]] = []
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def opened(cls, port: int, chat: Chat) -> Self:
        """Open a stream, and return when its first bytes are there."""
        loop = asyncio.get_running_loop()
        _, reader = await loop.create_connection(lambda: cls(chat), HOST, port)
        await reader.until_open()
        return reader

    async def until_open(self) -> None:
        """Return when the stream's first bytes are there; raises TimeoutError, ConnectionError."""
        async with asyncio.timeout(OPEN_SECONDS):
            await self._opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport = cast("asyncio.Transport", transport)
        lines = (
            f"GET {self._chat.path}/events HTTP/1.1",
            f"Host: {HOST}",
            f"Authorization: {self._chat.authorization}",
        )
        self._transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        """Note what came, and when."""
        if not self._opened.done() and b": open" in data:
            self._opened.set_result(None)
        if b"data: " in data:
            self._received.append((time.perf_counter(), data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Let nobody wait for a stream that has ended."""
        if not self._opened.done():
            self._opened.set_exception(exc or ConnectionError("The stream ended at its beginning."))

    def delays_ms(self) -> list[float]:
        """Return the milliseconds from sending to reading, for each message that came."""
        return [
            (at - float(json.loads(line[len(b"data: ") :])["text"])) * 1000
            for at, data in self._received
            for line in data.splitlines()
            if line.startswith(b"data: ")
        ]

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()


async def send_steadily(
    chats: Chats, to: Sequence[Chat], *, rate: int, seconds: int
) -> list[float | None]:
    """Send `rate` messages a second, whether or not earlier ones are accepted.

    Return for each the milliseconds until it was accepted; None for one that was refused.
    """
    begun, sending = time.perf_counter(), []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        sending.append(asyncio.create_task(chats.send(to[number % len(to)])))
    return await asyncio.gather(*sending)
