"""What the trained model makes of messages that it has never seen.

`tests/understanding/messages.csv` is written for this purpose and kept apart: a message that it
fails on is no training line, but a reason to write lines of that kind.
"""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

MESSAGES = Path("tests/understanding/messages.csv")


def normalised(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def training_lines() -> set[str]:
    """Return every line of data/nlu, without marks of entities."""
    lines: set[str] = set()
    for path in Path("data/nlu").glob("*.yml"):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in entry["examples"].splitlines():
                lines.add(normalised(re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line.removeprefix("- "))))
    return lines


pytestmark = pytest.mark.timeout(600)  # of which training, where it is needed, takes most


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Return the last line of `make evaluate`."""
    out = tmp_path_factory.mktemp("evaluation")
    command = [sys.executable, "-m", "rasa_runtime.evaluation", str(MESSAGES), "--out", str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 our own
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def test_the_messages_are_kept_apart_from_the_training_lines():
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        texts = {normalised(row["text"]) for row in csv.DictReader(file)}
    assert not texts & training_lines()


def test_messages_never_seen_before_are_understood(figures: dict[str, float]):
    assert figures["n"] >= 150
    assert figures["accuracy"] >= 0.92


def test_what_is_out_of_scope_is_turned_away_and_nothing_else(figures: dict[str, float]):
    assert figures["oos_recall"] >= 0.85
    assert figures["oos_false_alarm"] <= 0.05
