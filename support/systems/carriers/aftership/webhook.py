"""AfterShip's webhook.

Signed with an HMAC-SHA256 of the body in Base64
(www.aftership.com/docs/tracking/webhook/webhook-signature); accounts differ in the header's name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from support.systems.carriers.aftership.mapping import PENDING, carrier_of
from support.systems.carriers.aftership.models import Event
from support.systems.carriers.aftership.reading import report_of
from support.systems.carriers.lenient import time_of
from support.systems.carriers.notices import Notice, NoticeUnreadable
from support.systems.carriers.registry import normalised_carrier, normalised_number
from support.systems.carriers.signatures import hmac_sha256_base64, mark_of, same

_HEADERS: Final = ("aftership-hmac-sha256", "as-signature-hmac-sha256")


@dataclass(frozen=True, slots=True)
class AfterShipWebhook:
    """Reads notices that were signed with this secret."""

    secret: str = field(repr=False)
    name: str = "aftership"

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the signature holds."""
        expected = hmac_sha256_base64(self.secret, body)
        return any(same(headers.get(name), expected) for name in _HEADERS)

    def read(self, body: bytes, now: datetime) -> Notice:
        """Return what it says."""
        event = _event(body)
        at = _time(event.ts) or now
        mark = event.event_id or mark_of(body)
        tracking = event.msg
        if tracking is None or not (tracking.tracking_number and tracking.slug):
            return Notice(mark, at)
        if tracking.tag == PENDING:
            return Notice(mark, at)
        report = report_of(
            tracking,
            carrier=normalised_carrier(carrier_of(tracking.slug)),
            number=normalised_number(tracking.tracking_number),
            now=min(at, now),
        )
        return Notice(mark, at, (report,))


def _event(body: bytes) -> Event:
    try:
        payload = json.loads(body)
        if isinstance(payload, dict) and "msg" in payload:
            return Event.model_validate(payload)
    except (ValueError, RecursionError) as error:
        raise NoticeUnreadable("aftership: no readable JSON") from error
    raise NoticeUnreadable("aftership: not a notice")


def _time(text: str | None) -> datetime | None:
    """Read a Unix time in seconds, as documented, or an ISO 8601 one."""
    try:
        return datetime.fromtimestamp(float(text or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return time_of(text)
