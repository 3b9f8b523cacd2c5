"""One turn as an action sees it: what was said, by whom, and what is known so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk.interfaces import Tracker

from support.ids import ConversationId, CustomerId, MessageId, OrderNumber, SenderKey


@dataclass(frozen=True, slots=True)
class Turn:
    """What Rasa tells an action, typed. `entities` are in the order in which they were said."""

    conversation_id: ConversationId
    message_id: MessageId
    channel: str
    sender_key: SenderKey
    customer_id: CustomerId | None
    intent: str | None
    text: str
    entities: tuple[tuple[str, str], ...]
    slots: Mapping[str, Any]
    active_form: str | None

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
            entities=tuple(
                (entity["entity"], str(entity["value"])) for entity in message.get("entities") or ()
            ),
            slots=tracker.slots,
            active_form=(tracker.active_loop or {}).get("name"),
        )

    def said(self, entity: str) -> tuple[str, ...]:
        """Return what this message says of one kind, without repeats."""
        return tuple(dict.fromkeys(value for kind, value in self.entities if kind == entity))

    def slot(self, name: str) -> str | None:
        """Return a slot's text; None where it is unset."""
        value = self.slots.get(name)
        return str(value) if value is not None else None

    @property
    def contact(self) -> str | None:
        """The e-mail or phone given in this conversation.

        One that did not match stays in reserve, to be tried with a corrected order number.
        """
        reserve = self.slot("tried_contact") if self.said("order_number") else None
        return self.slot("contact") or reserve

    @property
    def order_numbers(self) -> tuple[OrderNumber, ...]:
        """The order numbers of this message, else the one the conversation is about.

        One that did not match stays in reserve, to be tried with a corrected contact.
        """
        reserve = self.slot("tried_order_number") if self.gave_contact else None
        said = self.said("order_number") or tuple(
            filter(None, [self.slot("order_number") or reserve])
        )
        return tuple(OrderNumber(number) for number in said)

    @property
    def gave_contact(self) -> bool:
        """Whether this message holds an e-mail or a phone number."""
        return bool(self.said("email") or self.said("phone"))

    @property
    def gave_identity(self) -> bool:
        """Whether this message holds anything that tells who is asking about what."""
        return self.gave_contact or bool(self.said("order_number"))

    def about(self, order_number: str) -> "Turn":
        """Return this turn as if the customer had named an order in it."""
        return replace(self, entities=(*self.entities, ("order_number", order_number)))
