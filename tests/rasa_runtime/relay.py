"""A relay before a Redis server that speaks TLS, and can lose an answer.

The packaged server knows no TLS. A client that begins with a TLS handshake is served over TLS;
others, such as a sentinel beside the server, are passed through as they are.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"
TLS_HANDSHAKE = b"\x16"
CHUNK_BYTES = 65536


class Relay:
    """Relays `port` to `target_port`; `lose_next_answer` cuts the connection instead."""

    def __init__(self, target_port: int, tls: ssl.SSLContext | None, port: int = 0) -> None:
        self._target_port = target_port
        self._tls = tls
        self._listener = socket.create_server((HOST, port))
        self._listener.setblocking(False)  # noqa: FBT003 the library's own signature
        self.port: int = self._listener.getsockname()[1]
        self.lose_next_answer = False

    async def serve(self) -> None:
        """Relay until cancelled."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as connections:
            while True:
                connection, _ = await loop.sock_accept(self._listener)
                connections.create_task(self._relay(connection))

    async def _relay(self, connection: socket.socket) -> None:
        with suppress(OSError):
            ours_reader, ours_writer = await self._opened(connection)
            reader, writer = await asyncio.open_connection(HOST, self._target_port)
            await asyncio.gather(
                self._pump(ours_reader, writer),
                self._pump(reader, ours_writer, answers=True),
            )

    async def _opened(
        self, connection: socket.socket
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        loop = asyncio.get_running_loop()
        begins_with = await asyncio.to_thread(_first_byte, connection)
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.connect_accepted_socket(
            lambda: protocol, connection, ssl=self._tls if begins_with == TLS_HANDSHAKE else None
        )
        return reader, asyncio.StreamWriter(transport, protocol, reader, loop)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False
    ) -> None:
        try:
            while data := await reader.read(CHUNK_BYTES):
                if answers and self.lose_next_answer:
                    self.lose_next_answer = False
                    return
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()

    def close(self) -> None:
        self._listener.close()


@contextmanager
def running_relay(
    target_port: int, tls: ssl.SSLContext | None = None, *, port: int = 0
) -> Iterator[Relay]:
    """Run a relay in a thread of its own."""
    relay = Relay(target_port, tls, port)
    loop = asyncio.new_event_loop()
    serving = loop.create_task(relay.serve())
    thread = threading.Thread(target=_run, args=(loop, serving), daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join(timeout=10)
        relay.close()
        loop.close()


def _run(loop: asyncio.AbstractEventLoop, serving: "asyncio.Task[None]") -> None:
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(serving)


def _first_byte(connection: socket.socket) -> bytes:
    connection.settimeout(5)
    first = connection.recv(1, socket.MSG_PEEK)
    connection.setblocking(False)  # noqa: FBT003 the library's own signature
    return first
