"""Draws reports/benchmark/benchmark.svg: `python -m benchmarks.plot`, in Rasa's environment.

Matplotlib comes with Rasa.
"""

import json
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

REPORTS = Path("reports/benchmark")
TITLES = {
    "ours": "this assistant",
    "rasa_default": "Rasa's default",
    "ours_with_ted": "this assistant with TED",
}


def main() -> None:
    """Draw p95 by kind of turn, and a turn's time by the conversation's length."""
    contestants = json.loads((REPORTS / "benchmark.json").read_text())["contestants"]
    figure = Figure(figsize=(11, 4), layout="constrained")
    turns, lengths = figure.subplots(1, 2)
    _draw_turns(turns, contestants)
    _draw_lengths(lengths, contestants)
    figure.savefig(REPORTS / "benchmark.svg")


def _draw_turns(axes: Axes, contestants: dict[str, Any]) -> None:
    width = 0.8 / len(contestants)
    for number, (name, figures) in enumerate(contestants.items()):
        kinds = list(figures["latency"])
        places = [place + number * width for place in range(len(kinds))]
        axes.bar(
            places, [figures["latency"][kind]["p95"] for kind in kinds], width, label=TITLES[name]
        )
        axes.set_xticks(range(len(kinds)), [kind.replace("_", " ") for kind in kinds])
    axes.set(title="95 % of turns are answered within", ylabel="ms")
    axes.legend()


def _draw_lengths(axes: Axes, contestants: dict[str, Any]) -> None:
    for name, figures in contestants.items():
        lengths = [int(length) for length in figures["by_length"]]
        axes.plot(lengths, list(figures["by_length"].values()), marker="o", label=TITLES[name])
    axes.set(title="A turn when the conversation is long", xlabel="messages", ylabel="ms")
    axes.set(xscale="log", yscale="log")
    axes.legend()


if __name__ == "__main__":
    main()
