"""The names of the desk's own keys. They share a hash tag, so that one script may use them."""

from typing import Final

_TAG: Final = "{handover}"

HELD: Final = f"{_TAG}:held"
"""Hash: conversation -> how it stands, for those that are not the assistant's alone."""

WAITING: Final = f"{_TAG}:waiting"
"""Sorted set of the conversations in the queue, by when they joined it."""

TIMERS: Final = f"{_TAG}:timers"
"""Sorted set of conversations, by when each has to be looked at next."""

SEATS: Final = f"{_TAG}:seats"
"""Hash: conversation -> the agent whose seat it takes."""

INDEXED: Final = f"{_TAG}:indexed"
"""Hash: conversation -> the newest epoch that is in here."""

UNSETTLED: Final = f"{_TAG}:unsettled"
"""Sorted set of changes that were begun and are not in here yet, by when they were begun."""

HANDLING: Final = f"{_TAG}:handling"
"""List of how many seconds the latest conversations took agents."""

EVENTS: Final = f"{_TAG}:events"
"""Stream of every change of owner of every conversation."""

AGENTS: Final = f"{_TAG}:agents"
"""Hash: agent -> who they are."""

HEARTBEATS: Final = f"{_TAG}:heartbeats"
"""Sorted set of agents, by when their page was last heard of."""

AWAY: Final = f"{_TAG}:away"
"""Set of agents who take no new conversations."""

INDEX: Final = (HELD, WAITING, TIMERS, SEATS, INDEXED, UNSETTLED, HANDLING, EVENTS)
"""The keys of the index script, in its order."""
