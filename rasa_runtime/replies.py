"""Collects what the assistant says in a turn, whole.

Rasa's own collecting channel keeps text, image, buttons and attachment, and drops every other key.
Ours keeps the evidence, the cards, the wish of an utterance to join the one before, and the payload
that makes a button of a text.
"""

from collections.abc import Iterable
from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered

from rasa_runtime.turn import QuickReply, Reply

Utterance = dict[str, Any]


def replies_from(utterances: Iterable[Utterance]) -> list[Reply]:
    """Return the messages to show for a turn's utterances, in order, joined where they ask for it.

    The same function words a turn and its repetition, so both come out equal.
    """
    replies: list[Reply] = []
    for utterance in utterances:
        reply = _reply_from(utterance)
        if reply.is_empty:
            continue
        if utterance.get("joins") and replies:
            replies[-1] = replies[-1].joined_with(reply)
        else:
            replies.append(reply)
    return replies


def person_wanted(utterances: Iterable[Utterance]) -> dict[str, Any] | None:
    """Return what an utterance of the turn says about a person who has to take over."""
    return next((one["person"] for one in utterances if one.get("person")), None)


def _reply_from(utterance: Utterance) -> Reply:
    if choice := utterance.get("choice"):
        return Reply(quick_replies=[QuickReply(title=utterance["text"], payload=choice)])
    response = utterance.get("utter_action")
    buttons = [*(utterance.get("quick_replies") or []), *(utterance.get("buttons") or [])]
    return Reply(
        text=(utterance.get("text") or "").strip(),
        quick_replies=[QuickReply.model_validate(button) for button in buttons],
        evidence=utterance.get("evidence") or [],
        cards=utterance.get("cards") or [],
        said=[response] if response else [],
    )


class ReplyCollector(OutputChannel):
    """Rasa's way out for one turn. Named after the customer's channel, for response variants."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._utterances: list[Utterance] = []

    def name(self) -> str:
        """Return the customer's channel. A class method in Rasa, which calls it on instances."""
        return self._channel

    async def send_response(self, recipient_id: str, message: Utterance) -> None:
        """Keep the utterance as it is."""
        self._utterances.append(message)

    def replies(self) -> list[Reply]:
        """Return the messages collected so far."""
        return replies_from(self._utterances)

    def person(self) -> dict[str, Any] | None:
        """Return the request for a person, if one was made."""
        return person_wanted(self._utterances)


def replies_of(events: Iterable[BotUttered]) -> list[Reply]:
    """Return what was shown when these events happened."""
    return replies_from(event.message() for event in events)
