"""Somebody who floods the gateway from one address, in a process of their own."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from uuid import uuid4

import httpx

AT_ONCE = 12
"""Requests under way at any moment. Each is followed by the next without a pause."""

Answers = Counter[tuple[int, bool]]
"""How often each status came, and whether it said when to try again."""


def flood(
    address: str, chats: Sequence[tuple[str, str]], sender: str, over: Event, told: Connection
) -> None:
    """Send messages into these chats (path and token) and begin others, until it is over."""
    told.send(asyncio.run(_flood(address, chats, {"X-Forwarded-For": sender}, over)))


async def _flood(
    address: str, chats: Sequence[tuple[str, str]], headers: dict[str, str], over: Event
) -> Answers:
    answers: Answers = Counter()
    limits = httpx.Limits(max_connections=AT_ONCE, keepalive_expiry=1.0)
    async with httpx.AsyncClient(base_url=address, headers=headers, limits=limits) as http:

        async def goes_on(number: int) -> None:
            path, token = chats[number % len(chats)]
            while not over.is_set():
                if number % 4:
                    answer = await http.post(
                        f"{path}/messages",
                        json={"client_message_id": uuid4().hex, "text": "hello " * 100},
                        headers={"Authorization": f"Bearer {token}"},
                    )
                else:
                    answer = await http.post("/v1/conversations")
                answers[answer.status_code, "Retry-After" in answer.headers] += 1

        await asyncio.gather(*(goes_on(number) for number in range(AT_ONCE)))
    return answers
