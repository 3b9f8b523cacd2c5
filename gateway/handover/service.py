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
from gateway.handover.outside import OutsideSide
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
    what time does, and `store` reads single conversations. `outside` acts for agents who work at
    the desk of another product.
    """

    store: HandoverStore
    duty: Duty
    lookout: Lookout
    customers: CustomerSide
    agents: AgentSide
    outside: OutsideSide
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
        has_outside_desk: bool = False,
    ) -> "Handover":
        """Return the handover on this Redis.

        With `has_outside_desk` nobody is offered to agents of our own page.
        """
        store = HandoverStore(redis, log, limits)
        duty = Duty(redis, limits)
        lookout = Lookout(store, duty, hours, outside=has_outside_desk)
        return cls(
            store=store,
            duty=duty,
            lookout=lookout,
            customers=CustomerSide(store, duty, lookout, clock),
            agents=AgentSide(store, duty, lookout, clock),
            outside=OutsideSide(store, clock),
            routine=Routine(store, duty, lookout, clock),
        )
