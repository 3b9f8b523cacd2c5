"""The commands `python -m rasa_runtime` and `python -m rasa_runtime.train`."""

import shutil
from pathlib import Path

import pytest
import yaml

from rasa_runtime.train import fingerprint_of
from tests.rasa_runtime.conftest import run_module


@pytest.fixture
def copied_project(trained_project: Path, tmp_path: Path) -> Path:
    return shutil.copytree(trained_project, tmp_path / "project")


def test_training_again_without_changes_does_nothing(trained_project: Path):
    model = trained_project / "models" / "order-assistant.tar.gz"
    written = model.stat().st_mtime_ns
    again = run_module("rasa_runtime.train", trained_project, {})
    assert again.stdout == "The model is up to date.\n"
    assert model.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "changed", ["domain.yml", "config.yml", "data/nlu.yml", "data/more/rules.yml"]
)
def test_a_change_of_anything_the_model_is_made_from_is_noticed(copied_project: Path, changed: str):
    before = fingerprint_of(copied_project)
    path = copied_project / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text("# changed\n")
    assert fingerprint_of(copied_project) != before


def test_serving_without_a_model_says_how_to_get_one(
    tmp_path: Path, rasa_environment: dict[str, str]
):
    refused = run_module("rasa_runtime", tmp_path, rasa_environment)
    assert refused.returncode == 1
    assert "python -m rasa_runtime.train" in refused.stderr


def test_serving_with_nonsense_settings_names_them(
    copied_project: Path, rasa_environment: dict[str, str]
):
    environment = {**rasa_environment, "RASA_PORT": "many"}
    refused = run_module("rasa_runtime", copied_project, environment)
    assert refused.returncode == 1
    assert "RASA_PORT" in refused.stderr


@pytest.mark.parametrize("missing", ["REDIS_URL", "ACTIONS_URL", "RASA_TURN_KEY"])
def test_serving_without_a_needed_setting_names_it(
    copied_project: Path, rasa_environment: dict[str, str], missing: str
):
    refused = run_module("rasa_runtime", copied_project, {**rasa_environment, missing: ""})
    assert refused.returncode == 1
    assert f"Not set: {missing}." in refused.stderr


def test_serving_with_an_address_that_cannot_be_understood_says_why(
    copied_project: Path, rasa_environment: dict[str, str]
):
    environment = {**rasa_environment, "REDIS_URL": "redis+sentinel://:secret@sentinel:26379"}
    refused = run_module("rasa_runtime", copied_project, environment)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "REDIS_URL" in refused.stderr
    assert "needs the name of the service" in refused.stderr
    assert "secret" not in refused.stderr


def test_serving_refuses_a_store_that_does_not_exist(
    copied_project: Path, rasa_environment: dict[str, str]
):
    endpoints = yaml.safe_load((copied_project / "endpoints.yml").read_text())
    endpoints["lock_store"]["type"] += "Misspelled"
    (copied_project / "endpoints.yml").write_text(yaml.safe_dump(endpoints))
    refused = run_module("rasa_runtime", copied_project, rasa_environment)
    assert refused.returncode == 1
    assert "lock_store in endpoints.yml must have the type" in refused.stderr
