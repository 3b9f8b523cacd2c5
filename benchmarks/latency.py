"""How long one turn takes, with nobody else asking."""

from benchmarks.scenarios import HI, Scenario
from benchmarks.talking import Talker, new_conversation

CONVERSATIONS = 6
"""Conversations in a round."""
TURNS = 8
"""Measured turns in a conversation: people seldom say more."""


async def seconds_per_turn(
    talker: Talker, scenario: Scenario, *, conversations: int = CONVERSATIONS
) -> list[float]:
    """Return the seconds of each measured turn, in conversations that have begun before."""
    measured: list[float] = []
    for _ in range(conversations):
        conversation = new_conversation()
        await talker.say(conversation, HI)
        for _ in range(TURNS):
            for message in scenario.opening:
                await talker.say(conversation, message)
            measured.append(await talker.say(conversation, scenario.measured))
    return measured
