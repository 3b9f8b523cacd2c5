"""The conversation log: what was said, by whom, in which order, and who answers."""

from gateway.conversation_log.log import PAGE, ConversationLog
from gateway.conversation_log.models import (
    Admission,
    Conversation,
    ConversationClosed,
    ConversationUnknown,
    Customer,
    Entry,
    EntryBody,
    EvidenceNote,
    OfferedQuickReply,
    QuickReply,
    RateLimit,
    Reply,
    ReplyOutcome,
    Sender,
    TooManyMessages,
    Understood,
)

__all__ = [
    "PAGE",
    "Admission",
    "Conversation",
    "ConversationClosed",
    "ConversationLog",
    "ConversationUnknown",
    "Customer",
    "Entry",
    "EntryBody",
    "EvidenceNote",
    "OfferedQuickReply",
    "QuickReply",
    "RateLimit",
    "Reply",
    "ReplyOutcome",
    "Sender",
    "TooManyMessages",
    "Understood",
]
