import json
from pathlib import Path

import pytest
import yaml
from sanic import Sanic

from actions.reply import Reply
from benchmarks.action_server import build_app
from benchmarks.contestants import TURN_KEY, Ours, RasaDefault, Surroundings
from benchmarks.order_answer import ASK, ORDER_NUMBER, TAKE, TELL
from benchmarks.processes import ROOT
from benchmarks.training import DEFAULT_CONFIGURATION, LOG_LINE
from support.turn_signature import sign

AROUND = Surroundings("http://127.0.0.1:5055/webhook", redis_port=6400)


def test_our_turns_are_signed() -> None:
    request = Ours(AROUND, 5005).request("c-1", "m-1", "hi")
    timestamp = request.headers["X-Turn-Timestamp"]
    assert request.headers["X-Turn-Signature"] == sign(TURN_KEY, timestamp, request.body)


def test_the_default_is_started_with_rasas_own_stores_and_channel(tmp_path: Path) -> None:
    rival = RasaDefault(AROUND, 5006, folder=tmp_path, model=Path("model.tar.gz"))
    rival.write_configuration()
    endpoints = yaml.safe_load((tmp_path / "endpoints.yml").read_text())
    assert endpoints["tracker_store"]["type"] == endpoints["lock_store"]["type"] == "redis"
    assert endpoints["tracker_store"]["db"] != endpoints["lock_store"]["db"] != 0
    assert list(yaml.safe_load((tmp_path / "credentials.yml").read_text())) == ["rest"]
    assert rival.command[1:4] == ("-m", "rasa", "run")


def test_texts_are_read_from_both_kinds_of_answer(tmp_path: Path) -> None:
    rest = json.dumps([{"recipient_id": "c-1", "text": "Hi."}, {"image": "x"}]).encode()
    turn = json.dumps({"status": "answered", "messages": [{"text": "Hi."}, {"text": ""}]}).encode()
    rival = RasaDefault(AROUND, 5006, folder=tmp_path, model=Path("model.tar.gz"))
    assert rival.texts(rest) == Ours(AROUND, 5005).texts(turn) == ["Hi."]


def test_the_rival_is_what_rasa_trains_with_by_default() -> None:
    default = yaml.safe_load(DEFAULT_CONFIGURATION.read_text())
    policies = [policy["name"] for policy in default["policies"]]
    assert policies == ["MemoizationPolicy", "RulePolicy", "UnexpecTEDIntentPolicy", "TEDPolicy"]


@pytest.mark.parametrize("reply", [TELL, ASK, TAKE])
def test_the_fixed_answers_set_slots_of_the_domain(reply: Reply) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert set(reply.slots) <= set(domain["slots"])


def test_the_fixed_answer_names_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sanic, "_app_registry", {})  # other tests build apps of the same name
    assert TELL.slots["order_number"] == ORDER_NUMBER
    assert build_app().name


def test_the_classifiers_training_is_read_from_rasas_log() -> None:
    log = (
        "2026-11-24 11:33:19 INFO     rasa.engine.training.hooks  - "
        "Starting to train component 'DIETClassifier'.\n"
        "2026-11-24 11:38:23 INFO     rasa.engine.training.hooks  - "
        "Finished training component 'DIETClassifier'.\n"
    )
    assert [line["at"] for line in LOG_LINE.finditer(log)] == [
        "2026-11-24 11:33:19",
        "2026-11-24 11:38:23",
    ]
