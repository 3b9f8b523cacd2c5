"""One run: starts everything, measures the contestants in turns, stops everything."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import monotonic, sleep
from urllib.request import urlopen

from benchmarks.contestants import HOST, Contestant, Surroundings
from benchmarks.figures import MILLISECONDS, Figures, Span, latency_of, load_of
from benchmarks.growth import LENGTHS, seconds_by_length
from benchmarks.latency import CONVERSATIONS, seconds_per_turn
from benchmarks.processes import PYTHON, ROOT, RunningProcess
from benchmarks.scenarios import SCENARIOS, Scenario
from benchmarks.talking import Talker
from benchmarks.throughput import throughput
from scripts.demo.ports import free_port
from support import embedded_redis

MEBIBYTE = 2**20
REPORTS = ROOT / "reports" / "benchmark"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int = 5
    conversations: int = CONVERSATIONS
    starts: int = 3
    at_once: Sequence[int] = (1, 16, 64)
    load_rounds: int = 3
    load_seconds: float = 6.0
    lengths: Sequence[int] = LENGTHS


QUICK = Plan(
    rounds=1,
    conversations=1,
    starts=1,
    at_once=(1, 16),
    load_rounds=1,
    load_seconds=2.0,
    lengths=(10, 30),
)


@dataclass
class Entrant:
    """A contestant that is running, and what was measured of it so far."""

    contestant: Contestant
    figures: Figures
    process: RunningProcess
    talker: Talker
    seconds: dict[str, list[list[float]]] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    """Start a Redis and the action server for the contestants, and stop them afterwards."""
    redis = embedded_redis.start(REPORTS / "redis")
    port = free_port()
    command = (PYTHON, "-m", "benchmarks.action_server", str(port))
    log = REPORTS / "logs" / "actions.log"
    try:
        with RunningProcess(command, folder=ROOT, settings={}, log=log) as actions:
            _wait_for_actions(port, actions)
            yield Surroundings(f"http://{HOST}:{port}/webhook", redis.port)
    finally:
        redis.stop()


async def measure(
    contestants: Sequence[tuple[Contestant, Figures]], around: Surroundings, plan: Plan
) -> None:
    """Measure all contestants, one after the other within each round, and fill in their figures."""
    for contestant, figures in contestants:
        figures.start_seconds = await _start_seconds(contestant, plan.starts)
    async with AsyncExitStack() as running:
        entrants = [
            await running.enter_async_context(_running(contestant, figures))
            for contestant, figures in contestants
        ]
        await _measure_latency(entrants, around, plan)
        await _measure_load(entrants, plan)
        for entrant in entrants:
            await _measure_growth(entrant, plan)
            entrant.figures.memory_after = entrant.process.memory_bytes() / MEBIBYTE


async def _start_seconds(contestant: Contestant, starts: int) -> float:
    """Return the median time from starting the process to its first answered turn."""
    seconds = []
    for _ in range(starts):
        started = monotonic()
        async with _answering(contestant):
            seconds.append(monotonic() - started)
    return median(seconds)


@asynccontextmanager
async def _answering(contestant: Contestant) -> AsyncIterator[tuple[RunningProcess, Talker]]:
    log = REPORTS / "logs" / f"{contestant.name}.log"
    with RunningProcess(
        contestant.command, folder=contestant.folder, settings=contestant.settings, log=log
    ) as process:
        async with Talker(contestant) as talker:
            await talker.wait_for_first_answer(process)
            yield process, talker


@asynccontextmanager
async def _running(contestant: Contestant, figures: Figures) -> AsyncIterator[Entrant]:
    async with _answering(contestant) as (process, talker):
        for scenario in SCENARIOS:
            await seconds_per_turn(talker, scenario, conversations=2)
        figures.memory_warm = process.memory_bytes() / MEBIBYTE
        yield Entrant(contestant, figures, process, talker)


async def _measure_latency(entrants: Sequence[Entrant], around: Surroundings, plan: Plan) -> None:
    for number in range(plan.rounds):
        for scenario in SCENARIOS:
            for entrant in _in_turns(entrants, number):
                await _one_latency_round(entrant, scenario, around, plan)
    for entrant in entrants:
        for name, rounds in entrant.seconds.items():
            calls = entrant.calls[name]
            entrant.figures.latency[name] = latency_of(rounds, action_calls=calls)


async def _one_latency_round(
    entrant: Entrant, scenario: Scenario, around: Surroundings, plan: Plan
) -> None:
    before = _action_calls(around)
    seconds = await seconds_per_turn(entrant.talker, scenario, conversations=plan.conversations)
    entrant.seconds.setdefault(scenario.name, []).append(seconds)
    calls = entrant.calls.get(scenario.name, 0) + _action_calls(around) - before
    entrant.calls[scenario.name] = calls


async def _measure_load(entrants: Sequence[Entrant], plan: Plan) -> None:
    for at_once in plan.at_once:
        spans: dict[str, list[Span]] = {entrant.contestant.name: [] for entrant in entrants}
        for number in range(plan.load_rounds):
            for entrant in _in_turns(entrants, number):
                span = await throughput(
                    entrant.talker,
                    entrant.process,
                    conversations=at_once,
                    seconds=plan.load_seconds,
                )
                spans[entrant.contestant.name].append(span)
        for entrant in entrants:
            entrant.figures.load[at_once] = load_of(spans[entrant.contestant.name])


async def _measure_growth(entrant: Entrant, plan: Plan) -> None:
    seconds = await seconds_by_length(entrant.talker, plan.lengths)
    entrant.figures.by_length = {
        length: median(values) * MILLISECONDS for length, values in seconds.items()
    }


def _in_turns(entrants: Sequence[Entrant], number: int) -> Sequence[Entrant]:
    """Return the entrants in an order that changes with each round."""
    return entrants if number % 2 == 0 else entrants[::-1]


def _action_calls(around: Surroundings) -> int:
    with urlopen(around.calls_url, timeout=5) as response:  # noqa: S310 our own address
        return int(json.load(response)["calls"])


def _wait_for_actions(port: int, process: RunningProcess) -> None:
    address = Surroundings(f"http://{HOST}:{port}/webhook", redis_port=0)
    while True:
        process.raise_if_ended()
        try:
            _action_calls(address)
        except OSError:
            sleep(0.05)
        else:
            return
