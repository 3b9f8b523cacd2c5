from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.shared.core.events import Event

from rasa_runtime.errors import ActionFailed
from rasa_runtime.patches.actions import (
    abort_turn_when_action_fails,
    check_each_event_against_its_own_schema,
)

STOCK_VALIDATE = RemoteAction._validate_action_result
SLOT = {"event": "slot", "name": "a", "value": 1}
VALID = [
    {},
    {"events": [], "responses": []},
    {"events": [SLOT, {"event": "followup", "name": "x"}], "responses": [{"text": "Hi."}]},
    {"events": [{**SLOT, "timestamp": None, "metadata": {}}]},
    {"events": [{"event": "user", "parse_data": {"entities": []}}]},
]
INVALID = [
    [],
    {"events": [{"event": "no-such-event"}]},
    {"events": [{"event": ["slot"]}]},
    {"events": [{"event": "slot", "name": "a"}]},
    {"events": [{**SLOT, "timestamp": "now"}]},
    {"events": [{**SLOT, "name": 7}]},
    {"events": [SLOT, "slot"]},
    {"events": SLOT},
    {"responses": ["Hi."]},
    {"responses": {"text": "Hi."}},
]


@pytest.mark.parametrize("answer", VALID)
def test_an_answer_that_rasa_accepts_is_accepted(answer: dict[str, Any]):
    action = RemoteAction("action_x", None)
    check_each_event_against_its_own_schema()
    assert STOCK_VALIDATE(action, answer) is action._validate_action_result(answer) is True


@pytest.mark.parametrize("answer", INVALID)
def test_an_answer_that_rasa_refuses_is_refused(answer: Any):
    action = RemoteAction("action_x", None)
    check_each_event_against_its_own_schema()
    for validate in (action._validate_action_result, lambda given: STOCK_VALIDATE(action, given)):
        with pytest.raises(jsonschema.ValidationError):
            validate(answer)


def test_no_event_can_be_of_two_kinds():
    kinds = _event_schema()["oneOf"]
    names = [kind["properties"]["event"]["const"] for kind in kinds]
    assert len(set(names)) == len(kinds) > 20
    assert "event" in _event_schema()["required"]


def test_the_schema_holds_nothing_else_to_check():
    schema = RemoteAction.action_response_format_spec()
    assert schema.keys() == {"type", "properties"}
    assert schema["properties"].keys() == {"events", "responses"}
    assert schema["properties"]["events"].keys() == {"type", "items"}
    assert schema["properties"]["responses"] == {"type": "array", "items": {"type": "object"}}
    assert jsonschema.validators.validator_for({}) is jsonschema.Draft7Validator


def _event_schema() -> dict[str, Any]:
    schema: dict[str, Any] = RemoteAction.action_response_format_spec()
    return schema["properties"]["events"]["items"]


class _Processor:
    """The part of Rasa's processor that swallows exceptions, reduced to what matters."""

    async def _run_action(self, action: Action, tracker: object) -> bool:
        try:
            await action.run(tracker)
        except ActionExecutionRejection:
            return False
        except Exception:  # noqa: BLE001 what Rasa does
            return True
        return True


class _RaisingAction:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def name(self) -> str:
        return "action_x"

    async def run(self, _: Any) -> list[Event]:
        raise self._error


async def test_an_action_that_raises_aborts_the_turn():
    processor = _Processor()
    abort_turn_when_action_fails(processor)
    with pytest.raises(ActionFailed, match="action_x: KeyError"):
        await processor._run_action(_RaisingAction(KeyError("secret")), None)


async def test_an_action_that_declines_does_not_abort_the_turn():
    processor = _Processor()
    abort_turn_when_action_fails(processor)
    declined = ActionExecutionRejection("action_x")
    assert await processor._run_action(_RaisingAction(declined), None) is False
