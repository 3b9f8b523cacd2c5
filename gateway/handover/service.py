"""The handover as one thing: what customers, agents, time and the desk's pages can do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog
from gateway.handover.agents import AgentSide
from gateway.handover.customers import CustomerSide
from gateway.handover.duty import Duty
from gateway.handover.limits import Limits
from gateway.handover.outlook import Lookout
from gateway.handover.routine import Routine
from gateway.handover.store import HandoverStore
from support.decisions.opening_hours import OpeningHours
from support.times import utc_now

DEFAULT_LIMITS: Final = Limits()
HOURS_UNKNOWN: Final = OpeningHours()


@dataclass(frozen=True, slots=True)
class Handover:
    """The parts of the handover.

    `customers` and `agents` act, `duty` says who is there, `lookout` shows the desk, `routine` is
    what time does, and `store` reads single conversations.
    """

    store: HandoverStore
    duty: Duty
    lookout: Lookout
    customers: CustomerSide
    agents: AgentSide
    routine: Routine

    @classmethod
    def on(
        cls,
        redis: Redis,
        log: ConversationLog,
        *,
        limits: Limits = DEFAULT_LIMITS,
        hours: OpeningHours = HOURS_UNKNOWN,
        clock: Callable[[], datetime] = utc_now,
    ) -> "Handover":
        """Return the handover on this Redis."""
        store = HandoverStore(redis, log, limits)
        duty = Duty(redis, limits)
        lookout = Lookout(store, duty, hours)
        return cls(
            store=store,
            duty=duty,
            lookout=lookout,
            customers=CustomerSide(store, duty, lookout, clock),
            agents=AgentSide(store, duty, lookout, clock),
            routine=Routine(store, duty, lookout, clock),
        )
