"""How many turns a second are answered when many conversations are going on."""

import asyncio
import time

from benchmarks.figures import Span
from benchmarks.processes import RunningProcess
from benchmarks.scenarios import whole_conversation
from benchmarks.talking import Talker, new_conversation


async def throughput(
    talker: Talker, process: RunningProcess, *, conversations: int, seconds: float
) -> Span:
    """Hold that many conversations at a time, each from beginning to end, again and again."""
    started, cpu = time.perf_counter(), process.cpu_seconds()
    deadline = started + seconds
    turns = await asyncio.gather(*(_converse(talker, deadline) for _ in range(conversations)))
    return Span(
        turns=sum(turns),
        seconds=time.perf_counter() - started,
        cpu_seconds=process.cpu_seconds() - cpu,
    )


async def _converse(talker: Talker, deadline: float) -> int:
    turns = 0
    while time.perf_counter() < deadline:
        conversation = new_conversation()
        for message in whole_conversation():
            await talker.say(conversation, message)
            turns += 1
            if time.perf_counter() > deadline:
                break
    return turns
