"""The vendors that are connected: one line for each folder, by what it can do.

Each `connect` and `webhook` returns None where its settings are not given.
"""

from collections.abc import Callable, Mapping
from typing import Final

import httpx
from redis.asyncio import Redis

from support.ids import CarrierId
from support.systems.carriers import aftership, australia_post, doordash, uber_direct
from support.systems.carriers.batching import Batching
from support.systems.carriers.budget import CallBudget
from support.systems.carriers.connection import Connection
from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.last_known import NOT_FOUND_FOR, LastKnown
from support.systems.carriers.notices import NoticeSource
from support.systems.settings import SystemsSettings, WebhookSettings

VENDORS: Final[tuple[Callable[[SystemsSettings, httpx.AsyncClient], Connection | None], ...]] = (
    australia_post.connect,
    aftership.connect,
)
"""Those that are asked."""

WEBHOOKS: Final[tuple[Callable[[WebhookSettings], NoticeSource | None], ...]] = (
    aftership.webhook,
    uber_direct.webhook,
    doordash.webhook,
)
"""Those that tell by themselves."""


def notice_sources(settings: WebhookSettings) -> Mapping[str, NoticeSource]:
    """Return the webhooks whose settings are given, by name."""
    sources = (webhook(settings) for webhook in WEBHOOKS)
    return {source.name: source for source in sources if source is not None}


def live_carriers(
    settings: SystemsSettings, client: httpx.AsyncClient, redis: Redis
) -> CarrierDirectory:
    """Return all carriers whose vendors' settings are given."""
    most = settings.carrier_fresh_at_most
    last_known = LastKnown(redis, NOT_FOUND_FOR if most is None else min(NOT_FOUND_FOR, most))
    sources: dict[CarrierId, Batching] = {}
    others: Batching | None = None
    for connect in VENDORS:
        connection = connect(settings, client)
        if connection is None:
            continue
        source = _source(connection, last_known, settings)
        sources.update(dict.fromkeys(connection.carriers, source))
        others = others if connection.carriers else source
    return CarrierDirectory(sources, last_known, others, fresh_at_most=most)


def _source(connection: Connection, last_known: LastKnown, settings: SystemsSettings) -> Batching:
    budget = CallBudget(
        last_known.redis,
        f"{connection.adapter.system}:{connection.account}",
        connection.calls,
        connection.period,
        settings.carrier_pause,
    )
    return Batching(connection.adapter, budget, last_known.keep)
