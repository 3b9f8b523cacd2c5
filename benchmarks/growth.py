"""What a turn costs once a conversation is long."""

from collections.abc import Sequence

from benchmarks.scenarios import HI
from benchmarks.talking import Talker, new_conversation

LENGTHS = (10, 100, 1000)
MEASURED_TURNS = 10


async def seconds_by_length(
    talker: Talker, lengths: Sequence[int] = LENGTHS
) -> dict[int, list[float]]:
    """Return, for each length in messages, the seconds of the turns up to that length."""
    conversation = new_conversation()
    seconds = [await talker.say(conversation, HI) for _ in range(max(lengths))]
    return {length: seconds[length - MEASURED_TURNS : length] for length in lengths}
