"""DoorDash Drive, which is not asked: it tells by webhook."""

from support.systems.carriers.doordash.webhook import DoorDashWebhook
from support.systems.settings import WebhookSettings


def webhook(settings: WebhookSettings) -> DoorDashWebhook | None:
    """Return its webhook; None without what it is to show."""
    shown = settings.doordash_webhook_authorization
    return DoorDashWebhook(shown.get_secret_value()) if shown else None
