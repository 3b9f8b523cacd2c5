"""Runs one action as Rasa would, without Rasa."""

from collections.abc import Mapping
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
    sender_phone: str | None = None
    channel: str = "web"
    conversation_id: str = "conversation-1"
    followup: str | None = None
    seconds_left: float | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)
    turns: int = 0

    async def turn(
        self,
        action: Action,
        text: str = "",
        *,
        ranking: Mapping[str, float] | None = None,
        **entities: Any,
    ) -> list[ResponseKey]:
        """Say something, run one action, apply its events; return the keys it said.

        `ranking` is what the classifier makes of it, the likeliest intent first.
        """
        self._fill_slots(entities)
        dispatcher = CollectingDispatcher()
        tracker = self._tracker(text, ranking or {"track_order": 1.0}, entities)
        events = await action.run(dispatcher, tracker, {})
        self._apply(events)
        self.messages = dispatcher.messages
        self.turns += 1
        return [ResponseKey(message["response"]) for message in dispatcher.messages]

    def said(self, key: ResponseKey) -> dict[str, Any]:
        """Return the values with which the last turn said a key."""
        return next(message for message in self.messages if message["response"] == key)

    @property
    def buttons(self) -> list[str]:
        """The payloads of the choices that the last turn gave."""
        return [message["choice"] for message in self.messages if "choice" in message]

    def _fill_slots(self, entities: dict[str, Any]) -> None:
        for slot, kinds in {
            "order_number": ["order_number"],
            "contact": ["phone", "email"],
        }.items():
            for kind in kinds:
                for value in _values(entities.get(kind)):
                    self.slots[slot] = value

    def _tracker(
        self, text: str, ranking: Mapping[str, float], entities: dict[str, Any]
    ) -> Tracker:
        guesses = [{"name": name, "confidence": value} for name, value in ranking.items()]
        message = {
            "intent": guesses[0],
            "intent_ranking": guesses,
            "entities": _entities(text, entities),
            "text": text,
            "metadata": {
                "channel": self.channel,
                "customer_id": self.customer_id,
                "sender_key": self.sender_key,
                "sender_phone": self.sender_phone,
                "message_id": f"m-{self.turns}",
                "seconds_left": self.seconds_left,
            },
        }
        return Tracker(
            self.conversation_id,
            dict(self.slots),
            message,
            self._messages_so_far(),
            False,  # noqa: FBT003 - rasa-sdk's signature
            None,
            {"name": self.active_form} if self.active_form else {},
            "action_listen",
        )

    def _messages_so_far(self) -> list[dict[str, Any]]:
        ids = [f"m-{turn}" for turn in range(self.turns + 1)]
        return [{"event": "user", "metadata": {"message_id": one}} for one in ids]

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


def _entities(text: str, entities: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"entity": kind, "value": value, **_place(text, value)}
        for kind, values in entities.items()
        for value in _values(values)
    ]


def _place(text: str, value: str) -> dict[str, int]:
    start = text.find(value)
    return {"start": start, "end": start + len(value)} if start >= 0 else {}


def _values(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
