"""What actions work with. `live_services` is the one place where real systems are chosen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.settings import ActionsSettings
from support.identification import Identification
from support.knowledge.disruptions import Disruptions
from support.knowledge.library import Library
from support.redis_client import connect
from support.state.attempts import Attempts, limits_within
from support.state.follow_ups import FollowUps
from support.state.identity import VerifiedOrders
from support.systems.carriers.interface import Carriers
from support.systems.cases.interface import CaseSystem
from support.systems.live import live_systems
from support.systems.marketplace.interface import Marketplace
from support.systems.notifications.interface import Notifications
from support.systems.orders.interface import OrderSystem
from support.times import utc_now

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything outside an action. Tests pass in-memory versions."""

    orders: OrderSystem
    carriers: Carriers
    verified: VerifiedOrders
    identification: Identification
    knowledge: Library
    disruptions: Disruptions
    cases: CaseSystem
    marketplace: Marketplace
    notifications: Notifications
    follow_ups: FollowUps
    now: Clock
    close: Callable[[], Awaitable[None]]


def live_services(settings: ActionsSettings) -> Services:
    """Return the services of the running process; nothing is connected before the first use.

    What staff have written is read now: raises KnowledgeInvalid.
    """
    knowledge = Library.read(*settings.knowledge_folders)
    disruptions = Disruptions(*settings.knowledge_folders)
    redis = connect(settings.redis_url)
    systems = live_systems(settings, redis)
    verified = VerifiedOrders(redis, session=timedelta(minutes=settings.identity_minutes))

    async def close() -> None:
        await systems.close()
        await redis.aclose()

    return Services(
        orders=systems.orders,
        carriers=systems.carriers,
        verified=verified,
        identification=Identification(
            orders=systems.orders,
            verified=verified,
            attempts=Attempts(redis, limits_within(settings.identity_failures_window)),
            now=utc_now,
        ),
        knowledge=knowledge,
        disruptions=disruptions,
        cases=systems.cases,
        marketplace=systems.marketplace,
        notifications=systems.notifications,
        follow_ups=FollowUps(redis),
        now=utc_now,
        close=close,
    )
