"""The figures as a table to read and as JSON to keep."""

import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.bars import Bar
from benchmarks.figures import Figures
from benchmarks.scenarios import SCENARIOS

Row = tuple[str, ...]


def as_json(figures: dict[str, Figures], bars: Sequence[Bar], circumstances: dict[str, Any]) -> str:
    """Return everything that was measured, with what was required of it."""
    content = {
        "circumstances": circumstances,
        "contestants": {name: asdict(one) for name, one in figures.items()},
        "bars": [{**asdict(bar), "holds": bar.holds} for bar in bars],
    }
    return json.dumps(content, indent=2) + "\n"


def machine() -> dict[str, Any]:
    """Return what the figures depend on: processor, cores, Python, and how busy others were."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_average": os.getloadavg(),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def table(figures: dict[str, Figures], bars: Sequence[Bar]) -> str:
    """Return the comparison and, below it, what was required."""
    head: Row = ("", *figures, "default / ours")
    return "\n".join((*_aligned([head, *_rows(figures)]), "", *_aligned(_bar_rows(bars)))) + "\n"


def _rows(figures: dict[str, Figures]) -> Iterator[Row]:
    everyone = list(figures.values())
    for scenario in SCENARIOS:
        for share in ("p50", "p95"):
            values = [getattr(one.latency[scenario.name], share) for one in everyone]
            yield _row(f"{scenario.title}: {share} ms", values)
    for at_once in everyone[0].load:
        loads = [one.load[at_once] for one in everyone]
        yield _row(f"{at_once} at once: turns/s", [one.turns_per_second for one in loads])
        yield _row(
            f"{at_once} at once: CPU ms/turn", [one.cpu_milliseconds_per_turn for one in loads]
        )
    for length in sorted({length for one in everyone for length in one.by_length}):
        yield _row(f"after {length} messages: ms", [one.by_length.get(length) for one in everyone])
    yield _row("start s", [one.start_seconds for one in everyone])
    yield _row("memory when warm MiB", [one.memory_warm for one in everyone])
    yield _row("memory after the run MiB", [one.memory_after for one in everyone])
    yield _row("training s", [one.training_seconds for one in everyone])


def _row(title: str, values: Sequence[float | None]) -> Row:
    """Return a row; ours come first in it, Rasa's default second. None was not measured."""
    ours, default, *_ = values
    ratio = f"{default / ours:.2f}" if ours and default else "-"
    return (title, *("-" if value is None else f"{value:.1f}" for value in values), ratio)


def _bar_rows(bars: Iterable[Bar]) -> Iterator[Row]:
    for bar in bars:
        yield bar.title, f"{bar.measured:.2f}x", bar.wanted, "holds" if bar.holds else "FAILS"


def _aligned(rows: Iterable[Row]) -> list[str]:
    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return ["  ".join(_cells(row, widths)).rstrip() for row in listed]


def _cells(row: Row, widths: Sequence[int]) -> Iterator[str]:
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if number == 0 else cell.rjust(width)
