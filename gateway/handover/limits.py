"""How long things may take, and when each conversation has to be looked at next. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.handover.models import Held
from gateway.ownership import Owner, OwnershipEvent


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may take, and how many may wait."""

    reservation: timedelta = timedelta(seconds=20)
    agent_silence: timedelta = timedelta(seconds=120)
    heartbeat: timedelta = timedelta(seconds=45)
    customer_silence: timedelta = timedelta(minutes=10)
    queue_wait: timedelta = timedelta(minutes=15)
    nobody: timedelta = timedelta(minutes=2)
    queue_length: int = 50


@dataclass(frozen=True, slots=True)
class Due:
    """What happens to a conversation, and when, unless something else happens before."""

    at: datetime
    event: OwnershipEvent


def next_due(held: Held, limits: Limits) -> Due | None:
    """Return what time alone will do to a conversation; None where it does nothing."""
    handling = held.handling
    match held.owner:
        case Owner.RESERVED:
            return Due(handling.since + limits.reservation, OwnershipEvent.RESERVATION_EXPIRED)
        case Owner.QUEUED if not handling.ticket_offered:
            began = handling.queued_at or handling.since
            return Due(began + limits.queue_wait, OwnershipEvent.WAITED_LONG)
        case Owner.AGENT if held.waiting_since is not None and not held.stopped:
            return Due(held.waiting_since + limits.agent_silence, OwnershipEvent.AGENT_LOST)
        case Owner.AGENT:
            last = max(handling.since, held.spoke_at or handling.since)
            return Due(last + limits.customer_silence, OwnershipEvent.CUSTOMER_SILENT)
        case _:
            return None
