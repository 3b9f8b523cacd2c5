"""Who comes next, to which agent, and how long the others wait. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from gateway.handover.models import AgentId, AgentOnDuty, Held
from gateway.ownership import Owner
from support.handover import Skill
from support.ids import ConversationId

LONG_WAIT = timedelta(minutes=5)
"""Each of these that somebody waits counts as much as one step of priority: nobody waits forever
behind those who are more urgent."""

ENOUGH = 3
"""From fewer handling times than these nothing can be said honestly."""


def ranked(waiting: Sequence[Held], now: datetime) -> list[Held]:
    """Return those who wait in the order in which they are served."""
    return sorted(waiting, key=lambda held: _rank(held, now))


def _rank(held: Held, now: datetime) -> tuple[bool, int, datetime, str]:
    handling = held.handling
    began = handling.queued_at or handling.since
    urgency = handling.priority + (now - began) // LONG_WAIT
    return not handling.front, -urgency, began, held.conversation_id


def assignments(
    waiting: Sequence[Held], agents: Sequence[AgentOnDuty], now: datetime
) -> list[tuple[ConversationId, AgentId]]:
    """Return who is offered to whom now. Nobody gets more than they have seats for."""
    free = {one.agent.agent_id: one.free_seats for one in agents}
    given: list[tuple[ConversationId, AgentId]] = []
    for held in ranked([one for one in waiting if one.owner is Owner.QUEUED], now):
        able = [one for one in _able(held, agents) if free[one.agent.agent_id] > 0]
        if not able:
            continue
        chosen = min(able, key=lambda one: _fit(held, one, free[one.agent.agent_id]))
        free[chosen.agent.agent_id] -= 1
        given.append((held.conversation_id, chosen.agent.agent_id))
    return given


def _able(held: Held, agents: Sequence[AgentOnDuty]) -> list[AgentOnDuty]:
    """Return who could help: the skilled ones while any of them is online, else everybody."""
    online = [one for one in agents if one.online and not one.away]
    skill = held.handling.skill
    if skill is Skill.GENERAL:
        return online
    return [one for one in online if skill in one.agent.skills] or online


def _fit(held: Held, agent: AgentOnDuty, free: int) -> tuple[bool, bool, int, str]:
    """Rank agents: the one it was meant for, not who let it pass, then the least busy."""
    agent_id = agent.agent.agent_id
    handling = held.handling
    return agent_id != handling.wanted, agent_id == handling.passed_by, -free, agent_id


def wait_minutes(position: int, handling_seconds: Sequence[float], online: int) -> int | None:
    """Return the wait at a position as far as recent conversations tell; None where they do not.

    The median of recent handling, times the position, shared by the agents who are online.
    """
    if online < 1 or len(handling_seconds) < ENOUGH:
        return None
    return max(1, ceil(median(handling_seconds) * position / online / 60))
