"""Gets a person for a customer, when a turn says that one is needed."""

from typing import Final

import structlog

from gateway import texts
from gateway.conversation_log import Conversation
from gateway.handover import Handover, Queued, Ticket
from gateway.handover.wording import place
from gateway.ownership import Guard, Owner, OwnershipRefused
from support.handover import PersonRequest, Reason
from support.times import utc_now
from worker.waiting import WAITS

log = structlog.get_logger("worker.person")

ASSISTANT_FAILED: Final = PersonRequest(
    reason=Reason.ASSISTANT_FAILED,
    summary="The assistant could not answer because of a problem on our side.",
)


class GettingPeople:
    """Asks for a person. Every method may raise RedisError."""

    def __init__(self, handover: Handover) -> None:
        self._handover = handover

    async def person(self, conversation: Conversation, request: PersonRequest) -> str:
        """Ask for a person; return what is left to tell, empty where the change told it."""
        conversation_id = conversation.conversation_id
        try:
            got = await self._handover.customers.request_person(conversation_id, request)
        except OwnershipRefused:
            return ""  # The customer has ended the conversation.
        log.info(
            "person_requested",
            conversation_id=conversation_id,
            reason=request.reason,
            outcome=type(got).__name__.lower(),
        )
        if isinstance(got, Queued) and conversation.owner in WAITS:
            return place(got)
        if isinstance(got, Ticket) and conversation.owner is Owner.TICKET:
            return texts.TICKET_IS_OPEN.format(reference=got.reference)
        return ""

    async def if_somebody_can_come(
        self, conversation: Conversation, request: PersonRequest
    ) -> None:
        """Ask for a person unless that would only make a ticket of it."""
        outlook = await self._handover.lookout.outlook(now=utc_now())
        if outlook.guard is Guard.SOMEBODY_CAN_COME:
            await self.person(conversation, request)
