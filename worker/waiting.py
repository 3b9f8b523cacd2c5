"""What customers say about waiting, to which the assistant has no answer of its own."""

from dataclasses import dataclass

from gateway import texts
from gateway.conversation_log import Conversation, Entry, Sender
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


@dataclass(frozen=True, slots=True)
class Noted:
    """What to tell about a contact that was noted.

    `answers_ticket`: it was what had just been asked for, and no answer to the assistant.
    """

    text: str
    answers_ticket: bool


class WaitingRoom:
    """Takes the messages that are about waiting. Every method may raise RedisError."""

    def __init__(self, handover: Handover) -> None:
        self._handover = handover

    async def takes(self, conversation: Conversation, message: Entry) -> bool:
        """Do what a message says about waiting; False where it is about something else."""
        if conversation.owner in WAITS:
            return await self._waits(conversation, message)
        return message.body.payload in _OURS

    async def noted_contact(self, conversation: Conversation, message: Entry) -> Noted | None:
        """Note a phone number or e-mail that comes alone, where a ticket still needs one."""
        if conversation.owner is not Owner.TICKET:
            return None
        held = await self._handover.store.read(conversation.conversation_id)
        contact = _contact_alone(message.text)
        if contact is None or held.handling.contact is not None:
            return None
        answers_ticket = await self._answers_ticket(message, conversation)
        await self._handover.customers.note_contact(conversation.conversation_id, contact)
        told = texts.CONTACT_NOTED.format(reference=held.handling.ticket)
        return Noted(told, answers_ticket=answers_ticket)

    async def _answers_ticket(self, message: Entry, conversation: Conversation) -> bool:
        before = await self._before(message, conversation)
        return before.sender is Sender.SYSTEM and before.text.endswith(texts.CONTACT_WANTED)

    async def _leaves(self, message: Entry, conversation: Conversation) -> bool:
        if not leaves_queue(message.text):
            return False
        before = await self._before(message, conversation)
        asked = before.sender is Sender.BOT and before.text.rstrip().endswith("?")
        return leaves_queue(message.text, asked=asked)

    async def _before(self, message: Entry, conversation: Conversation) -> Entry:
        """Return what was said just before a message; the message itself where it is the first."""
        log, after = self._handover.store.log, max(message.position - 2, 0)
        return (await log.read(conversation.conversation_id, after=after))[0]

    async def _waits(self, conversation: Conversation, message: Entry) -> bool:
        conversation_id, payload = conversation.conversation_id, message.body.payload
        if payload == CALL_ME_BACK:
            await self._handover.customers.choose_ticket(conversation_id)
            return True
        if payload == LEAVE_QUEUE or (
            payload is None and await self._leaves(message, conversation)
        ):
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
