"""The real systems, chosen in one place."""

from dataclasses import dataclass

import httpx
from redis.asyncio import Redis

from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.vendors import live_carriers
from support.systems.cases.interface import CaseSystem
from support.systems.choices import case_system, marketplace, order_system
from support.systems.marketplace.interface import Marketplace
from support.systems.notifications.http import HttpNotifications
from support.systems.notifications.interface import Notifications
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
        orders=order_system(settings, client),
        carriers=carriers,
        cases=case_system(settings, client),
        marketplace=marketplace(settings, client),
        notifications=HttpNotifications(
            client, str(settings.notifications_url), settings.notifications_key.get_secret_value()
        ),
        client=client,
    )
