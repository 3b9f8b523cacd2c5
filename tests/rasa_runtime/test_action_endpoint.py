from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError

from rasa_runtime.action_endpoint import ActionEndpoint
from rasa_runtime.errors import ActionFailed, ActionServerUnavailable
from support.systems.deadline import reply_within
from tests.rasa_runtime.fake_action_server import FakeActionServer, late, result, status

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "intents": ["greet"],
        "slots": {"suburb": {"type": "text", "mappings": [{"type": "custom"}]}},
        "forms": {"address_form": {"required_slots": ["suburb"]}},
        "responses": {"utter_greet": [{"text": "Hello."}]},
    }
)


def call(action: str = "action_x", *events: str) -> dict[str, Any]:
    return {"next_action": action, "tracker": {"events": [{"event": name} for name in events]}}


@pytest_asyncio.fixture
async def endpoint(action_server: FakeActionServer) -> AsyncIterator[ActionEndpoint]:
    endpoint = ActionEndpoint(action_server.url, domain=DOMAIN, time_limit_seconds=0.5)
    yield endpoint
    await endpoint.close()


async def test_it_returns_what_the_action_answered(
    endpoint: ActionEndpoint, action_server: FakeActionServer
):
    action_server.answer = result({"text": "Found."})
    assert await endpoint.request(json=call()) == {"events": [], "responses": [{"text": "Found."}]}


async def test_it_keeps_one_session(endpoint: ActionEndpoint):
    await endpoint.request(json=call())
    session = endpoint.session()
    await endpoint.request(json=call())
    assert endpoint.session() is session


async def test_only_the_present_turn_is_sent_and_the_message_before_it(
    endpoint: ActionEndpoint, action_server: FakeActionServer
):
    await endpoint.request(json=call("action_x", "user", "bot", "user", "bot", "user", "slot"))
    sent = [event["event"] for event in action_server.calls[0]["tracker"]["events"]]
    assert sent == ["user", "user", "slot"]


async def test_the_payload_of_the_caller_stays_whole(endpoint: ActionEndpoint):
    payload = call("action_x", "bot", "user")
    await endpoint.request(json=payload)
    assert len(payload["tracker"]["events"]) == 2


async def test_what_is_left_of_the_turns_time_goes_along(
    endpoint: ActionEndpoint, action_server: FakeActionServer
):
    message = {"text": "hi", "metadata": {"channel": "web"}}
    payload = {"next_action": "action_x", "tracker": {"events": [], "latest_message": message}}
    action_server.answer = late(0.2, result())
    with reply_within(5):
        for _ in range(2):
            await endpoint.request(json=payload)
    first, second = (one["tracker"]["latest_message"]["metadata"] for one in action_server.calls)
    assert first["channel"] == "web"
    assert 0.2 <= first["seconds_left"] - second["seconds_left"] < 1
    assert message["metadata"] == {"channel": "web"}


async def test_without_a_turn_no_time_is_told(
    endpoint: ActionEndpoint, action_server: FakeActionServer
):
    await endpoint.request(
        json={"next_action": "action_x", "tracker": {"events": [], "latest_message": {"text": ""}}}
    )
    assert action_server.calls[0]["tracker"]["latest_message"] == {"text": ""}


@pytest.mark.parametrize("action", ["validate_address_form", "action_validate_slot_mappings"])
async def test_validation_is_told_slots_and_forms(
    endpoint: ActionEndpoint, action_server: FakeActionServer, action: str
):
    await endpoint.request(json=call(action))
    domain = action_server.calls[0]["domain"]
    assert set(domain) == {"slots", "forms"}
    assert domain["forms"]["address_form"]["required_slots"] == ["suburb"]


async def test_other_actions_are_not_sent_the_domain(
    endpoint: ActionEndpoint, action_server: FakeActionServer
):
    await endpoint.request(json=call())
    assert action_server.calls[0]["domain"] == {}


async def test_a_rejection_reaches_rasa(endpoint: ActionEndpoint, action_server: FakeActionServer):
    action_server.answer = status(400, {"action_name": "action_x"})
    with pytest.raises(ClientResponseError):
        await endpoint.request(json=call())


async def test_a_slow_action_makes_the_server_unavailable(
    endpoint: ActionEndpoint, action_server: FakeActionServer
):
    action_server.answer = late(1, result())
    with pytest.raises(ActionServerUnavailable):
        await endpoint.request(json=call())


async def test_a_crashed_action_aborts(endpoint: ActionEndpoint, action_server: FakeActionServer):
    action_server.answer = status(500)
    with pytest.raises(ActionFailed):
        await endpoint.request(json=call())


def test_failures_pass_through_rasas_except_exception():
    assert not issubclass(ActionServerUnavailable, Exception)
    assert not issubclass(ActionFailed, Exception)
