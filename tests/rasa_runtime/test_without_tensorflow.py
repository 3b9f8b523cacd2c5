"""Serving leaves TensorFlow out, and Rasa leads to it by no other way than is known."""

import io
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import rasa

from rasa_runtime import __main__ as command
from rasa_runtime.without_tensorflow import (
    RASA_VERSION,
    TENSORFLOW_USERS,
    TensorFlowLeftOut,
    _stand_in,
    needs_tensorflow,
)
from tests.rasa_runtime.conftest import environment_of

RASA = Path(rasa.__file__).parent
LOAD = """
import sys
from pathlib import Path
from rasa_runtime.without_tensorflow import leave_tensorflow_out
left_out = leave_tensorflow_out(Path("models"))
import rasa.core.run
from rasa.core.agent import Agent
Agent.load("models")
print("left out" if left_out else "let in", "loaded" if "tensorflow" in sys.modules else "absent")
"""


def test_it_is_made_for_the_installed_rasa():
    assert rasa.__version__ == RASA_VERSION


def test_the_components_that_use_tensorflow_are_known():
    using = {
        ".".join(("rasa", *path.relative_to(RASA).with_suffix("").parts))
        for path in RASA.rglob("*.py")
        if re.search(r"^\s*(import|from) tensorflow", path.read_text(), re.MULTILINE)
    }
    components = {name for name in using if not name.startswith("rasa.utils.")}
    assert components - {"rasa.utils.train_utils"} == TENSORFLOW_USERS


def test_a_model_without_neural_components_is_loaded_without_tensorflow(trained_project: Path):
    assert _load(trained_project) == "left out absent\n"


def test_a_model_with_neural_components_gets_what_it_needs(trained_project: Path, tmp_path: Path):
    diet = "rasa.nlu.classifiers.diet_classifier.DIETClassifier"
    ours = trained_project / "models" / "order-assistant.tar.gz"
    assert needs_tensorflow(_model_using(diet, tmp_path))
    assert not needs_tensorflow(ours)


def test_a_stand_in_can_be_imported_but_not_used():
    stand_in = _stand_in("rasa.utils.tensorflow.callback", ("RasaTrainingLogger",))
    with pytest.raises(TensorFlowLeftOut, match="RasaTrainingLogger"):
        stand_in.RasaTrainingLogger(epochs=1, silent=True)


def test_it_is_left_out_before_rasa_is_imported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    steps: list[str] = []
    (tmp_path / "model.tar.gz").touch()
    monkeypatch.setattr(command, "MODELS", tmp_path)
    monkeypatch.setattr(command, "require_what_serving_needs", lambda: None)
    monkeypatch.setattr(command, "leave_tensorflow_out", lambda _: steps.append("left out"))
    monkeypatch.setattr(command, "_serve", lambda _: steps.append("served"))
    command.main()
    assert steps == ["left out", "served"]


def _load(project: Path) -> str:
    loaded = subprocess.run(  # noqa: S603 our own code
        [sys.executable, "-c", LOAD],
        cwd=project,
        env=environment_of({}),
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    return loaded.stdout


def _model_using(component: str, folder: Path) -> Path:
    """Return a model archive of which only the metadata is there."""
    metadata = json.dumps({"predict_schema": {"nodes": {"it": {"uses": component}}}}).encode()
    member = tarfile.TarInfo("metadata.json")
    member.size = len(metadata)
    model = folder / "model.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.addfile(member, io.BytesIO(metadata))
    return model
