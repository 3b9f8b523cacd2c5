"""The operators' command, as `make dead-letters` runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from redis.asyncio import Redis

from support.ids import ConversationId
from support.times import utc_now
from worker.outbound.dead_letters import DeadLetter, DeadLetters

ROOT = Path(__file__).parents[3]


@pytest.fixture
def letters(redis: Redis) -> DeadLetters:
    return DeadLetters(redis)


async def gives_up(letters: DeadLetters, position: int) -> str:
    """Give a message up; return its letter's id."""
    letter = DeadLetter(
        conversation_id=ConversationId("c-1"),
        position=position,
        channel="sms",
        reason="21211",
        at=utc_now(),
    )
    await letters.add(letter)
    [newest] = await letters.newest(1)
    return newest.letter_id


def command(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command where only the `.env` file says which Redis."""
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "worker.dead_letters", *arguments],
        cwd=directory,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        text=True,
        capture_output=True,
        timeout=30,
        check=False,
    )


@pytest.fixture
def directory(tmp_path: Path, redis_url: str) -> Path:
    (tmp_path / ".env").write_text(f"REDIS_URL={redis_url}\n")
    return tmp_path


async def test_they_are_listed_newest_first_and_sent_again(letters: DeadLetters, directory: Path):
    first, second = await gives_up(letters, 2), await gives_up(letters, 4)
    listed = command(directory, "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [second, first]
    assert listed[0].endswith("sms  21211  c-1 4")

    answer = command(directory, "resend", first, "0-1")
    assert answer.stdout.splitlines() == [f"{first}: is sent again", "0-1: is not in the list"]
    assert await letters.wanted_again() == [("c-1", 2)]
    assert command(directory, "resend", "all").stdout == f"{second}: is sent again\n"
    assert command(directory, "list").stdout == "Nothing could not be sent.\n"


@pytest.mark.usefixtures("redis")
def test_what_is_no_command_is_told_how_to_be_one(directory: Path):
    answer = command(directory, "resend")
    assert (answer.returncode, answer.stdout) == (os.EX_USAGE, "")
    assert answer.stderr.startswith("Usage: ")


def test_without_an_address_it_says_so(tmp_path: Path):
    answer = command(tmp_path, "list")
    assert (answer.returncode, answer.stdout) == (os.EX_CONFIG, "")
    assert "REDIS_URL is not set." in answer.stderr
