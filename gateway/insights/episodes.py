"""Cuts what was said under one id into conversations: somebody may come back a week later. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from gateway.conversation_log import Entry, Sender
from gateway.handover import HandoverEvent
from gateway.ownership import Owner

_MAY_END: Final = frozenset({Owner.BOT, Owner.CLOSED})
"""Whoever waits for a person, or has one, is still in the same conversation."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One conversation: its messages, at least one, and the changes of owner within it."""

    entries: Sequence[Entry]
    events: Sequence[HandoverEvent]


def episodes(
    entries: Sequence[Entry], events: Sequence[HandoverEvent], *, quiet: timedelta
) -> list[Episode]:
    """Cut before each message of a customer's that follows a silence of `quiet` or longer."""
    groups: list[list[Entry]] = []
    for entry in entries:
        if not groups or _begins_anew(groups[-1], entry, events, quiet):
            groups.append([])
        groups[-1].append(entry)
    starts = [group[0].at for group in groups[1:]]
    bounds = zip([None, *starts], [*starts, None], strict=True)
    return [
        Episode(
            group,
            [
                event
                for event in events
                if (first is None or event.at >= first) and (last is None or event.at < last)
            ],
        )
        for group, (first, last) in zip(groups, bounds, strict=False)
    ]


def _begins_anew(
    before: Sequence[Entry], entry: Entry, events: Sequence[HandoverEvent], quiet: timedelta
) -> bool:
    if entry.sender is not Sender.CUSTOMER or entry.at - before[-1].at < quiet:
        return False
    owners = [event.after for event in events if event.at < entry.at]
    return not owners or owners[-1] in _MAY_END
