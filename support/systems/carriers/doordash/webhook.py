"""DoorDash Drive's webhook.

DoorDash signs nothing: it shows an Authorization header (Basic or a fixed token) that is chosen
when the webhook is set up in its portal. Notices have no id, so the body is their mark, and are
known by the id that the shop gave the delivery.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from pydantic import AliasChoices, Field

from support.systems.carriers.doordash.mapping import STATUS_OF, WORDS
from support.systems.carriers.lenient import Part, Text, time_of
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.notices import Notice, NoticeUnreadable
from support.systems.carriers.registry import DOORDASH, normalised_number
from support.systems.carriers.signatures import mark_of, same


class _Event(Part):
    name: Text = Field(None, validation_alias=AliasChoices("event_name", "event_type"))
    external_delivery_id: Text = None
    dropoff_time_actual: Text = None
    pickup_time_actual: Text = None
    updated_at: Text = None
    created_at: Text = None


_OWN_TIME: Final = MappingProxyType(
    {"DASHER_DROPPED_OFF": "dropoff_time_actual", "DASHER_PICKED_UP": "pickup_time_actual"}
)


@dataclass(frozen=True, slots=True)
class DoorDashWebhook:
    """Reads notices that show this Authorization header."""

    authorization: str = field(repr=False)
    name: str = "doordash"

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the header is the one that was agreed."""
        del body
        return same(headers.get("authorization"), self.authorization)

    def read(self, body: bytes, now: datetime) -> Notice:
        """Return what it says."""
        event = _event(body)
        code = (event.name or "").upper()
        at = _time(event, code) or now
        if not event.external_delivery_id or not code:
            return Notice(mark_of(body), at)
        status = STATUS_OF.get(code, CarrierStatus.UNKNOWN)
        scan = TrackingEvent(at, WORDS.get(code, code), None, status)
        deciding = None if status is CarrierStatus.UNKNOWN else scan
        number = normalised_number(event.external_delivery_id)
        unmapped = None if code in STATUS_OF else code
        report = TrackingReport(DOORDASH, number, status, at, (scan,), deciding, unmapped=unmapped)
        return Notice(mark_of(body), at, (report,))


def _time(event: _Event, code: str) -> datetime | None:
    own = getattr(event, _OWN_TIME[code]) if code in _OWN_TIME else None
    return next(filter(None, map(time_of, (own, event.updated_at, event.created_at))), None)


def _event(body: bytes) -> _Event:
    try:
        payload = json.loads(body)
        if isinstance(payload, dict) and payload.keys() & {"event_name", "event_type"}:
            return _Event.model_validate(payload)
    except (ValueError, RecursionError) as error:
        raise NoticeUnreadable("doordash: no readable JSON") from error
    raise NoticeUnreadable("doordash: not a notice")
