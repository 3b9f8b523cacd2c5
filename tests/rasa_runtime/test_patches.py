"""These fail when Rasa is no longer what the patches were written for."""

from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

from rasa_runtime import patches
from rasa_runtime.errors import ActionFailed

STOCK_VALIDATE = RemoteAction._validate_action_result
VALID = {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "Hi."}]}
INVALID = {"events": [{"event": "no-such-event"}]}


def test_the_patches_are_for_the_installed_rasa():
    assert rasa.__version__ == patches.RASA_VERSION


def test_another_rasa_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    with pytest.raises(patches.UnknownRasaVersion):
        patches.apply(SimpleNamespace())


def test_every_event_is_found_as_rasa_finds_it():
    names = [event.type_name for event in all_subclasses(Event)]
    stock = {name: patches._stock_resolve_by_type(name) for name in names}
    patches.look_event_types_up_once()
    assert {name: Event.resolve_by_type(name) for name in names} == stock
    assert names


def test_an_unknown_event_is_refused_as_rasa_refuses_it():
    patches.look_event_types_up_once()
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("no-such-event")


def test_an_actions_answer_is_judged_as_rasa_judges_it():
    action = RemoteAction("action_x", None)
    patches.compile_action_schema_once()
    assert action._validate_action_result(VALID) is STOCK_VALIDATE(action, VALID) is True
    for validate in (action._validate_action_result, lambda answer: STOCK_VALIDATE(action, answer)):
        with pytest.raises(jsonschema.ValidationError):
            validate(INVALID)


def test_the_schema_names_no_other_draft_than_the_compiled_one():
    assert "$schema" not in RemoteAction.action_response_format_spec()
    assert jsonschema.validators.validator_for({}) is jsonschema.Draft7Validator


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
    patches.abort_turn_when_action_fails(processor)
    with pytest.raises(ActionFailed, match="action_x: KeyError"):
        await processor._run_action(_RaisingAction(KeyError("secret")), None)


async def test_an_action_that_declines_does_not_abort_the_turn():
    processor = _Processor()
    patches.abort_turn_when_action_fails(processor)
    declined = ActionExecutionRejection("action_x")
    assert await processor._run_action(_RaisingAction(declined), None) is False
