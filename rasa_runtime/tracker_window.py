"""The part of a conversation that Rasa is shown: a long one costs no more than a short one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker

WINDOW_EVENTS = 60
"""Events that stay visible at least: about ten turns. Memoization looks at five states."""

Opening = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Where the visible part begins, and what Rasa is told happened before.

    `start` is an index into the list of all events. `opening` are events to put before it.
    `next_start` and `next_opening` are the window to move to once it is long enough.
    """

    FIELDS: ClassVar = ("start", "opening", "next_start", "next_opening")

    start: int = 0
    opening: Opening = ()
    next_start: int | None = None
    next_opening: Opening = ()

    def after(
        self, tracker: DialogueStateTracker, new_events: Sequence[Event], *, first_index: int
    ) -> "Window":
        """Return the window to use once `new_events` have been appended at `first_index`."""
        session = _session_start(new_events)
        if session is not None:
            return Window(start=first_index + session)
        end = first_index + len(new_events)
        if tracker.active_loop is not None or end - self._newest_start < WINDOW_EVENTS:
            return self
        if self.next_start is None:
            return Window(self.start, self.opening, end, _opening(tracker))
        return Window(self.next_start, self.next_opening, end, _opening(tracker))

    @property
    def _newest_start(self) -> int:
        return self.start if self.next_start is None else self.next_start

    def to_state(self) -> dict[str, str]:
        """Return the window as fields of a Redis hash."""
        values = (self.start, self.opening, self.next_start, self.next_opening)
        return dict(zip(self.FIELDS, map(json.dumps, values), strict=True))

    @classmethod
    def from_state(cls, state: Sequence[str]) -> "Window":
        """Return the window from its stored values, in the order of `FIELDS`."""
        start, opening, next_start, next_opening = map(json.loads, state)
        return cls(start, tuple(opening), next_start, tuple(next_opening))


def _session_start(events: Sequence[Event]) -> int | None:
    """Return the index of the newest session start among the events."""
    for index in reversed(range(len(events))):
        event = events[index]
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME:
            return index
    return None


def _opening(tracker: DialogueStateTracker) -> Opening:
    """Return the events that bring a new tracker to where this one stands between two turns."""
    slots = [
        SlotSet(slot.name, slot.value)
        for slot in tracker.slots.values()
        if slot.value != slot.initial_value
    ]
    paused = [ConversationPaused()] if tracker.is_paused() else []
    events: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *slots,
        *paused,
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
    return tuple(event.as_dict() for event in events)
