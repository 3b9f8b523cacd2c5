"""AfterShip, an aggregator: it is asked about every carrier that has no interface of its own."""

import hashlib
from datetime import timedelta

import httpx

from support.systems.carriers.aftership.adapter import AfterShipTracking
from support.systems.carriers.aftership.webhook import AfterShipWebhook
from support.systems.carriers.connection import Connection
from support.systems.settings import SystemsSettings, WebhookSettings


def connect(settings: SystemsSettings, client: httpx.AsyncClient) -> Connection | None:
    """Return the aggregator; None without its key."""
    if settings.aftership_key is None:
        return None
    key = settings.aftership_key.get_secret_value()
    return Connection(
        AfterShipTracking(client, str(settings.aftership_url), key),
        account=hashlib.sha256(key.encode()).hexdigest()[:12],
        calls=settings.aftership_calls_per_second,
        period=timedelta(seconds=1),
    )


def webhook(settings: WebhookSettings) -> AfterShipWebhook | None:
    """Return its webhook; None without its secret."""
    secret = settings.aftership_webhook_secret
    return AfterShipWebhook(secret.get_secret_value()) if secret else None
