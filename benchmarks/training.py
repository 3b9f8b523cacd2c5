"""Trains what is measured, and says how long that took. A model is kept until its sources change.

Training starts from nothing each time, without the caches of Rasa or of ours.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks.processes import RASA_PYTHON, ROOT

MODELS = ROOT / "models" / "benchmark"
DEFAULT_CONFIGURATION = ROOT / "benchmarks" / "rasa_default" / "config.yml"
OUR_CONFIGURATION = ROOT / "config.yml"
CLASSIFIER = "DIETClassifier"
LOG_LINE = re.compile(
    rf"^(?P<at>\S+ \S+) INFO .*(?P<step>Starting to train|Finished training) "
    rf"component '{CLASSIFIER}'",
    re.MULTILINE,
)


class TrainingFailed(Exception):
    """A model could not be trained; the message says where the output is."""


@dataclass(frozen=True, slots=True)
class Training:
    """One training. Of the rival's epochs `epochs` were done; each took `epoch_seconds`."""

    seconds: float
    epochs: int | None = None
    epoch_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model archive, alone in the folder models/ of its project."""

    project: Path
    training: Training

    @property
    def path(self) -> Path:
        """The archive."""
        return self.project / "models" / "model.tar.gz"


def train_rasa_default(*, epochs: int) -> TrainedModel:
    """Train Rasa's default configuration on our domain, rules and messages.

    What a turn costs does not depend on how often the training data was gone through.
    """
    configuration = _read(DEFAULT_CONFIGURATION)
    for component in [*configuration["pipeline"], *configuration["policies"]]:
        if "epochs" in component:
            component["epochs"] = epochs
    return _trained("rasa_default", configuration, epochs=epochs)


def train_ours() -> TrainedModel:
    """Train the product's configuration."""
    return _trained("ours", _read(OUR_CONFIGURATION))


def train_ours_with_ted() -> TrainedModel:
    """Train the product's NLU with the default's policies.

    TED learns from stories only, of which the product has none: it is given the conversations that
    the product is tested with, the best it could have.
    """
    configuration = _read(OUR_CONFIGURATION)
    configuration["policies"] = _read(DEFAULT_CONFIGURATION)["policies"]
    return _trained("ours_with_ted", configuration, stories=list(_test_stories()))


def _trained(
    name: str,
    configuration: dict[str, Any],
    *,
    stories: list[dict[str, Any]] | None = None,
    epochs: int | None = None,
) -> TrainedModel:
    project = MODELS / name
    fingerprint = _fingerprint(configuration, stories)
    record = project / "training.json"
    if record.exists() and (known := json.loads(record.read_text()))["fingerprint"] == fingerprint:
        return TrainedModel(project, Training(**known["training"]))
    _lay_out(project, configuration, stories)
    training = _train(project, epochs)
    record.write_text(json.dumps({"fingerprint": fingerprint, "training": asdict(training)}))
    return TrainedModel(project, training)


def _lay_out(
    project: Path, configuration: dict[str, Any], stories: list[dict[str, Any]] | None
) -> None:
    """Write a Rasa project with our domain and data."""
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(ROOT / "data", project / "data")
    for name in ("domain.yml", "credentials.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, project)
    _write(project / "config.yml", configuration)
    if stories:
        _write(project / "data" / "stories.yml", {"version": "3.1", "stories": stories})


def _train(project: Path, epochs: int | None) -> Training:
    print(f"training {project.name} ...", flush=True)
    started = time.monotonic()
    log = project / "train.log"
    command = [RASA_PYTHON, "-m", "rasa", "train", "--fixed-model-name", "model"]
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603 our own command
            command, cwd=project, env=_environment(), stdout=output, stderr=output, check=False
        )
    if done.returncode:
        raise TrainingFailed(f"{project.name}: see {log}")
    seconds = time.monotonic() - started
    if epochs is None:
        return Training(seconds)
    return Training(seconds, epochs, _classifier_seconds(log.read_text()) / epochs)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RASA_")}
    return {**kept, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}


def _classifier_seconds(log: str) -> float:
    """Return how long the classifier trained, by the times of two lines in Rasa's log."""
    first, last = (datetime.fromisoformat(line["at"]) for line in LOG_LINE.finditer(log))
    return (last - first).total_seconds()


def _test_stories() -> Iterator[dict[str, Any]]:
    """Yield the conversation tests as stories: intents and actions, without the words."""
    for path in sorted((ROOT / "tests" / "conversations").glob("*.yml")):
        for story in _read(path)["stories"]:
            steps = [
                {key: value for key, value in step.items() if key != "user"}
                for step in story["steps"]
            ]
            yield {"story": story["story"], "steps": steps}


def _fingerprint(configuration: dict[str, Any], stories: list[dict[str, Any]] | None) -> str:
    digest = hashlib.sha256(json.dumps([configuration, stories], sort_keys=True).encode())
    for path in [ROOT / "domain.yml", *sorted((ROOT / "data").rglob("*.yml"))]:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
