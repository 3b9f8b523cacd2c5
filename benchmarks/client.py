"""What our client code adds to a raw call: `python -m benchmarks.client`.

A server on the loopback answers every tracking request at once. The same question is asked of it
raw (httpx and json), through the client that all systems share, and as a customer's look-up: cache,
budget, batching, reading, and keeping the report in Redis. Calls alternate, so that
what else the machine does hits all alike; beside the wall's clock the processor's time is given,
which does not depend on what else runs.

Then 200 numbers are asked for within a minute, at once and spread over it, of a carrier that allows
ten calls of ten numbers: `--minute` runs the spread one, which takes a minute.
"""

import argparse
import asyncio
import json
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Final

import httpx
import structlog

from support import embedded_redis
from support.ids import TrackingNumber
from support.redis_client import connect
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.batching import Batching
from support.systems.carriers.budget import CallBudget
from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.errors import SystemFailure
from support.systems.operations import Operation
from support.systems.requests import SystemClient

CALLS: Final = 150
ROUNDS: Final = 5
NUMBERS: Final = 200
MOST_ADDED_MS: Final = 3.0
LOOK_UP_SECONDS: Final = 3.0
Ask = Callable[[str], Awaitable[object]]


@dataclass
class Vendor:
    """Answers on the loopback, and counts the calls."""

    port: int = 0
    calls: list[int] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until it is closed."""
        while head := await _head(reader):
            target = head.split(" ")[1]
            numbers = httpx.URL(target).params["tracking_ids"].split(",")
            self.calls.append(len(numbers))
            body = json.dumps({"tracking_results": [_result(one) for one in numbers]}).encode()
            length = f"content-length: {len(body)}\r\n"
            start = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{length}\r\n"
            writer.write(start.encode() + body)
            await writer.drain()
        writer.close()


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        return ""


def _result(number: str) -> Mapping[str, object]:
    scan = {"date": "2026-11-24T07:02:00+11:00", "location": "GEELONG VIC"}
    events = [scan | {"description": f"Item processed at facility {n}"} for n in range(8)]
    article = {"article_id": number, "status": "In transit", "events": events}
    return {"tracking_id": number, "trackable_items": [article]}


async def added(ways: Mapping[str, Ask]) -> Mapping[str, float]:
    """Return each way's 95th percentile, in milliseconds, in the quietest of some rounds."""
    rounds = [await _round(ways, turn) for turn in range(ROUNDS)]
    return {name: min(one[name] for one in rounds) for name in ways}


async def _round(ways: Mapping[str, Ask], turn: int) -> Mapping[str, float]:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for place in range(CALLS):
        # Each way is the first in turn: none always finds what another has left behind.
        shift = place % len(ways)
        for name, ask in [*ways.items()][shift:] + [*ways.items()][:shift]:
            started = time.perf_counter()
            await ask(f"{name.upper()[:3]}{turn}{place:07}")
            took[name].append((time.perf_counter() - started) * 1000)
    return {name: quantiles(times, n=20)[-1] for name, times in took.items()}


async def processor_time(ask: Ask) -> float:
    """Return what one call costs this process, in milliseconds of the processor."""
    started = time.process_time()
    for place in range(CALLS):
        await ask(f"CPU{place:07}")
    return (time.process_time() - started) / CALLS * 1000


async def minute(directory: CarrierDirectory, *, seconds: float) -> Mapping[str, int]:
    """Ask for 200 numbers within so many seconds; return how they were answered."""

    async def look(place: int) -> str:
        await asyncio.sleep(place * seconds / NUMBERS)
        started = time.monotonic()
        try:
            await directory.track(AUSTRALIA_POST, TrackingNumber(f"MIN{place:07}{int(seconds)}"))
        except SystemFailure:
            return "told when to ask again"
        assert time.monotonic() - started < LOOK_UP_SECONDS  # noqa: S101 - its own time limit
        return "told what the carrier says"

    answers = await asyncio.gather(*(look(place) for place in range(NUMBERS)))
    return {answer: answers.count(answer) for answer in sorted(set(answers))}


async def run(redis_url: str, *, spread: bool) -> bool:
    """Measure, print, and return whether the bar is kept."""
    vendor = Vendor()
    server = await asyncio.start_server(vendor.answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    redis = connect(redis_url)
    async with httpx.AsyncClient(trust_env=False) as client:
        carriers = _directory(client, url, redis_url, calls=100_000)
        track = f"{url}/shipping/v1/track"

        async def raw(number: str) -> object:
            return (await client.get(track, params={"tracking_ids": number})).json()

        async def shared(number: str) -> object:
            system = SystemClient("australia_post", client)
            answer = await system.read(
                track, params={"tracking_ids": number}, operation=Operation.TRACK_PARCELS
            )
            return answer.json()

        async def look_up(number: str) -> object:
            return await carriers.track(AUSTRALIA_POST, TrackingNumber(number))

        figures = await added({"raw": raw, "client": shared, "look-up": look_up})
        kept = _print_added(figures)
        costs = {"raw": await processor_time(raw), "client": await processor_time(shared)}
        print(f"processor: raw {costs['raw']:.2f} ms, client {costs['client']:.2f} ms a call")
        kept = await _print_minute(client, url, redis_url, vendor, 0.0) and kept
        if spread:
            await redis.flushall()
            kept = await _print_minute(client, url, redis_url, vendor, 58.0) and kept
        await carriers.aclose()
    await redis.aclose()
    server.close()
    return kept


def _print_added(figures: Mapping[str, float]) -> bool:
    print(f"p95 of {CALLS} calls each, in milliseconds, the quietest of {ROUNDS} rounds")
    for name, figure in figures.items():
        print(f"  {name:8} {figure:6.2f}   added {figure - figures['raw']:5.2f}")
    return figures["client"] - figures["raw"] <= MOST_ADDED_MS


async def _print_minute(
    client: httpx.AsyncClient, url: str, redis_url: str, vendor: Vendor, seconds: float
) -> bool:
    vendor.calls.clear()
    carriers = _directory(client, url, redis_url, calls=10)
    answers = await minute(carriers, seconds=seconds)
    calls: Sequence[int] = tuple(vendor.calls)
    await carriers.aclose()
    how = "at once" if not seconds else f"over {seconds:.0f} seconds"
    print(f"{NUMBERS} numbers {how}: {len(calls)} calls for {sum(calls)} numbers; {dict(answers)}")
    return len(calls) <= 10 and sum(answers.values()) == NUMBERS  # noqa: PLR2004 - what it allows


def _directory(
    client: httpx.AsyncClient, url: str, redis_url: str, *, calls: int
) -> CarrierDirectory:
    redis = connect(redis_url)
    last_known = LastKnown(redis)
    adapter = AustraliaPostTracking(client, url, "1", "key", "password")
    budget = CallBudget(redis, f"benchmark:{calls}", calls, timedelta(minutes=1))
    return CarrierDirectory(
        {AUSTRALIA_POST: Batching(adapter, budget, last_known.keep)}, last_known
    )


def main() -> None:
    """Run it; fails where the bar is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minute", action="store_true", help="also 200 numbers over a minute")
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        server = embedded_redis.start(Path(folder), options=("--appendfsync", "no"))
        try:
            kept = asyncio.run(run(server.url, spread=arguments.minute))
        finally:
            server.stop()
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
