"""`make replay`: runs stored conversations against today's assistant and shows what has changed.

REDIS_URL=   takes the newest conversations from here, masked, and keeps them in FILE
FILE=        a file of stored conversations, one JSON object a line (reports/replay/stored.jsonl)
MOST=        how many at most, 200 if not given
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx
import redis
from pydantic import ValidationError
from redis.exceptions import RedisError

from sandbox.demo import demo_orders
from scripts.demo.model import train
from scripts.demo.ports import free_port
from scripts.demo.processes import ROOT, Ports
from scripts.demo.system import System
from scripts.progress import note, step
from scripts.replay.collect import conversations
from scripts.replay.differences import Replayed, compared
from scripts.replay.report import summary, write_page
from scripts.replay.stored import StoredConversation
from scripts.replay.talk import NotAnswered, Stage
from support.identifiers.extract import DEFAULT_ORDER_NUMBER_PATTERN
from support.redis_client import connect
from support.times import utc_now

REPORTS: Final = ROOT / "reports" / "replay"
_MOST: Final = 200


class NothingToReplay(Exception):
    """There are no conversations; the message says why."""


def main() -> int:
    """Replay, print what has changed and where the page is; return 2 if there is nothing to."""
    file = Path(os.environ.get("FILE") or REPORTS / "stored.jsonl")
    try:
        if redis_url := os.environ.get("REDIS_URL"):
            _collect(redis_url, file)
        stored = read(file)
    except NothingToReplay as error:
        note(str(error))
        return 2
    replayed = _replayed(stored)
    note(f"\n{summary(replayed)}\n\nEvery turn: {write_page(replayed, REPORTS)}")
    return 0


def read(file: Path) -> list[StoredConversation]:
    """Return the conversations of a file; raises NothingToReplay."""
    if not file.is_file():
        raise NothingToReplay(f"There is no {file}; REDIS_URL=redis://... makes it.")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        stored = [StoredConversation.model_validate_json(line) for line in lines if line.strip()]
    except (ValidationError, UnicodeDecodeError) as error:
        raise NothingToReplay(f"{file} holds no stored conversations: {error}") from error
    if not stored:
        raise NothingToReplay(f"{file} is empty.")
    return stored


def _collect(redis_url: str, file: Path) -> None:
    most = int(os.environ.get("MOST") or _MOST)
    pattern = os.environ.get("ORDER_NUMBER_PATTERN") or DEFAULT_ORDER_NUMBER_PATTERN
    try:
        found = asyncio.run(_found(redis_url, most, pattern))
    except (RedisError, ValueError) as error:
        raise NothingToReplay(f"REDIS_URL cannot be read: {error}") from error
    if not found:
        raise NothingToReplay("That Redis holds no conversation that the assistant answered.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{one.model_dump_json()}\n" for one in found), encoding="utf-8")
    note(f"{len(found)} conversations, masked, are in {file}")


async def _found(redis_url: str, most: int, pattern: str) -> list[StoredConversation]:
    client = connect(redis_url)
    try:
        return await conversations(client, most=most, order_number_pattern=pattern)
    finally:
        await client.aclose()


def _replayed(stored: Sequence[StoredConversation]) -> list[Replayed]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with step("trained model"):
            train(home / "logs" / "train.log")
        with System(home, Ports(gateway=free_port(), sandbox=free_port())) as system:
            with step("processes"):
                system.start()
                system.wait_until_ready()
            with step(f"{len(stored)} conversations"):
                return replay(system, stored)


def replay(system: System, stored: Sequence[StoredConversation]) -> list[Replayed]:
    """Hold the conversations with a running system, one after the other."""
    with (
        httpx.Client(base_url=system.gateway_url, timeout=30) as gateway,
        httpx.Client(base_url=system.sandbox_url, timeout=10) as sandbox,
        redis.Redis.from_url(system.redis_url, decode_responses=True) as shared,
    ):
        stage = Stage(gateway, sandbox, shared, demo_orders(utc_now()))
        return [_held(stage, one) for one in stored]


def _held(stage: Stage, conversation: StoredConversation) -> Replayed:
    try:
        return compared(conversation, stage.hold(conversation))
    except (NotAnswered, httpx.HTTPError) as error:
        return Replayed(conversation, (), failure=f"{conversation.conversation_id}: {error}")


if __name__ == "__main__":
    sys.exit(main())
