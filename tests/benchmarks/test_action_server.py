"""The surroundings of a run: a Redis, and the action server as a process of its own."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import redis

from benchmarks import run
from benchmarks.contestants import Surroundings
from benchmarks.order_answer import ORDER_NUMBER

Answer = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "REPORTS", tmp_path_factory.mktemp("reports"))
        with run.surroundings() as around:
            yield around


def test_a_message_with_the_order_number_is_told_about_the_order(around: Surroundings) -> None:
    answer = _call(around, "action_order_status", f"where is {ORDER_NUMBER}")
    assert answer["responses"][0]["order_number"] == ORDER_NUMBER
    assert {"slot"} == {event["event"] for event in answer["events"]}


def test_a_message_without_it_opens_the_form(around: Surroundings) -> None:
    answer = _call(around, "action_order_status", "where is it")
    assert answer["events"][-1]["name"] == "identity_form"


def test_the_form_takes_the_details(around: Surroundings) -> None:
    answer = _call(around, "validate_identity_form", ORDER_NUMBER)
    assert {"order_number", "contact"} <= {event["name"] for event in answer["events"]}


def test_calls_are_counted(around: Surroundings) -> None:
    before = run._action_calls(around)
    _call(around, "action_order_status", "where is it")
    assert run._action_calls(around) == before + 1


def test_redis_is_there(around: Surroundings) -> None:
    with redis.Redis(port=around.redis_port) as client:
        assert client.ping()


def _call(around: Surroundings, action: str, text: str) -> Answer:
    tracker = {"sender_id": "c-1", "slots": {}, "latest_message": {"text": text}, "events": []}
    call = {"next_action": action, "sender_id": "c-1", "tracker": tracker, "domain": {}}
    answer: Answer = httpx.post(around.actions_url, json=call).json()
    return answer
