"""Uber Direct, which is not asked: it tells by webhook."""

from support.systems.carriers.uber_direct.webhook import UberDirectWebhook
from support.systems.settings import WebhookSettings


def webhook(settings: WebhookSettings) -> UberDirectWebhook | None:
    """Return its webhook; None without its signing key."""
    key = settings.uber_direct_webhook_key
    return UberDirectWebhook(key.get_secret_value()) if key else None
