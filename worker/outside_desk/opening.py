"""Who a customer is to the outside desk, and what stands beside the conversation there. Pure."""

from gateway.conversation_log import Conversation
from support.handover import PersonRequest
from support.systems.desk.models import Opening


def opening(conversation: Conversation, request: PersonRequest | None) -> Opening:
    """Return how a conversation is opened at the desk."""
    return Opening(
        key=conversation.conversation_id,
        person=_person(conversation),
        name=_name(conversation),
        attributes=_attributes(conversation, request),
    )


def _person(conversation: Conversation) -> str:
    """Return the same for all conversations of who is known; the brackets make it one word.

    A customer who is signed in goes by the shop's id, a phone or an app's user by its keyed hash.
    On the page nobody else is known: each of their conversations is somebody's of its own.
    """
    if conversation.customer is not None:
        return f"customer({conversation.customer.customer_id})"
    if conversation.address is not None:
        return f"{conversation.channel}({conversation.sender_key})"
    return f"conversation({conversation.conversation_id})"


def _name(conversation: Conversation) -> str:
    first_name = conversation.customer.first_name if conversation.customer else None
    return first_name or f"Customer ({conversation.channel})"


def _attributes(conversation: Conversation, request: PersonRequest | None) -> dict[str, str]:
    known = {"channel": conversation.channel}
    if request is not None:
        known |= {
            "reason": request.reason.value,
            "skill": request.skill.value,
            "priority": request.priority.name.lower(),
            "verified": request.verified,
            "topic": request.topic or "",
            "order_number": request.order_number or "",
        }
    return {name: value for name, value in known.items() if value}
