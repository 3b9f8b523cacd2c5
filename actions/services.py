"""What actions work with. `live_services` is the one place where real systems are chosen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.settings import ActionsSettings
from support.decisions.business_days import BusinessDays
from support.decisions.published import Publications
from support.identification import Identification
from support.knowledge.disruptions import Disruptions
from support.knowledge.library import Library
from support.one_time_codes import OneTimeCodes
from support.places.localities import localities
from support.places.regions import NO_REGIONS, Regions, read_regions
from support.places.states import State
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
    codes: OneTimeCodes
    knowledge: Library
    disruptions: Disruptions
    cases: CaseSystem
    marketplace: Marketplace
    notifications: Notifications
    follow_ups: FollowUps
    now: Clock
    close: Callable[[], Awaitable[None]]
    regions: Regions = field(default_factory=lambda: NO_REGIONS)

    @property
    def publications(self) -> Publications:
        """What has been published, with the retailer's delivery regions."""
        return Publications(self.knowledge, self.regions)


def live_services(settings: ActionsSettings) -> Services:
    """Return the services of the running process; nothing is connected before the first use.

    What staff have written is read now: raises KnowledgeInvalid.
    """
    _read_what_is_slow()
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
        codes=OneTimeCodes(redis, systems.notifications, verified, settings.one_time_code_key),
        knowledge=knowledge,
        disruptions=disruptions,
        cases=systems.cases,
        marketplace=systems.marketplace,
        notifications=systems.notifications,
        follow_ups=FollowUps(redis),
        now=utc_now,
        close=close,
        regions=read_regions(settings.regions_file) if settings.regions_file else NO_REGIONS,
    )


def _read_what_is_slow() -> None:
    """Read the places and the holidays before the first customer waits for them."""
    localities()
    BusinessDays(frozenset(State)).is_holiday(utc_now().date())
