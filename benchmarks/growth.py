"""What a turn costs once a conversation is long."""

from collections.abc import Sequence
from time import monotonic

from benchmarks.scenarios import HI
from benchmarks.talking import Talker, new_conversation

LENGTHS = (10, 100, 1000)
MEASURED_TURNS = 10
PATIENCE_SECONDS = 240.0
"""With Rasa's own tracker store a thousand messages take hours: each costs more than the last."""


async def seconds_by_length(
    talker: Talker, lengths: Sequence[int] = LENGTHS, *, patience: float = PATIENCE_SECONDS
) -> dict[int, list[float]]:
    """Return, for each length in messages, the seconds of the turns up to that length.

    Where patience ends before the longest, the length that was reached takes its place.
    """
    seconds = await _talk(talker, max(lengths), deadline=monotonic() + patience)
    reached = [length for length in lengths if length < len(seconds)]
    return {
        length: seconds[max(0, length - MEASURED_TURNS) : length]
        for length in (*reached, len(seconds))
    }


async def _talk(talker: Talker, messages: int, *, deadline: float) -> list[float]:
    """Return the seconds of each turn of one conversation, at least of the first."""
    conversation = new_conversation()
    seconds = [await talker.say(conversation, HI)]
    while len(seconds) < messages and monotonic() < deadline:
        seconds.append(await talker.say(conversation, HI))
    return seconds
