"""What a turn costs once a conversation is long."""

from collections.abc import Sequence
from time import monotonic

from benchmarks.scenarios import HI
from benchmarks.talking import Talker, new_conversation

LENGTHS = (10, 100, 1000)
MEASURED_TURNS = 20
PATIENCE_SECONDS = 240.0
"""With Rasa's own tracker store a thousand messages take hours: each costs more than the last."""


async def seconds_by_length(
    talker: Talker, lengths: Sequence[int] = LENGTHS, *, patience: float = PATIENCE_SECONDS
) -> dict[int, list[float]]:
    """Return, for each length in messages, the seconds of turns from that length on.

    Where patience ends before the longest, the length that was reached takes its place. All
    conversations are measured in turns, so that a busy machine makes none look longer.
    """
    deadline = monotonic() + patience
    conversations = {}
    for length in lengths:
        conversation = new_conversation()
        reached = await _talk(talker, conversation, length, deadline=deadline)
        conversations[reached] = conversation
    seconds: dict[int, list[float]] = {length: [] for length in conversations}
    for _ in range(MEASURED_TURNS):
        for length, conversation in conversations.items():
            seconds[length].append(await talker.say(conversation, HI))
    return seconds


async def _talk(talker: Talker, conversation: str, messages: int, *, deadline: float) -> int:
    """Talk until a conversation has this many messages or patience ends; return how many."""
    for count in range(messages):
        if count and monotonic() > deadline:
            return count
        await talker.say(conversation, HI)
    return messages
