"""What customers say about waiting, to which the assistant has no answer of its own."""

from gateway import texts
from gateway.conversation_log import Conversation, Entry
from gateway.handover import Handover
from gateway.handover.wording import CALL_ME_BACK, LEAVE_QUEUE
from gateway.ownership import Owner
from support.decisions.queue_wishes import leaves_queue
from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind

WAITS = frozenset({Owner.QUEUED, Owner.RESERVED})

MOST_WORDS_AROUND = 6
"""With more words around it, a number is part of something else that is said."""

_OURS = frozenset({LEAVE_QUEUE, CALL_ME_BACK})


class WaitingRoom:
    """Takes the messages that are about waiting. Every method may raise RedisError."""

    def __init__(self, handover: Handover) -> None:
        self._handover = handover

    async def takes(self, conversation: Conversation, message: Entry) -> str | None:
        """Do what a message says about waiting.

        Return what is left to tell, empty where all was told; None where it is about something
        else.
        """
        if conversation.owner in WAITS:
            return await self._waits(conversation, message)
        if conversation.owner is Owner.TICKET:
            return await self._wants_call(conversation, message)
        return "" if message.body.payload in _OURS else None

    async def _waits(self, conversation: Conversation, message: Entry) -> str | None:
        conversation_id, payload = conversation.conversation_id, message.body.payload
        if payload == CALL_ME_BACK:
            await self._handover.customers.choose_ticket(conversation_id)
            return ""
        if payload == LEAVE_QUEUE or (payload is None and leaves_queue(message.text)):
            await self._handover.customers.leave_queue(conversation_id)
            return ""
        return None

    async def _wants_call(self, conversation: Conversation, message: Entry) -> str | None:
        """Note a phone number or e-mail that comes alone, where a ticket still needs one."""
        if message.body.payload in _OURS:
            return ""
        held = await self._handover.store.read(conversation.conversation_id)
        contact = _contact_alone(message.text)
        if contact is None or held.handling.contact is not None:
            return None
        await self._handover.customers.note_contact(conversation.conversation_id, contact)
        return texts.CONTACT_NOTED.format(reference=held.handling.ticket)


def _contact_alone(text: str) -> str | None:
    contacts = [
        one
        for one in identifiers_in(text)
        if one.kind in {IdentifierKind.EMAIL, IdentifierKind.PHONE}
    ]
    if len(contacts) != 1:
        return None
    found = contacts[0]
    rest = f"{text[: found.start]} {text[found.end :]}"
    return found.value if len(rest.split()) <= MOST_WORDS_AROUND and "?" not in rest else None
