"""Runs one action as Rasa would, without Rasa."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.responses import ResponseKey


@dataclass
class Conversation:
    """What Rasa keeps between turns: slots and the active form."""

    slots: dict[str, Any] = field(default_factory=dict)
    active_form: str | None = None
    customer_id: str | None = None
    sender_key: str = "sender-1"
    conversation_id: str = "conversation-1"
    followup: str | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)

    async def turn(self, action: Action, text: str = "", **entities: Any) -> list[ResponseKey]:
        """Say something, run one action, apply its events; return the keys it said."""
        self._fill_slots(entities)
        dispatcher = CollectingDispatcher()
        events = await action.run(dispatcher, self._tracker(text, entities), {})
        self._apply(events)
        self.messages = dispatcher.messages
        return [ResponseKey(message["response"]) for message in dispatcher.messages]

    def said(self, key: ResponseKey) -> dict[str, Any]:
        """Return the values with which the last turn said a key."""
        return next(message for message in self.messages if message["response"] == key)

    def _fill_slots(self, entities: dict[str, Any]) -> None:
        for slot, kinds in {
            "order_number": ["order_number"],
            "contact": ["phone", "email"],
        }.items():
            for kind in kinds:
                for value in _values(entities.get(kind)):
                    self.slots[slot] = value

    def _tracker(self, text: str, entities: dict[str, Any]) -> Tracker:
        said = [
            {"entity": kind, "value": value}
            for kind, values in entities.items()
            for value in _values(values)
        ]
        message = {
            "intent": {"name": "track_order"},
            "entities": said,
            "text": text,
            "metadata": {
                "channel": "web",
                "customer_id": self.customer_id,
                "sender_key": self.sender_key,
                "message_id": "m-1",
            },
        }
        return Tracker(
            self.conversation_id,
            dict(self.slots),
            message,
            [],
            False,  # noqa: FBT003 - rasa-sdk's signature
            None,
            {"name": self.active_form} if self.active_form else {},
            "action_listen",
        )

    def _apply(self, events: list[dict[str, Any]]) -> None:
        self.followup = None
        for event in events:
            match event["event"]:
                case "slot":
                    self.slots[event["name"]] = event["value"]
                case "active_loop":
                    self.active_form = event["name"]
                case "followup":
                    self.followup = event["name"]


def _values(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
