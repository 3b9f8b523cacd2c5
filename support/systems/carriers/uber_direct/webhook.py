"""Uber Direct's webhook.

Signed with an HMAC-SHA256 of the body in hexadecimal digits
(developer.uber.com/docs/deliveries/guides/webhooks). Its parcel is known by Uber's own id and by
the one that the shop gave it; an order may have either as tracking number. What goes back to the
store is a delivery of its own, of the kind event.delivery_return or with an id that begins with
ret_: being delivered it is returned.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Final

from pydantic import BeforeValidator

from support.systems.carriers.lenient import Part, Text, object_or_none, time_of
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.notices import Notice, NoticeUnreadable
from support.systems.carriers.registry import UBER_DIRECT, normalised_number
from support.systems.carriers.signatures import hmac_sha256_hex, mark_of, same
from support.systems.carriers.uber_direct.mapping import STATUS_OF, WORDS

_HEADERS: Final = ("x-uber-signature", "x-postmates-signature")
_STATUS: Final = "event.delivery_status"
_RETURN: Final = "event.delivery_return"
_GOING_BACK: Final = "ret_"


class _Delivery(Part):
    status: Text = None
    external_id: Text = None
    updated: Text = None


class _Event(Part):
    id: Text = None
    kind: Text = None
    status: Text = None
    created: Text = None
    delivery_id: Text = None
    data: Annotated[_Delivery | None, BeforeValidator(object_or_none)] = None


@dataclass(frozen=True, slots=True)
class UberDirectWebhook:
    """Reads notices that were signed with this key."""

    key: str = field(repr=False)
    name: str = "uber_direct"

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the signature holds."""
        expected = hmac_sha256_hex(self.key, body)
        return any(same(headers.get(name), expected) for name in _HEADERS)

    def read(self, body: bytes, now: datetime) -> Notice:
        """Return what it says; where the courier is meanwhile is nothing that is told."""
        event = _event(body)
        data = event.data or _Delivery()
        at = time_of(event.created) or time_of(data.updated) or now
        mark = event.id or mark_of(body)
        code = (event.status or data.status or "").casefold()
        if event.kind not in {_STATUS, _RETURN} or not code:
            return Notice(mark, at)
        report = _report(event, code, at)
        numbers = dict.fromkeys(filter(None, (event.delivery_id, data.external_id)))
        reports = (replace(report, number=normalised_number(one)) for one in numbers)
        return Notice(mark, at, tuple(reports))


def _report(event: _Event, code: str, at: datetime) -> TrackingReport:
    status = STATUS_OF.get(code, CarrierStatus.UNKNOWN)
    back = event.kind == _RETURN or (event.delivery_id or "").startswith(_GOING_BACK)
    if back and status is not CarrierStatus.UNKNOWN:
        status = CarrierStatus.RETURNED
    words = "On its way back to the store" if back else WORDS.get(code, code)
    scan = TrackingEvent(at, words, None, status)
    deciding = None if status is CarrierStatus.UNKNOWN else scan
    number = normalised_number("")
    unmapped = None if code in STATUS_OF else code
    return TrackingReport(UBER_DIRECT, number, status, at, (scan,), deciding, unmapped=unmapped)


def _event(body: bytes) -> _Event:
    try:
        payload = json.loads(body)
        if isinstance(payload, dict) and "kind" in payload:
            return _Event.model_validate(payload)
    except (ValueError, RecursionError) as error:
        raise NoticeUnreadable("uber_direct: no readable JSON") from error
    raise NoticeUnreadable("uber_direct: not a notice")
