"""The figures as a table: one line per day, problem, channel and figure, for spreadsheets."""

import csv
import io
from collections.abc import Iterator, Mapping

from gateway.insights.figures import Figures, Share, Times

_HEADING = ("group", "name", "figure", "value")
Line = tuple[str, str, str, float | int | None]


def as_csv(figures: Figures) -> str:
    """Return the table as CSV; what cannot be counted is empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_HEADING)
    writer.writerows(_lines(figures))
    return written.getvalue()


def _lines(figures: Figures) -> Iterator[Line]:
    yield "all", "", "conversations", figures.conversations
    yield "all", "", "messages", figures.messages
    for name in ("answered", "without_agent", "without_recontact", "resolved", "handovers"):
        yield from _share("all", name, getattr(figures, name))
    yield from _share("all", "not_understood", figures.not_understood)
    yield from _share("all", "satisfied", figures.ratings.satisfied)
    yield "all", "", "mean_rating", figures.ratings.mean
    for name in ("bot_answers", "agent_answers", "queue"):
        yield from _times(name, getattr(figures, name))
    yield from _counts(
        "day", "conversations", {day.isoformat(): count for day, count in figures.days.items()}
    )
    yield from _counts("channel", "conversations", figures.channels)
    for problem, its in figures.problems.items():
        yield "problem", problem, "conversations", its.conversations
        yield from _share("problem", problem, its.resolved, prefix="resolved_")
        yield from _counts(f"problem {problem} by channel", "conversations", its.channels)
    yield from _counts("handover reason", "handovers", figures.handover_reasons)
    yield from _counts("queue end", "waits", figures.queue_ends)
    yield from _counts(
        "rating", "ratings", {str(score): count for score, count in figures.ratings.scores.items()}
    )
    seconds = {clock.value: round(took, 1) for clock, took in figures.clocks.items()}
    yield from _counts("clock", "mean_seconds", seconds)


def _counts(group: str, figure: str, counts: Mapping[str, float]) -> Iterator[Line]:
    for name, count in counts.items():
        yield group, name, figure, count


def _share(group: str, name: str, share: Share, *, prefix: str = "") -> Iterator[Line]:
    yield group, name, f"{prefix}part", share.part
    yield group, name, f"{prefix}whole", share.whole


def _times(name: str, times: Times) -> Iterator[Line]:
    yield "times", name, "count", times.count
    yield "times", name, "median_seconds", times.median
    yield "times", name, "p95_seconds", times.p95
    yield "times", name, "longest_seconds", times.longest
