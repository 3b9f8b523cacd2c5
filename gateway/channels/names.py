"""What channels there are, and what their addresses are worth."""

from enum import StrEnum
from typing import Final

from gateway.conversation_log import Conversation


class Channel(StrEnum):
    """A way on which customers write to us."""

    WEB = "web"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    MESSENGER = "messenger"
    WEBHOOK = "webhook"


_BY_PHONE: Final = frozenset({Channel.SMS, Channel.WHATSAPP})
"""Where the address is a phone number that the provider vouches for."""


def phone_of(conversation: Conversation) -> str | None:
    """Return the phone that the customer demonstrably writes from, in E.164."""
    return conversation.address if conversation.channel in _BY_PHONE else None
