"""Holds locks, as one of several processes: `python -m tests.rasa_runtime.lock_holder ...`.

    ADDRESS CONVERSATIONS TIMES    draw, enter and leave so often, on conversations c0, c1, ...
    ADDRESS hold CONVERSATION      enter, say so, and stay until killed

What happens is noted in the Redis list `noted:<conversation>`, in the order in which it happens.
"""

import asyncio
import os
import random
import sys
from datetime import timedelta

from rasa.utils.endpoints import EndpointConfig

from rasa_runtime.lock_store import FairLockStore
from support.redis_client import connect

AT_ONCE = 10
LEASE = timedelta(seconds=1.5)


async def enter_often(address: str, conversations: int, times: int) -> None:
    store, redis = _store(address), connect(address)
    chosen = random.Random(os.getpid())  # noqa: S311 spreads load, guards nothing
    left = iter(range(times))

    async def enter_one_by_one() -> None:
        for _ in left:
            conversation = f"c{chosen.randrange(conversations)}"
            async with store.lock(conversation):
                await redis.rpush(f"noted:{conversation}", "in")
                await asyncio.sleep(0.001)
                await redis.rpush(f"noted:{conversation}", "out")

    await asyncio.gather(*(enter_one_by_one() for _ in range(AT_ONCE)))
    await store.close()
    await redis.aclose()


async def hold(address: str, conversation: str) -> None:
    async with _store(address).lock(conversation):
        print("held", flush=True)  # noqa: T201 what the test waits for
        await asyncio.sleep(60)


def _store(address: str) -> FairLockStore:
    return FairLockStore(EndpointConfig(url=address), lease=LEASE)


if __name__ == "__main__":
    _, address, first, second = sys.argv
    work = (
        hold(address, second) if first == "hold" else enter_often(address, int(first), int(second))
    )
    asyncio.run(work)
