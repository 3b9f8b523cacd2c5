"""The measuring code, on a contestant whose times are known."""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.growth import MEASURED_TURNS, seconds_by_length
from benchmarks.latency import TURNS, seconds_per_turn
from benchmarks.processes import PYTHON, RunningProcess
from benchmarks.scenarios import ASK, HI, IDENTIFY, SCENARIOS, whole_conversation
from benchmarks.talking import Talker, WrongAnswer, new_conversation
from benchmarks.throughput import throughput
from tests.benchmarks.contestant import fake_contestant

GREETING, _, FORM, NEW_WORDS = SCENARIOS


async def test_a_turn_takes_as_long_as_its_answer() -> None:
    async with fake_contestant(seconds=0.05) as contestant, Talker(contestant) as talker:
        seconds = await talker.say(new_conversation(), HI)
    assert 0.05 <= seconds < 0.5


@pytest.mark.parametrize("how", [{"answer": "Sorry?"}, {"status": 503}])
async def test_a_wrong_answer_does_not_count(how: dict[str, str]) -> None:
    async with fake_contestant(**how) as contestant, Talker(contestant) as talker:
        with pytest.raises(WrongAnswer, match="fake to 'hi'"):
            await talker.say(new_conversation(), HI)


async def test_the_opening_of_a_form_is_said_and_not_measured() -> None:
    async with fake_contestant() as contestant, Talker(contestant) as talker:
        seconds = await seconds_per_turn(talker, FORM, conversations=2)
    assert len(seconds) == 2 * TURNS
    first, *rest = next(iter(contestant.heard.values()))
    assert first == HI.text
    assert rest == [ASK.text, IDENTIFY.text] * TURNS


async def test_each_conversation_is_a_new_one() -> None:
    async with fake_contestant() as contestant, Talker(contestant) as talker:
        await seconds_per_turn(talker, GREETING, conversations=3)
    assert [len(said) for said in contestant.heard.values()] == [1 + TURNS] * 3


async def test_new_words_are_new_each_time() -> None:
    async with fake_contestant() as contestant, Talker(contestant) as talker:
        await seconds_per_turn(talker, NEW_WORDS, conversations=2)
    said = [text for texts in contestant.heard.values() for text in texts[1:]]
    assert len(set(said)) == len(said) == 2 * TURNS


@pytest.mark.alone
async def test_growth_is_noticed() -> None:
    slower = fake_contestant(seconds_per_message=0.0005)
    async with slower as contestant, Talker(contestant) as talker:
        seconds = await seconds_by_length(talker, (1, 50, 100))
    # A busy machine makes turns longer but never shorter.
    fastest = [min(values) for values in seconds.values()]
    assert all(later > earlier for earlier, later in pairwise(fastest))
    assert [len(values) for values in seconds.values()] == [MEASURED_TURNS] * 3
    assert list(seconds) == [1, 50, 100]


@pytest.mark.alone
async def test_growth_is_not_waited_for_without_end() -> None:
    slower = fake_contestant(seconds_per_message=0.002)
    async with slower as contestant, Talker(contestant) as talker:
        seconds = await seconds_by_length(talker, (5, 10_000), patience=1.0)
    first, reached = seconds
    assert first == 5 < reached < 10_000
    assert [len(said) for said in contestant.heard.values()] == [
        length + MEASURED_TURNS for length in (5, reached)
    ]


async def test_many_conversations_go_on_at_the_same_time(idle: RunningProcess) -> None:
    async with fake_contestant(seconds=0.02) as contestant, Talker(contestant) as talker:
        span = await throughput(talker, idle, conversations=8, seconds=0.3)
    assert contestant.most_at_once == 8
    assert span.turns == sum(map(len, contestant.heard.values()))
    assert span.seconds >= 0.3
    assert next(iter(contestant.heard.values()))[0] == next(whole_conversation()).text


class TestProcess:
    def test_processor_time_is_that_of_the_process(self, busy: RunningProcess) -> None:
        before = busy.cpu_seconds()
        while busy.cpu_seconds() < before + 0.05:
            busy.raise_if_ended()
        assert busy.cpu_seconds() - before < 1

    def test_memory_is_that_of_the_process(self, idle: RunningProcess) -> None:
        assert 2**20 < idle.memory_bytes() < 2**28

    def test_it_is_gone_afterwards(self, idle: RunningProcess) -> None:
        idle.stop()
        with pytest.raises(ProcessLookupError):
            os.kill(idle.pid, 0)


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[RunningProcess]:
    with _python("import time; time.sleep(60)", tmp_path) as process:
        yield process


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[RunningProcess]:
    with _python("while True: pass", tmp_path) as process:
        yield process


def _python(code: str, folder: Path) -> RunningProcess:
    command = (PYTHON, "-c", code)
    return RunningProcess(command, folder=folder, settings={}, log=folder / "log")
