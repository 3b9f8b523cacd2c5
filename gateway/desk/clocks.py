"""Whose time a conversation took: the assistant's, the queue's, the agents', the customer's. Pure.

Each moment counts for one side: for the queue while a person is waited for; else for whoever has to
speak next, which is the customer from the moment they are answered.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from gateway.conversation_log import Entry, Sender
from gateway.handover import HandoverEvent
from gateway.ownership import Owner


class Clock(StrEnum):
    """Whose time it is."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"
    CUSTOMER = "customer"


_QUEUE: Final = frozenset({Owner.QUEUED, Owner.RESERVED, Owner.TICKET})
_ANSWERS: Final = {Owner.BOT: Sender.BOT, Owner.AGENT: Sender.AGENT}
_CLOCKS: Final = {Owner.BOT: Clock.BOT, Owner.AGENT: Clock.AGENT}


def clocks(
    entries: Sequence[Entry], events: Sequence[HandoverEvent], *, until: datetime
) -> dict[Clock, float]:
    """Return the seconds that each side took, up to `until` or to the end."""
    total = dict.fromkeys(Clock, 0.0)
    owner, waits = Owner.BOT, False
    last: datetime | None = None
    for at, happened in _in_order(entries, events, until):
        if last is not None and (whose := _whose(owner, waits=waits)) is not None:
            total[whose] += max(0.0, (at - last).total_seconds())
        last = at
        if isinstance(happened, HandoverEvent):
            owner = happened.after
            # Whoever joins has to speak first.
            waits = owner is Owner.AGENT
        elif isinstance(happened, Entry):
            waits = _waits(happened.sender, owner, waits=waits)
    return total


def _in_order(
    entries: Iterable[Entry], events: Iterable[HandoverEvent], until: datetime
) -> list[tuple[datetime, Entry | HandoverEvent | None]]:
    happened: list[tuple[datetime, Entry | HandoverEvent | None]] = [
        *((entry.at, entry) for entry in entries),
        *((event.at, event) for event in events),
        (until, None),
    ]
    return sorted((one for one in happened if one[0] <= until), key=lambda one: one[0])


def _whose(owner: Owner, *, waits: bool) -> Clock | None:
    if owner is Owner.CLOSED:
        return None
    if owner in _QUEUE:
        return Clock.QUEUE
    return _CLOCKS.get(owner, Clock.CUSTOMER) if waits else Clock.CUSTOMER


def _waits(sender: Sender, owner: Owner, *, waits: bool) -> bool:
    if sender is Sender.CUSTOMER:
        return True
    return waits and sender is not _ANSWERS.get(owner)
