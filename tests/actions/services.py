"""What actions work with in tests: systems in memory, a fixed clock, no waiting."""

from datetime import datetime, timedelta

from redis.asyncio import Redis

from actions.services import Services
from support.identification import Identification
from support.knowledge.disruptions import Disruptions
from support.knowledge.library import Library
from support.state.attempts import Attempts
from support.state.follow_ups import FollowUps
from support.state.identity import VerifiedOrders
from support.systems.carriers.memory import MemoryCarriers
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.marketplace.memory import MemoryMarketplace
from support.systems.notifications.memory import MemoryNotifications
from support.systems.orders.memory import MemoryOrderSystem
from support.systems.orders.models import Order
from tests.knowledge import library
from tests.orders import NOW


def services_for_tests(
    *orders: Order,
    redis: Redis | None = None,
    carriers: MemoryCarriers | None = None,
    knowledge: Library | None = None,
) -> Services:
    """Return services that know these orders. Nothing is connected before the first use."""
    redis = redis or Redis(host="127.0.0.1", port=1)
    system = MemoryOrderSystem(orders)
    verified = VerifiedOrders(redis)
    return Services(
        orders=system,
        carriers=carriers or MemoryCarriers(),
        verified=verified,
        identification=Identification(
            orders=system,
            verified=verified,
            attempts=Attempts(redis),
            now=now,
            sleep=_no_waiting,
            pace=timedelta(milliseconds=1),
        ),
        knowledge=knowledge or library(),
        disruptions=Disruptions(now=now),
        cases=MemoryCaseSystem(now),
        marketplace=MemoryMarketplace(now=now),
        notifications=MemoryNotifications(),
        follow_ups=FollowUps(redis),
        now=now,
        close=redis.aclose,
    )


def now() -> datetime:
    """Return the tests' fixed time."""
    return NOW


async def _no_waiting(_seconds: float) -> None:
    return
