"""How long after a customer's last message a channel lets us write freely. Pure.

Source: Meta, "Customer service windows" (WhatsApp) and "Standard messaging" (Messenger): 24 hours.
"""

from datetime import datetime, timedelta
from typing import Final

REPLY_WINDOW: Final = timedelta(hours=24)
_WITH_WINDOW: Final = frozenset({"whatsapp", "messenger"})


def window_end(channel: str, last_heard_at: datetime | None) -> datetime | None:
    """Return when the window ends; None where the channel has none, or nothing was written yet."""
    if channel not in _WITH_WINDOW or last_heard_at is None:
        return None
    return last_heard_at + REPLY_WINDOW


def is_open(channel: str, last_heard_at: datetime | None, *, now: datetime) -> bool:
    """Say whether anything may be written now, not only what was approved beforehand."""
    if channel not in _WITH_WINDOW:
        return True
    return last_heard_at is not None and now < last_heard_at + REPLY_WINDOW
