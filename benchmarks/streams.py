"""Many open event streams on one gateway: `python -m benchmarks.streams [--streams 5000]`.

Opens the streams, says what each costs, then sends messages at a steady rate to conversations that
are being read: how long until a message is accepted, and until its reader has it. Ends with 1 when
a bar is missed.
"""

import argparse
import asyncio
import math
import os
import resource
import secrets
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figures import percentile
from benchmarks.processes import PYTHON, ROOT, RunningProcess
from benchmarks.stream_clients import Chat, Chats, Reader, send_steadily
from support import embedded_redis

KIB: Final = 1024
OPENED_AT_ONCE: Final = 64
MOST_KIB: Final = 30.0
MOST_DELIVERY_MS: Final = 250.0
MOST_ACCEPTED_MS: Final = 25.0
SPARE_FILES: Final = 512


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked of the gateway: messages are counted per second, time in seconds."""

    streams: int
    rate: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: KiB of memory per stream, milliseconds, messages."""

    kib_per_stream: float
    cpu_ms_per_message: float
    accepted_ms: list[float]
    delivered_ms: list[float]
    refused: int
    lost: int


def main() -> None:
    """Measure, print the figures, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=5000)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    chosen = parser.parse_args()
    load = Load(chosen.streams, chosen.rate, chosen.seconds)
    allow_files(load.streams + SPARE_FILES)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(load, Path(folder))
    sys.exit(0 if report(load, figures) else 1)


def allow_files(count: int) -> None:
    """Let this process and its children open so many files; ends with a line where it may not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        sys.exit(f"{count} files have to be open at once and {hard} are allowed: ulimit -Hn.")
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


def measure(load: Load, folder: Path) -> Figures:
    """Start Redis and a gateway, and measure them under this load."""
    redis = embedded_redis.start(folder)
    port = free_port()
    settings = {
        "REDIS_URL": redis.url,
        "GATEWAY_PORT": str(port),
        "CONVERSATION_TOKEN_KEY": secrets.token_hex(32),
        "SENDER_KEY_SECRET": secrets.token_hex(32),
        "CONVERSATIONS_PER_MINUTE": "1000000",
        "MESSAGES_PER_MINUTE": "100000",
        "MESSAGES_PER_ADDRESS_PER_MINUTE": "1000000",
        "OPEN_CONVERSATIONS_PER_ADDRESS": "1000000",
    }
    command = (PYTHON, "-m", "gateway")
    try:
        with RunningProcess(
            command, folder=ROOT, settings=settings, log=folder / "gateway.log"
        ) as gateway:
            return asyncio.run(_measure(load, port, gateway))
    finally:
        redis.stop()


async def _measure(load: Load, port: int, gateway: RunningProcess) -> Figures:
    async with Chats(port) as chats:
        await chats.until_ready(gateway.raise_if_ended)
        free = asyncio.Semaphore(OPENED_AT_ONCE)

        async def start() -> Chat:
            async with free:
                return await chats.start()

        all_chats = await asyncio.gather(*(start() for _ in range(load.streams)))
        before = gateway.memory_bytes()

        async def read(chat: Chat) -> Reader:
            async with free:
                return await Reader.opened(port, chat)

        readers = await asyncio.gather(*(read(chat) for chat in all_chats))
        await asyncio.sleep(1)
        kib = (gateway.memory_bytes() - before) / load.streams / KIB
        cpu_before = gateway.cpu_seconds()
        answers = await send_steadily(chats, all_chats, rate=load.rate, seconds=load.seconds)
        await asyncio.sleep(2)
        delivered = [ms for reader in readers for ms in reader.delays_ms()]
        for reader in readers:
            reader.close()
    cpu_ms = (gateway.cpu_seconds() - cpu_before) / len(answers) * 1000
    accepted = [ms for ms in answers if ms is not None]
    return Figures(
        kib,
        cpu_ms,
        accepted,
        delivered,
        refused=len(answers) - len(accepted),
        lost=len(accepted) - len(delivered),
    )


def report(load: Load, figures: Figures) -> bool:
    """Print the figures beside their bars; return whether all of them hold."""
    accepted = percentile(figures.accepted_ms or [math.inf], 0.95)
    delivered = percentile(figures.delivered_ms or [math.inf], 0.99)
    rows = (
        ("memory per open stream, KiB", figures.kib_per_stream, MOST_KIB),
        ("a message accepted, p95 ms", accepted, MOST_ACCEPTED_MS),
        ("a message delivered, p99 ms", delivered, MOST_DELIVERY_MS),
        ("messages refused", float(figures.refused), 0.0),
        ("messages accepted, not delivered", float(figures.lost), 0.0),
    )
    sent = len(figures.accepted_ms) + figures.refused
    lines = [
        f"{load.streams} streams, {sent} messages in {load.seconds} s, {os.cpu_count()} cores",
        f"{'processor of the gateway per message, ms':44}{figures.cpu_ms_per_message:10.2f}",
        *(f"{name:44}{value:10.1f}  at most {bar:g}" for name, value, bar in rows),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return sent > 0 and all(value <= bar for _, value, bar in rows)


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
