"""The trained model that Rasa loads."""

import subprocess
from pathlib import Path

from scripts.demo.processes import RASA_PYTHON, ROOT
from scripts.progress import last_lines


class TrainingFailed(Exception):
    """The model could not be trained; the message ends with the trainer's last lines."""


def train(log: Path) -> None:
    """Train the model where domain, data or settings have changed since the last time."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [RASA_PYTHON, "-m", "rasa_runtime.train"],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise TrainingFailed(f"Training failed. The end of {log}:\n{last_lines(log)}")
