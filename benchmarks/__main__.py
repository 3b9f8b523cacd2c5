"""`make benchmark`: the assistant beside Rasa's default configuration, in one run.

QUICK=1        a glance at ours alone, without training the others
RIVAL_EPOCHS=  how often the default's neural networks go through the training data; it makes
no difference to what a turn costs, and each takes about a minute
"""

import asyncio
import os
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from benchmarks.bars import bars
from benchmarks.contestants import Contestant, Ours, RasaDefault, Surroundings
from benchmarks.figures import Figures
from benchmarks.processes import RASA_PYTHON, ROOT
from benchmarks.report import as_json, machine, table
from benchmarks.run import QUICK, REPORTS, Plan, measure, surroundings
from benchmarks.training import TrainedModel, train_ours, train_ours_with_ted, train_rasa_default
from scripts.demo.ports import free_port

EPOCHS = 2


def main() -> int:
    """Measure, print, write the reports; return 1 if a requirement is not met."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    return _glance() if os.environ.get("QUICK") else _compare()


def _glance() -> int:
    figures = {"ours": Figures(training_seconds=0)}
    with surroundings() as around:
        contestants = [(Ours(around, free_port()), figures["ours"])]
        asyncio.run(measure(contestants, around, QUICK))
    print(as_json(figures, [], machine()))
    return 0


def _compare() -> int:
    ours = train_ours()
    default = train_rasa_default(epochs=int(os.environ.get("RIVAL_EPOCHS", EPOCHS)))
    with_ted = train_ours_with_ted()
    circumstances: dict[str, Any] = {
        "before": machine(),
        "default_training": asdict(default.training),
    }
    with surroundings() as around:
        contestants = _contestants(around, ours, default, with_ted)
        asyncio.run(measure(contestants, around, Plan()))
    figures = {contestant.name: measured for contestant, measured in contestants}
    required = bars(figures["ours"], figures["rasa_default"])
    circumstances["after"] = machine()
    (REPORTS / "benchmark.json").write_text(as_json(figures, required, circumstances))
    subprocess.run([RASA_PYTHON, "-m", "benchmarks.plot"], cwd=ROOT, check=True)  # noqa: S603
    print(table(figures, required))
    print(f"{REPORTS / 'benchmark.json'}\n{REPORTS / 'benchmark.svg'}")
    return 0 if all(bar.holds for bar in required) else 1


def _contestants(
    around: Surroundings, ours: TrainedModel, default: TrainedModel, with_ted: TrainedModel
) -> list[tuple[Contestant, Figures]]:
    rival = RasaDefault(around, free_port(), folder=default.project / "run", model=default.path)
    rival.write_configuration()
    return [
        (Ours(around, free_port(), folder=ours.project), Figures(ours.training.seconds)),
        (rival, Figures(default.training.seconds)),
        (
            Ours(around, free_port(), name="ours_with_ted", folder=with_ted.project),
            Figures(with_ted.training.seconds),
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
