"""What is measured of a contestant, as it is written to reports/benchmark/benchmark.json."""

import math
from dataclasses import dataclass, field
from statistics import median

MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of a kind of turn: the median, over the rounds, of each round's percentile.

    A round that others on the machine disturbed does not move it.
    """

    p50: float
    p95: float
    turns: int
    action_calls_per_turn: float


@dataclass(frozen=True, slots=True)
class Load:
    """What was answered with a number of conversations going on at the same time."""

    turns_per_second: float
    cpu_milliseconds_per_turn: float

    @property
    def turns_per_core_second(self) -> float:
        """Turns for each second of processor time of the Rasa process."""
        return MILLISECONDS / self.cpu_milliseconds_per_turn


@dataclass(frozen=True, slots=True)
class Span:
    """Turns answered in a span of wall time, and the processor time Rasa's process took."""

    turns: int
    seconds: float
    cpu_seconds: float


@dataclass
class Figures:
    """All that is measured of one contestant. Times in ms or s as named, memory in MiB (PSS)."""

    training_seconds: float
    start_seconds: float = 0.0
    memory_warm: float = 0.0
    memory_after: float = 0.0
    latency: dict[str, Latency] = field(default_factory=dict)
    load: dict[int, Load] = field(default_factory=dict)
    by_length: dict[int, float] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """A turn of the longest conversation that was reached, compared with the shortest."""
        return self.by_length[max(self.by_length)] / self.by_length[min(self.by_length)]


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def latency_of(rounds: list[list[float]], *, action_calls: int) -> Latency:
    """Return the figures of a kind of turn from the seconds of each round."""
    turns = sum(map(len, rounds))
    return Latency(
        p50=median(percentile(one, 0.5) for one in rounds) * MILLISECONDS,
        p95=median(percentile(one, 0.95) for one in rounds) * MILLISECONDS,
        turns=turns,
        action_calls_per_turn=action_calls / turns,
    )


def load_of(spans: list[Span]) -> Load:
    """Return the figures of several spans with the same number of conversations."""
    return Load(
        turns_per_second=median(span.turns / span.seconds for span in spans),
        cpu_milliseconds_per_turn=median(span.cpu_seconds / span.turns for span in spans)
        * MILLISECONDS,
    )
