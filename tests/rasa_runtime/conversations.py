"""Conversations for the tests of tracker stores."""

from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "intents": ["greet"],
        "slots": {
            "order_number": {"type": "text", "mappings": [{"type": "custom"}]},
            "tries": {"type": "any", "initial_value": 0, "mappings": [{"type": "custom"}]},
        },
        "forms": {"address_form": {"required_slots": ["order_number"]}},
    }
)
SESSION = (
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
)


def turn(number: int, *extra: Event) -> list[Event]:
    metadata = {"message_id": f"m{number}"}
    return [
        UserUttered(f"message {number}", {"name": "greet"}, metadata=metadata),
        SlotSet("tries", number),
        *extra,
        ActionExecuted("utter_greet"),
        BotUttered(f"reply {number}", {"buttons": None}, {"evidence": [{"source": "shop"}]}),
        ActionExecuted("action_listen"),
    ]


async def add(store: TrackerStore, conversation: str, *events: Event) -> DialogueStateTracker:
    """Do what Rasa does in a turn: read, add, write."""
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.update_with_events(list(events), DOMAIN)
    await store.save(tracker)
    return tracker


def dicts(tracker: DialogueStateTracker | None) -> list[dict[str, Any]] | None:
    """A tracker's events without their times, which differ from one run to the next."""
    if tracker is None:
        return None
    return [{**event.as_dict(), "timestamp": None} for event in tracker.events]
