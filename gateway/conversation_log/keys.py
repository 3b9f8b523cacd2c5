"""The names of a conversation's keys; all carry its id as hash tag, so one script may use them."""

from support.ids import ConversationId

BELLS = "conv:*:bell"
"""The pattern that matches every conversation's doorbell channel."""

SIGNALS = "conv:*:signal"
"""The pattern of the channels for what passes by and is kept nowhere: who is typing."""


def key(conversation_id: ConversationId, part: str) -> str:
    """Return the name of one part of a conversation: meta, log, seen, bell, signal, lease..."""
    return f"conv:{{{conversation_id}}}:{part}"
