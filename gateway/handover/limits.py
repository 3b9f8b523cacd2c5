"""How long things may take, and when each conversation has to be looked at next. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.handover.models import AgentId, Held, is_outside
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

    @property
    def outside_wait(self) -> timedelta:
        """How long an outside desk may leave somebody waiting."""
        return 2 * self.queue_wait

    def silence_of(self, agent_id: AgentId | None) -> timedelta:
        """How long a customer waits for an agent's answer before somebody else is asked.

        At an outside desk nobody sees our clock, so it is as long as a place in the queue may take.
        """
        return self.queue_wait if is_outside(agent_id) else self.agent_silence


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
            silence = limits.silence_of(handling.agent)
            since = max(held.waiting_since, handling.worked_at or held.waiting_since)
            return Due(since + silence, OwnershipEvent.AGENT_LOST)
        case Owner.AGENT:
            last = max(handling.since, held.spoke_at or handling.since)
            return Due(last + limits.customer_silence, OwnershipEvent.CUSTOMER_SILENT)
        case _:
            return None
