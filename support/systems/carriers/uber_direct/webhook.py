"""Uber Direct's webhook.

Signed with an HMAC-SHA256 of the body in hexadecimal digits
(developer.uber.com/docs/deliveries/guides/webhooks). Its parcel is known by Uber's own id and by
the one that the shop gave it; an order may have either as tracking number. What goes back to the
store is a delivery of its own: of the kind event.delivery_return, with an id that begins with ret_,
or with the first delivery as its original. Being delivered it is returned. A delivery that has such
a return, or that says why it could not be made, was not handed over, whatever else it says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from support.systems.carriers.lenient import Part, Text, object_or_none, objects, time_of
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.notices import Notice, NoticeUnreadable
from support.systems.carriers.registry import UBER_DIRECT, normalised_number
from support.systems.carriers.signatures import hmac_sha256_hex, mark_of, same
from support.systems.carriers.uber_direct.mapping import (
    GOING_BACK,
    NOT_MADE,
    SENT_BACK,
    STATUS_OF,
    WORDS,
)

_HEADERS: Final = ("x-uber-signature", "x-postmates-signature")
_STATUS: Final = "event.delivery_status"
_RETURN: Final = "event.delivery_return"
_RETURN_ID: Final = "ret_"
_LEFT: Final = "leave_at_door"
_ENDS: Final = frozenset({CarrierStatus.DELIVERED, CarrierStatus.CANCELLED})


class _Related(Part):
    relationship: Text = None


class _Delivery(Part):
    status: Text = None
    external_id: Text = None
    updated: Text = None
    undeliverable_action: Text = None
    undeliverable_reason: Text = None
    related_deliveries: Annotated[list[_Related], BeforeValidator(objects)] = Field(
        default_factory=list
    )

    def is_related_to(self, beginning: str) -> bool:
        """Whether there is a related delivery of this relationship."""
        return any(
            (one.relationship or "").startswith(beginning) for one in self.related_deliveries
        )

    @property
    def was_not_made(self) -> bool:
        """Whether the courier gave up on it; left at the door it was made."""
        return bool(self.undeliverable_reason) and self.undeliverable_action != _LEFT


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
    status, words = STATUS_OF.get(code, CarrierStatus.UNKNOWN), WORDS.get(code, code)
    data = event.data or _Delivery()
    if _is_going_back(event, data) and status is not CarrierStatus.UNKNOWN:
        status, words = CarrierStatus.RETURNED, GOING_BACK
    elif status in _ENDS and data.is_related_to("return"):
        status, words = CarrierStatus.RETURNED, SENT_BACK
    elif status is CarrierStatus.DELIVERED and data.was_not_made:
        status, words = CarrierStatus.FAILED, NOT_MADE
    scan = TrackingEvent(at, words, None, status)
    deciding = None if status is CarrierStatus.UNKNOWN else scan
    number = normalised_number("")
    unmapped = None if code in STATUS_OF else code
    return TrackingReport(UBER_DIRECT, number, status, at, (scan,), deciding, unmapped=unmapped)


def _is_going_back(event: _Event, data: _Delivery) -> bool:
    is_return = event.kind == _RETURN or (event.delivery_id or "").startswith(_RETURN_ID)
    return is_return or data.is_related_to("original")


def _event(body: bytes) -> _Event:
    try:
        payload = json.loads(body)
        if isinstance(payload, dict) and "kind" in payload:
            return _Event.model_validate(payload)
    except (ValueError, RecursionError) as error:
        raise NoticeUnreadable("uber_direct: no readable JSON") from error
    raise NoticeUnreadable("uber_direct: not a notice")
