"""What customers say about waiting, to which the assistant has no answer of its own."""

from gateway import texts
from gateway.conversation_log import Conversation, Entry
from gateway.handover import Handover
from gateway.handover.wording import CALL_ME_BACK, LEAVE_QUEUE
from gateway.ownership import Owner
from support.decisions.queue_wishes import leaves_queue
from support.decisions.wishes import names_an_order
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

    async def takes(self, conversation: Conversation, message: Entry) -> bool:
        """Do what a message says about waiting; False where it is about something else."""
        if conversation.owner in WAITS:
            return await self._waits(conversation, message)
        return message.body.payload in _OURS

    async def noted_contact(self, conversation: Conversation, message: Entry) -> str | None:
        """Note a phone number or e-mail that comes alone, where a ticket still needs one.

        Return what to tell about it. The message may still be the answer to a question of the
        assistant's.
        """
        if conversation.owner is not Owner.TICKET:
            return None
        held = await self._handover.store.read(conversation.conversation_id)
        contact = _contact_alone(message.text)
        if contact is None or held.handling.contact is not None:
            return None
        await self._handover.customers.note_contact(conversation.conversation_id, contact)
        return texts.CONTACT_NOTED.format(reference=held.handling.ticket)

    async def _waits(self, conversation: Conversation, message: Entry) -> bool:
        conversation_id, payload = conversation.conversation_id, message.body.payload
        if payload == CALL_ME_BACK:
            await self._handover.customers.choose_ticket(conversation_id)
            return True
        if payload == LEAVE_QUEUE or (payload is None and leaves_queue(message.text)):
            await self._handover.customers.leave_queue(conversation_id)
            return True
        return False


def _contact_alone(text: str) -> str | None:
    found = identifiers_in(text)
    if len(found) != 1 or found[0].kind not in {IdentifierKind.EMAIL, IdentifierKind.PHONE}:
        return None
    around = f"{text[: found[0].start]} {text[found[0].end :]}"
    is_alone = len(around.split()) <= MOST_WORDS_AROUND and not names_an_order(around)
    return found[0].value if is_alone else None
