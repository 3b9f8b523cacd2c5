"""What must hold, beside Rasa's default configuration in the same run."""

from dataclasses import dataclass

from benchmarks.figures import Figures

LOADED = 16
"""Conversations at which turns per second and core are compared."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A requirement and what was measured. `measured` must reach `least`, or stay under `most`."""

    title: str
    measured: float
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the requirement is met."""
        above = self.least is None or self.measured >= self.least
        return above and (self.most is None or self.measured <= self.most)

    @property
    def wanted(self) -> str:
        """The requirement in words."""
        return f"at least {self.least:g}x" if self.least is not None else f"at most {self.most:g}x"


def bars(ours: Figures, default: Figures) -> list[Bar]:
    """Return every requirement with what was measured."""
    return [
        Bar("p95 without an action", _p95_ratio(ours, default, "greeting"), least=3),
        Bar("p95 with an action", _p95_ratio(ours, default, "order_look_up"), least=4),
        Bar("p95 of a form's turn", _p95_ratio(ours, default, "form"), least=4),
        Bar("turns per second and core", _load_ratio(ours, default), least=4),
        Bar("a turn at the longest beside the shortest conversation", ours.growth, most=1.5),
        Bar("time to start", default.start_seconds / ours.start_seconds, least=1),
        Bar("memory", default.memory_after / ours.memory_after, least=1),
    ]


def _p95_ratio(ours: Figures, default: Figures, scenario: str) -> float:
    return default.latency[scenario].p95 / ours.latency[scenario].p95


def _load_ratio(ours: Figures, default: Figures) -> float:
    return ours.load[LOADED].turns_per_core_second / default.load[LOADED].turns_per_core_second
