"""The real systems, chosen in one place."""

from dataclasses import dataclass

import httpx
from redis.asyncio import Redis

from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.vendors import live_carriers
from support.systems.cases.http import HttpCaseSystem
from support.systems.cases.interface import CaseSystem
from support.systems.marketplace.http import HttpMarketplace
from support.systems.marketplace.interface import Marketplace
from support.systems.notifications.http import HttpNotifications
from support.systems.notifications.interface import Notifications
from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.interface import OrderSystem
from support.systems.settings import SystemsSettings


@dataclass(frozen=True, slots=True)
class LiveSystems:
    """The systems of a running process, with the connections they share. Must be closed."""

    orders: OrderSystem
    carriers: CarrierDirectory
    cases: CaseSystem
    marketplace: Marketplace
    notifications: Notifications
    client: httpx.AsyncClient

    async def close(self) -> None:
        """Close the connections."""
        await self.carriers.aclose()
        await self.client.aclose()


def live_systems(settings: SystemsSettings, redis: Redis) -> LiveSystems:
    """Return the systems that the settings name; nothing is connected before the first use."""
    client = httpx.AsyncClient(follow_redirects=False, trust_env=False)
    carriers = live_carriers(settings, client, redis)
    return LiveSystems(
        orders=HttpOrderSystem(
            client, str(settings.order_system_url), settings.order_system_key.get_secret_value()
        ),
        carriers=carriers,
        cases=HttpCaseSystem(
            client, str(settings.case_system_url), settings.case_system_key.get_secret_value()
        ),
        marketplace=HttpMarketplace(
            client, str(settings.marketplace_url), settings.marketplace_key.get_secret_value()
        ),
        notifications=HttpNotifications(
            client, str(settings.notifications_url), settings.notifications_key.get_secret_value()
        ),
        client=client,
    )
