import pytest

from benchmarks.bars import bars
from benchmarks.figures import Figures, Latency, Load, Span, latency_of, load_of, percentile
from benchmarks.scenarios import SCENARIOS


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: float) -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, share) == expected


def test_one_value_is_every_percentile() -> None:
    assert percentile([7.0], 0.5) == percentile([7.0], 0.95) == 7.0


def test_a_disturbed_round_does_not_move_a_latency() -> None:
    quiet = [0.010] * 20
    latency = latency_of([quiet, [5.0] * 20, quiet], action_calls=60)
    assert (latency.p50, latency.p95) == (10.0, 10.0)
    assert (latency.turns, latency.action_calls_per_turn) == (60, 1.0)


def test_load_counts_wall_time_and_processor_time_apart() -> None:
    load = load_of([Span(turns=100, seconds=2.0, cpu_seconds=0.5)] * 3)
    assert load.turns_per_second == 50
    assert load.cpu_milliseconds_per_turn == 5
    assert load.turns_per_core_second == 200


def figures(*, milliseconds: float, start: float, memory: float, longest: float) -> Figures:
    latency = Latency(milliseconds, milliseconds, turns=100, action_calls_per_turn=1)
    return Figures(
        training_seconds=1,
        start_seconds=start,
        memory_warm=memory,
        memory_after=memory,
        latency=dict.fromkeys([scenario.name for scenario in SCENARIOS], latency),
        load={16: Load(turns_per_second=1, cpu_milliseconds_per_turn=milliseconds)},
        by_length={10: milliseconds, 1000: longest},
    )


DEFAULT = figures(milliseconds=40, start=30, memory=800, longest=400)


def test_everything_holds_for_one_that_is_far_better() -> None:
    ours = figures(milliseconds=4, start=10, memory=400, longest=5)
    assert [bar.title for bar in bars(ours, DEFAULT) if not bar.holds] == []


@pytest.mark.parametrize(
    ("ours", "failing"),
    [
        (
            figures(milliseconds=12, start=1, memory=1, longest=12),
            {"p95 with an action", "p95 of a form's turn", "turns per second and core"},
        ),
        (
            figures(milliseconds=4, start=31, memory=801, longest=6.1),
            {
                "a turn at the longest beside the shortest conversation",
                "time to start",
                "memory",
            },
        ),
    ],
)
def test_what_does_not_reach_its_bar_is_named(ours: Figures, failing: set[str]) -> None:
    assert {bar.title for bar in bars(ours, DEFAULT) if not bar.holds} == failing
