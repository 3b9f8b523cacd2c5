import json
from pathlib import Path

import pytest

from rasa_runtime.evaluation import rival
from rasa_runtime.evaluation.__main__ import UNUSABLE, main
from tests.rasa_runtime.conftest import run_module

ROWS = """text,intent,source
hello,greet,a
what is the airspeed of an unladen swallow,weather,b
"""


def test_the_trained_model_is_measured(trained_project: Path):
    (trained_project / "messages.csv").write_text(ROWS)
    done = run_module("rasa_runtime.evaluation", trained_project, {}, "messages.csv")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures.keys() == {"accuracy", "macro_f1", "oos_recall", "oos_false_alarm", "n"}
    assert figures["n"] == 1
    assert "1 x weather: not an intent of the assistant" in done.stdout
    written = {path.name for path in (trained_project / "reports/evaluation").iterdir()}
    assert written == {"evaluation.json", "predictions.csv", "index.html"}


def test_bad_data_is_one_sentence_and_status_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(tmp_path / "nowhere.csv")]) == UNUSABLE == 2
    said = capsys.readouterr()
    assert said.err == f"evaluate: There is no file {tmp_path}/nowhere.csv.\n"
    assert not said.out


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, content in {
        rival.CONFIGURATION: "pipeline",
        rival.TRAINING_DATA / "a.yml": "nlu",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_rival_that_learnt_from_this_data_is_not_trained_again(
    project: Path, capsys: pytest.CaptureFixture[str]
):
    (project / rival.MODELS).mkdir(parents=True)
    (project / rival.model_path()).touch()
    assert rival.main() == 0
    assert "up to date" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_a_rival_that_was_stopped_early_is_another_one(monkeypatch: pytest.MonkeyPatch):
    whole = rival.model_path()
    monkeypatch.setenv("RIVAL_EPOCHS", "15")
    assert rival.model_path() != whole
    assert rival.model_path().name.endswith("-15-epochs.tar.gz")


@pytest.mark.parametrize("changed", [rival.CONFIGURATION, rival.TRAINING_DATA / "a.yml"])
def test_a_rival_belongs_to_its_configuration_and_data(project: Path, changed: Path):
    before = rival.model_path()
    (project / changed).write_text("something else")
    assert rival.model_path() != before
