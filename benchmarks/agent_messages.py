"""How long an agent's message takes to a customer: `python -m benchmarks.agent_messages`.

A gateway as in production, 1,000 open event streams, and 50 agents with four conversations each who
write once a second, in a process of their own. A message carries when it was begun to be sent; what
is measured ends when the customer's socket has it.
"""

import asyncio
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Final

import httpx

from benchmarks.processes import PYTHON, RunningProcess
from gateway.conversation_log import ConversationLog
from gateway.handover import Agent, AgentId, Handover
from support import embedded_redis
from support.ids import ConversationId
from support.redis_client import connect
from support.times import utc_now

CONVERSATIONS: Final = 1000
AGENTS: Final = 50
SEATS: Final = 4
SECONDS: Final = 20
SETTLE_SECONDS: Final = 5
BAR_MILLISECONDS: Final = 250.0
PORT: Final = 8931
KEYS: Final = {
    "CONVERSATION_TOKEN_KEY": "benchmark-key-0123456789abcdef0123456789",
    "SENDER_KEY_SECRET": "benchmark-key-0123456789abcdef0123456789",
}


def main() -> None:
    """Measure, print, and exit with 1 where the bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = embedded_redis.start(folder / "redis")
        settings = {
            **KEYS,
            "REDIS_URL": server.url,
            "GATEWAY_PORT": str(PORT),
            "CONVERSATIONS_PER_MINUTE": "100000",
            "OPEN_CONVERSATIONS_PER_ADDRESS": "100000",
        }
        command = (PYTHON, "-m", "gateway")
        log = folder / "gateway.log"
        try:
            with RunningProcess(command, folder=folder, settings=settings, log=log):
                waits = asyncio.run(_measure(server.url))
        finally:
            server.stop()
    parts = quantiles(waits, n=100)
    sys.stdout.write(
        f"{len(waits):,} messages, {CONVERSATIONS:,} open conversations, {AGENTS} agents: "
        f"p50 {parts[49]:.0f} ms, p95 {parts[94]:.0f} ms, p99 {parts[98]:.0f} ms, "
        f"most {max(waits):.0f} ms\n"
    )
    sys.exit(parts[98] >= BAR_MILLISECONDS)


async def _measure(redis_url: str) -> list[float]:
    """Return how many milliseconds each message took."""
    waits: list[float] = []
    started = await _start_conversations()
    readers = [asyncio.create_task(_read(one, token, waits)) for one, token in started]
    await asyncio.sleep(3)
    agents = multiprocessing.Process(
        target=_run_agents, args=(redis_url, [one for one, _ in started])
    )
    agents.start()
    await asyncio.to_thread(agents.join)
    await asyncio.sleep(1)
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    return waits


async def _start_conversations() -> list[tuple[str, str]]:
    base = f"http://127.0.0.1:{PORT}"
    transport = httpx.AsyncHTTPTransport(retries=20)
    async with httpx.AsyncClient(base_url=base, timeout=30, transport=transport) as http:
        for _ in range(100):
            try:
                await http.get("/health/live")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.2)
        started = []
        for _ in range(CONVERSATIONS):
            body = (await http.post("/v1/conversations", json={})).raise_for_status().json()
            started.append((body["conversation_id"], body["token"]))
        return started


async def _read(conversation_id: str, token: str, waits: list[float]) -> None:
    """Hold one event stream open, as a browser does."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    path = f"/v1/conversations/{conversation_id}/events"
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(request.encode())
    try:
        while line := await reader.readline():
            if line.startswith(b"data: ") and b'"sender":"agent"' in line:
                sent = float(json.loads(line[6:])["text"])
                waits.append((time.time() - sent) * 1000)
    finally:
        writer.close()


def _run_agents(redis_url: str, conversations: Sequence[str]) -> None:
    asyncio.run(_agents(redis_url, [ConversationId(one) for one in conversations]))


async def _agents(redis_url: str, conversations: Sequence[ConversationId]) -> None:
    redis = connect(redis_url)
    handover = Handover.on(redis, ConversationLog(redis, keep=timedelta(hours=1)))
    await asyncio.gather(
        *(
            _agent(handover, number, conversations[number * SEATS : (number + 1) * SEATS])
            for number in range(AGENTS)
        )
    )
    await redis.aclose()


async def _agent(handover: Handover, number: int, conversations: Sequence[ConversationId]) -> None:
    me = Agent(agent_id=AgentId(f"a-{number}"), first_name="Kim", capacity=SEATS)
    await handover.duty.come_online(me, now=utc_now())
    for conversation_id in conversations:
        await handover.agents.take_over(conversation_id, me.agent_id)
    await asyncio.sleep(SETTLE_SECONDS + number / AGENTS)
    for second in range(SECONDS):
        began = time.time()
        await handover.agents.say(
            conversations[second % SEATS],
            me.agent_id,
            str(began),
            client_message_id=f"{number}-{second}",
        )
        await asyncio.sleep(max(0.0, 1 - (time.time() - began)))


if __name__ == "__main__":
    main()
