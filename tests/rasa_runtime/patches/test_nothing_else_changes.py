"""A conversation leaves the same events behind with the patches as with Rasa as it is.

The model has the product's domain, rules and policies. Intents are given, so that it needs no NLU.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.model_training import train_core
from rasa.utils.endpoints import EndpointConfig

from rasa_runtime import patches
from tests.rasa_runtime.conftest import ROOT
from tests.rasa_runtime.fake_action_server import FakeActionServer

CONVERSATION = (
    "greet",
    "track_order",  # opens the form
    "greet",
    "out_of_scope",
    "provide_details",  # answers it
    "track_order",
    "thanks",
    "stop_or_cancel",
    "nlu_fallback",
    "no_such_intent",
    "affirm",
    "deny",
    "goodbye",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("core")
    shutil.copytree(ROOT / "data" / "responses", project / "domain")
    shutil.copy(ROOT / "domain.yml", project / "domain")
    policies = yaml.safe_load((ROOT / "config.yml").read_text())
    (project / "config.yml").write_text(yaml.safe_dump({**policies, "pipeline": []}))
    trained = train_core(
        domain=str(project / "domain"),
        config=str(project / "config.yml"),
        stories=str(ROOT / "data" / "rules"),
        output=str(project),
    )
    assert trained is not None
    return Path(trained)


async def test_a_conversation_leaves_the_same_events(
    model: Path, action_server: FakeActionServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("random.choice", lambda options: options[0])
    action_server.answer = _act
    stock = await _converse(_processor(model, action_server.url))
    patched_processor = _processor(model, action_server.url)
    patches.apply(patched_processor)
    patched = await _converse(patched_processor)
    assert patched == stock
    assert {"identity_form", "action_answer_topic", "utter_greet"} <= _actions(stock)


def _processor(model: Path, actions_url: str) -> MessageProcessor:
    processor = MessageProcessor(
        model,
        tracker_store=InMemoryTrackerStore(None),
        lock_store=InMemoryLockStore(),
        action_endpoint=EndpointConfig(actions_url),
        generator=TemplatedNaturalLanguageGenerator({}),
    )
    processor.tracker_store.domain = processor.domain
    processor.nlg.responses = processor.domain.responses
    return processor


async def _converse(processor: MessageProcessor) -> list[dict[str, Any]]:
    for intent in CONVERSATION:
        said = {"text": intent, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
        output = CollectingOutputChannel()
        await processor.handle_message(
            UserMessage(intent, output, "c-1", parse_data=said, message_id=intent)
        )
    tracker = await processor.tracker_store.retrieve_full_tracker("c-1")
    return [_comparable(event.as_dict()) for event in tracker.events]


def _comparable(event: dict[str, Any]) -> dict[str, Any]:
    differing = {"timestamp", "metadata"}
    return {key: value for key, value in event.items() if key not in differing}


def _actions(events: list[dict[str, Any]]) -> set[str]:
    return {event["name"] for event in events if event["event"] == "action"}


async def _act(call: dict[str, Any]) -> web.Response:
    """Ask for details, take them, and answer everything else with a text."""
    said = call["tracker"]["latest_message"]["text"]
    match call["next_action"]:
        case "action_order_status" if not call["tracker"]["slots"]["order_number"]:
            return _answer({"event": "followup", "name": "identity_form"})
        case "validate_identity_form" if said == "provide_details":
            details = {"order_number": "410200341", "contact": "sam@example.com"}
            return _answer(
                *({"event": "slot", "name": name, "value": to} for name, to in details.items())
            )
        case "validate_identity_form":
            return _answer()
        case name:
            return web.json_response({"events": [], "responses": [{"text": name}]})


def _answer(*events: dict[str, Any]) -> web.Response:
    return web.json_response({"events": list(events), "responses": []})
