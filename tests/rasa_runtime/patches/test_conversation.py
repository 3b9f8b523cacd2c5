import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from rasa_runtime.patches import conversation
from rasa_runtime.patches.conversation import (
    look_event_types_up_once,
    retrace_a_conversation_once_per_step,
)

DOMAIN = Domain.from_dict({"version": "3.1", "intents": ["greet", "goodbye"]})


def test_every_event_is_found_as_rasa_finds_it():
    names = [event.type_name for event in all_subclasses(Event)]
    stock = {name: conversation._stock_resolve_by_type(name) for name in names}
    look_event_types_up_once()
    assert {name: Event.resolve_by_type(name) for name in names} == stock
    assert names


def test_an_unknown_event_is_refused_as_rasa_refuses_it():
    look_event_types_up_once()
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("no-such-event")


def test_the_states_are_rasas(tracker: DialogueStateTracker):
    stock = tracker.past_states(DOMAIN)
    retrace_a_conversation_once_per_step()
    assert tracker.past_states(DOMAIN) == tracker.past_states(DOMAIN) == stock


def test_a_new_event_is_noticed(tracker: DialogueStateTracker):
    retrace_a_conversation_once_per_step()
    before = tracker.past_states(DOMAIN)
    tracker.update(ActionExecuted("action_x"))
    assert tracker.past_states(DOMAIN) == conversation._stock_states(DOMAIN, tracker) != before


def test_another_way_of_asking_is_noticed(tracker: DialogueStateTracker):
    retrace_a_conversation_once_per_step()
    tracker.past_states(DOMAIN)
    hidden = {"ignore_rule_only_turns": True, "rule_only_data": {"rule_only_slots": []}}
    stock = conversation._stock_states(DOMAIN, tracker, **hidden)
    assert DOMAIN.states_for_tracker_history(tracker, **hidden) == stock


def test_what_a_caller_takes_out_stays_for_the_next(tracker: DialogueStateTracker):
    retrace_a_conversation_once_per_step()
    first = tracker.past_states(DOMAIN)
    del first[-1]["user"]["intent"]
    assert tracker.past_states(DOMAIN)[-1]["user"]["intent"] == "greet"


@pytest.fixture
def tracker() -> DialogueStateTracker:
    said = UserUttered("hi", {"name": "greet"})
    return DialogueStateTracker.from_events("c-1", [ActionExecuted("action_listen"), said])
