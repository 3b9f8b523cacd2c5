"""Races real workers against agents who take over: `python -m tests.model.takeovers` (TRIALS).

In each trial a customer asks something, and at a random moment while workers get it answered an
agent takes the conversation over. What counts is what stands in the log afterwards. Workers, agents
and Rasa's stand-in are processes of their own.
"""

import asyncio
import multiprocessing
import os
import random
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from gateway.conversation_log import ConversationLog, Sender
from gateway.handover import Agent, AgentId, Handover
from gateway.turn_queue import announce_turn
from support import embedded_redis
from support.ids import SenderKey
from support.redis_client import connect
from support.times import utc_now
from tests.fakes.rasa import FakeRasa, running_rasa
from tests.fakes.waiting import eventually
from tests.fakes.workers import worker_process

QUESTION = "where is it"
TRIALS = int(os.environ.get("TRIALS", "4000"))
WORKERS = 2
DESKS = 2
AT_ONCE = 8
MOST_SECONDS = 0.04
"""Rasa takes up to so long, and so does the agent to decide."""

Outcome = Counter[str]


class HastyRasa(FakeRasa):
    """Answers everything in two messages, after a random moment."""

    async def take_turn(self, request: Request) -> JSONResponse:
        await asyncio.sleep(random.uniform(0, MOST_SECONDS))  # noqa: S311 - guards nothing
        return await super().take_turn(request)


def main() -> None:
    """Run the trials and say how many leaked; exits with 1 if any did."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = embedded_redis.start(Path(folder))
        stack.callback(server.stop)
        ready = multiprocessing.Event()
        port = multiprocessing.Value("i", 0)
        rasa = multiprocessing.Process(target=_serve_rasa, args=(port, ready), daemon=True)
        rasa.start()
        stack.callback(rasa.terminate)
        ready.wait()
        for _ in range(WORKERS):
            stack.enter_context(worker_process(server.url, f"http://127.0.0.1:{port.value}"))
        desks = [(server.url, number, TRIALS // DESKS) for number in range(DESKS)]
        with multiprocessing.Pool(DESKS) as pool:
            outcome = sum(pool.starmap(_desk, desks), Counter())
    sys.stdout.write(
        f"{sum(outcome[name] for name in ('before', 'between', 'after')):,} takeovers: "
        f"{outcome['before']:,} before any reply, {outcome['between']:,} between two, "
        f"{outcome['after']:,} after both; {outcome['leaked']} leaked replies\n"
    )
    sys.exit(1 if outcome["leaked"] else 0)


def _serve_rasa(port: "multiprocessing.sharedctypes.Synchronized[int]", ready: object) -> None:
    async def serve() -> None:
        async with running_rasa(
            HastyRasa(answers={QUESTION: [{"text": "one"}, {"text": "two"}]})
        ) as rasa:
            port.value = int(rasa.url.rsplit(":", 1)[1])
            ready.set()  # type: ignore[attr-defined]
            await asyncio.Event().wait()

    asyncio.run(serve())


def _desk(redis_url: str, number: int, trials: int) -> Outcome:
    return asyncio.run(_trials(redis_url, number, trials))


async def _trials(redis_url: str, number: int, trials: int) -> Outcome:
    redis = connect(redis_url)
    log = ConversationLog(redis, keep=timedelta(hours=1))
    handover = Handover.on(redis, log)
    outcome: Outcome = Counter()

    async def agent(seat: int) -> None:
        me = Agent(agent_id=AgentId(f"{number}-{seat}"), first_name="Kim", capacity=1)
        for _ in range(trials // AT_ONCE):
            await handover.duty.come_online(me, now=utc_now())
            outcome.update(await _trial(handover, me))

    await asyncio.gather(*(agent(seat) for seat in range(AT_ONCE)))
    await redis.aclose()
    return outcome


async def _trial(handover: Handover, agent: Agent) -> list[str]:
    log = handover.store.log
    conversation_id = await log.create(channel="web", sender_key=SenderKey("s"))
    admission = await log.append_customer_message(
        conversation_id, client_message_id="1", text=QUESTION
    )
    await announce_turn(handover.store.redis, conversation_id, admission.message_id)
    await asyncio.sleep(random.uniform(0, 2 * MOST_SECONDS))  # noqa: S311
    await handover.agents.take_over(conversation_id, agent.agent_id)

    async def answered() -> bool:
        return (await log.conversation(conversation_id)).answered >= admission.position

    await eventually(answered, 60)
    entries = await log.read(conversation_id, after=0)
    joined = next(one.position for one in entries if one.text == "Kim has joined the chat.")
    replies = [one.position for one in entries if one.sender is Sender.BOT]
    await handover.agents.close(conversation_id, agent.agent_id, "done")
    before = sum(position < joined for position in replies)
    return [("before", "between", "after")[before], *["leaked"] * (len(replies) - before)]


if __name__ == "__main__":
    main()
