"""A conversation as it is stored for replaying: what was said, without who said it.

Customers' words are masked. Of the answers only the names of the responses are kept, since their
texts are full of what belongs to one customer.
"""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict, JsonValue

from gateway.conversation_log import Entry, Sender
from support.masking import masked

Card = dict[str, JsonValue]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answered(_Stored):
    """What a message was taken for and which responses it was answered with.

    `intent` is None where it was not kept: the turn was repeated, or no turn of the assistant's.
    """

    intent: str | None = None
    said: tuple[str, ...] = ()


class Standing(_Stored):
    """How the parcels of the order stood that the conversation was about, as far as was told."""

    brand: str
    states: tuple[str, ...]


class StoredTurn(_Stored):
    """One message of a customer, masked, and its answer. `pressed`: a button, not words."""

    text: str
    pressed: bool = False
    answered: Answered


class StoredConversation(_Stored):
    """A conversation up to where the assistant no longer answered it."""

    conversation_id: str
    channel: str
    standing: Standing | None = None
    turns: tuple[StoredTurn, ...]


def stored(
    conversation_id: str, channel: str, entries: Iterable[Entry], *, order_number_pattern: str
) -> StoredConversation | None:
    """Return the conversation masked; None where the assistant answered nothing in it."""
    turns: list[StoredTurn] = []
    cards: list[Card] = []
    asked: Entry | None = None
    answers: list[Entry] = []

    def close() -> None:
        if asked is not None and answers:
            turns.append(_turn(asked, answers, order_number_pattern))

    for entry in entries:
        if entry.sender is Sender.CUSTOMER:
            close()
            asked, answers = entry, []
        elif entry.sender is Sender.BOT and asked is not None:
            answers.append(entry)
            cards += entry.body.cards
        elif entry.sender is Sender.AGENT:
            break
    close()
    if not turns:
        return None
    return StoredConversation(
        conversation_id=conversation_id,
        channel=channel,
        standing=_standing(cards),
        turns=tuple(turns),
    )


def _turn(asked: Entry, answers: Sequence[Entry], order_number_pattern: str) -> StoredTurn:
    understood = [one.body.understood for one in answers if one.body.understood]
    return StoredTurn(
        text=masked(asked.text, order_number_pattern=order_number_pattern),
        pressed=asked.body.payload is not None,
        answered=Answered(
            intent=understood[0].intent if understood else None,
            said=tuple(key for one in answers for key in one.body.said),
        ),
    )


def _standing(cards: Sequence[Card]) -> Standing | None:
    """Return how the first order that was told stood, when it was told first."""
    first = next((card for card in cards if card.get("kind") == "parcel"), None)
    if first is None:
        return None
    states: dict[str, str] = {}
    for card in cards:
        if card.get("order_number") == first["order_number"]:
            states.setdefault(str(card.get("position")), str(card.get("state")))
    return Standing(brand=str(first.get("brand")), states=tuple(states.values()))
