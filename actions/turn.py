"""One turn as an action sees it: what was said, by whom, and what is known so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, NamedTuple

from rasa_sdk.interfaces import Tracker

from support.decisions.understanding import Guess
from support.identifiers.negation import is_taken_back
from support.ids import ConversationId, CustomerId, MessageId, OrderNumber, SenderKey
from support.systems.deadline import SECONDS_LEFT


class Entity(NamedTuple):
    """Something that a message names. `taken_back`: only to say that it is the wrong one.

    `state` is where a suburb lies, as far as that is certain.
    """

    kind: str
    value: str
    taken_back: bool = False
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What Rasa tells an action, typed. `entities` are in the order in which they were said.

    `ranking` is what the message may mean, likeliest first. `previous_message_id` is the customer's
    message before this one, None at the beginning. `sender_phone` is where the message was sent
    from, on channels whose provider vouches for it. `seconds_left` is what is left of the time of a
    turn that takes several actions.
    """

    conversation_id: ConversationId
    message_id: MessageId
    channel: str
    sender_key: SenderKey
    customer_id: CustomerId | None
    intent: str | None
    text: str
    ranking: tuple[Guess, ...]
    entities: tuple[Entity, ...]
    slots: Mapping[str, Any]
    active_form: str | None
    previous_message_id: MessageId | None
    sender_phone: str | None = None
    seconds_left: float = inf

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        """Read a tracker. The metadata was verified by the gateway and signed on its way."""
        message = tracker.latest_message or {}
        metadata = message.get("metadata") or {}
        customer_id = metadata.get("customer_id")
        return cls(
            conversation_id=ConversationId(tracker.sender_id),
            message_id=MessageId(metadata.get("message_id") or message.get("message_id") or ""),
            channel=metadata.get("channel") or "web",
            sender_key=SenderKey(metadata.get("sender_key") or tracker.sender_id),
            customer_id=CustomerId(customer_id) if customer_id else None,
            intent=(message.get("intent") or {}).get("name"),
            text=message.get("text") or "",
            ranking=tuple(_ranking(message)),
            entities=tuple(_entities(message)),
            slots=tracker.slots,
            active_form=(tracker.active_loop or {}).get("name"),
            previous_message_id=_previous_message_id(tracker),
            sender_phone=metadata.get("sender_phone"),
            seconds_left=_seconds(metadata.get(SECONDS_LEFT)),
        )

    def said(self, kind: str) -> tuple[str, ...]:
        """Return what this message says of one kind, without repeats and what it takes back."""
        said = (one.value for one in self.entities if one.kind == kind and not one.taken_back)
        return tuple(dict.fromkeys(said))

    def taken_back(self, *kinds: str) -> tuple[str, ...]:
        """Return what this message says to be wrong: "not 410200341"."""
        return tuple(one.value for one in self.entities if one.kind in kinds and one.taken_back)

    def slot(self, name: str) -> str | None:
        """Return a slot's text; None where it is unset."""
        value = self.slots.get(name)
        return str(value) if value is not None else None

    def count(self, name: str) -> int:
        """Return a slot that counts; 0 where it is unset."""
        return int(float(self.slots.get(name) or 0))

    def several(self, name: str) -> tuple[str, ...]:
        """Return a slot that lists; empty where it is unset."""
        return tuple(str(value) for value in self.slots.get(name) or ())

    @property
    def contact(self) -> str | None:
        """The e-mail or phone given in this conversation; see `contacts`."""
        return next(iter(self.contacts), None)

    @property
    def contacts(self) -> tuple[str, ...]:
        """The e-mails and phones of this message, else the one given earlier.

        One that did not match stays in reserve, to be tried with a corrected order number.
        """
        said = (*self.said("email"), *self.said("phone"))
        if said:
            return said
        reserve = self.slot("tried_contact") if self.said("order_number") else None
        earlier = self.slot("contact") or reserve
        return (earlier,) if earlier and earlier not in self.taken_back("email", "phone") else ()

    @property
    def order_numbers(self) -> tuple[OrderNumber, ...]:
        """The order numbers of this message, else the one the conversation is about.

        One that did not match stays in reserve, to be tried with a corrected contact.
        """
        reserve = self.slot("tried_order_number") if self.gave_contact else None
        earlier = self.slot("order_number") or reserve
        said = self.said("order_number") or tuple(filter(None, [earlier]))
        wrong = self.taken_back("order_number")
        return tuple(OrderNumber(number) for number in said if number not in wrong)

    @property
    def gave_contact(self) -> bool:
        """Whether this message holds an e-mail or a phone number."""
        return bool(self.said("email") or self.said("phone"))

    @property
    def gave_identity(self) -> bool:
        """Whether this message holds anything that tells who is asking about what."""
        return self.gave_contact or bool(self.said("order_number"))

    @property
    def is_told(self) -> bool:
        """Whether the conversation is about an order that was told about."""
        asked = self.slot("identity_question")
        return asked is None and bool(self.slot("topic") and self.slot("order_number"))

    @property
    def answer(self) -> str | None:
        """What a pressed button answers to an open question; None for words."""
        return next(iter(self.said("answer")), None)

    def meaning(self, intent: str) -> "Turn":
        """Return this turn as if its message had been understood so."""
        return replace(self, intent=intent)

    def with_slot(self, name: str, value: str) -> "Turn":
        """Return this turn as if a slot had this value."""
        return replace(self, slots={**self.slots, name: value})

    def about(self, *order_numbers: str) -> "Turn":
        """Return this turn as if the customer had named these orders in it, and no others."""
        others = [one for one in self.entities if one.kind != "order_number"]
        named = [Entity("order_number", number) for number in order_numbers]
        return replace(self, entities=(*others, *named))


def _seconds(told: object) -> float:
    return float(told) if isinstance(told, int | float) else inf


def _ranking(message: Mapping[str, Any]) -> Iterator[Guess]:
    for guess in message.get("intent_ranking") or ():
        if guess["name"] != "nlu_fallback":
            yield Guess(guess["name"], float(guess["confidence"]))


def _entities(message: Mapping[str, Any]) -> Iterator[Entity]:
    text = message.get("text") or ""
    for entity in message.get("entities") or ():
        start, end = entity.get("start"), entity.get("end")
        placed = isinstance(start, int) and isinstance(end, int)
        wrong = placed and is_taken_back(text, start, end)
        yield Entity(entity["entity"], str(entity["value"]), wrong, entity.get("state"))


def _previous_message_id(tracker: Tracker) -> MessageId | None:
    messages = [event for event in tracker.events if event.get("event") == "user"]
    if len(messages) < 2:  # noqa: PLR2004 - this one, and the one before
        return None
    metadata = messages[-2].get("metadata") or {}
    return MessageId(metadata.get("message_id") or messages[-2].get("message_id") or "") or None
