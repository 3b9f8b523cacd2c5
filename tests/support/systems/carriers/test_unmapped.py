"""Words for a status that no table has: logged once, and what is known stands."""

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from support.ids import TrackingNumber
from support.systems.carriers.aftership.models import Tracking
from support.systems.carriers.aftership.reading import report_of as aftership_report
from support.systems.carriers.aftership.webhook import AfterShipWebhook
from support.systems.carriers.australia_post.models import Result
from support.systems.carriers.australia_post.reading import report_of as australia_post_report
from support.systems.carriers.doordash.webhook import DoorDashWebhook
from support.systems.carriers.interface import Asked
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.notices import Notices, NoticeSource, Received
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.carriers.uber_direct.webhook import UberDirectWebhook
from support.systems.carriers.unmapped import UNMAPPED, UnmappedCodes

NUMBER = TrackingNumber("JDQ019457101000930308")
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=3)
SCAN = TrackingEvent(EARLIER, "Onboard for delivery", None, CarrierStatus.OUT_FOR_DELIVERY)
KNOWN = TrackingReport(
    AUSTRALIA_POST, NUMBER, CarrierStatus.OUT_FOR_DELIVERY, EARLIER, (SCAN,), SCAN
)
UNKNOWN = TrackingReport(AUSTRALIA_POST, NUMBER, CarrierStatus.UNKNOWN, NOW, unmapped="Quantum")


def australia_post(status: str | None, *scans: dict[str, str]) -> TrackingReport:
    body = {
        "tracking_id": NUMBER,
        "trackable_items": [{"article_id": NUMBER, "status": status, "events": list(scans)}],
    }
    return australia_post_report(
        [Result.model_validate(body)], carrier=AUSTRALIA_POST, number=NUMBER, now=NOW
    )


def aftership(tag: str | None, subtag: str | None, scan: Any = None) -> TrackingReport:
    body = {"tag": tag, "subtag": subtag, "checkpoints": scan}
    return aftership_report(
        Tracking.model_validate(body), carrier=AUSTRALIA_POST, number=NUMBER, now=NOW
    )


@pytest.mark.parametrize(
    ("report", "unmapped"),
    [
        (australia_post("Quantum"), "Quantum"),
        (australia_post("In transit"), None),
        (australia_post("Unknown"), None),
        (australia_post("Article damaged"), None),
        (australia_post(None), None),
        (aftership("Quantum", None), "Quantum"),
        (aftership("Exception", "Exception_099"), "Exception_099"),
        (aftership("Exception", "Exception_012"), None),
        (aftership("Exception", None), None),
        (aftership("Expired", "Expired_001"), None),
        (aftership("InTransit", "InTransit_099"), None),
        (aftership(None, None), None),
    ],
)
def test_a_word_is_unmapped_that_no_table_has(report: TrackingReport, unmapped: str | None) -> None:
    assert report.unmapped == unmapped


@pytest.mark.parametrize(
    "report",
    [
        australia_post(
            "Quantum",
            {"description": "Onboard for delivery", "date": "2026-11-24T09:00:00+11:00"},
        ),
        aftership(
            "Quantum",
            None,
            {
                "tag": "OutForDelivery",
                "message": "On board",
                "checkpoint_time": "2026-11-24T09:00:00+11:00",
            },
        ),
    ],
    ids=["australia_post", "aftership"],
)
async def test_the_scans_beside_an_unmapped_word_stay_known(
    redis: Redis, report: TrackingReport
) -> None:
    last_known = LastKnown(redis)
    await last_known.remember(KNOWN)

    told = await last_known.keep(Asked(AUSTRALIA_POST, NUMBER), report)

    assert isinstance(told, TrackingReport)
    assert told.status is CarrierStatus.UNKNOWN
    assert [scan.status for scan in told.events] == [CarrierStatus.OUT_FOR_DELIVERY]


async def test_an_unmapped_word_alone_leaves_what_was_known_with_its_time(redis: Redis) -> None:
    last_known = LastKnown(redis)
    await last_known.remember(KNOWN)

    told = await last_known.keep(Asked(AUSTRALIA_POST, NUMBER), UNKNOWN)

    assert told == replace(KNOWN, looked_up_at=NOW)
    assert await last_known.report(AUSTRALIA_POST, NUMBER) == told


async def test_where_nothing_is_known_an_unmapped_word_stays_unknown(redis: Redis) -> None:
    last_known = LastKnown(redis)

    assert await last_known.keep(Asked(AUSTRALIA_POST, NUMBER), UNKNOWN) == UNKNOWN


def test_each_word_is_logged_once() -> None:
    codes = UnmappedCodes()
    with capture_logs() as logs:
        for code in ("teleported", "teleported", "lost_in_space"):
            codes.note(AUSTRALIA_POST, code)

    assert [(log["event"], log["code"]) for log in logs] == [
        ("carrier_code_unmapped", "teleported"),
        ("carrier_code_unmapped", "lost_in_space"),
    ]


@pytest.mark.parametrize("text", ["Left with 0412345678", "a@b.au", "x" * 100])
def test_what_is_no_code_is_not_logged_as_it_stands(text: str) -> None:
    with capture_logs() as logs:
        UnmappedCodes().note(AUSTRALIA_POST, text)

    assert [log["code"] for log in logs] == ["no code"]


def test_the_log_does_not_grow_without_end() -> None:
    codes = UnmappedCodes()
    letters = "abcdefghijklmnopqrstuvwxyz"
    with capture_logs() as logs:
        for first, second in itertools.product(letters, letters):
            codes.note(AUSTRALIA_POST, first + second)

    assert len(logs) == 500


def uber(code: str, at: datetime) -> bytes:
    return json.dumps(
        {
            "id": f"evt_{code}",
            "kind": "event.delivery_status",
            "status": code,
            "created": at.isoformat(),
            "delivery_id": NUMBER,
        }
    ).encode()


def doordash(code: str, at: datetime) -> bytes:
    told = {"event_name": code, "external_delivery_id": NUMBER, "created_at": at.isoformat()}
    return json.dumps(told).encode()


def aftership_notice(code: str, at: datetime) -> bytes:
    scan = {"tag": code, "message": "Scan", "checkpoint_time": at.isoformat()}
    told = {"tracking_number": NUMBER, "slug": "dhl", "tag": code, "checkpoints": [scan]}
    return json.dumps({"event_id": code, "ts": at.timestamp(), "msg": told}).encode()


Body = Callable[[str, datetime], bytes]
VENDORS: tuple[tuple[NoticeSource, Body, str, str], ...] = (
    (UberDirectWebhook("k"), uber, "dropoff", "courier_teleported"),
    (DoorDashWebhook("k"), doordash, "DASHER_PICKED_UP", "DASHER_TELEPORTED"),
    (AfterShipWebhook("k"), aftership_notice, "OutForDelivery", "Quantum"),
)


@pytest.mark.parametrize("overtaken", [False, True], ids=["in order", "overtaken"])
@pytest.mark.parametrize(("source", "body", "known", "unmapped"), VENDORS)
async def test_a_notice_with_an_unmapped_code_leaves_the_last_status_with_its_time(
    redis: Redis, source: NoticeSource, body: Body, known: str, unmapped: str, *, overtaken: bool
) -> None:
    notices = Notices(LastKnown(redis))
    told = [source.read(body(known, EARLIER), NOW), source.read(body(unmapped, NOW), NOW)]

    became = [
        await notices.receive(source.name, one, NOW)
        for one in (reversed(told) if overtaken else told)
    ]

    (first,) = told[0].reports
    report = await LastKnown(redis).report(first.carrier, first.number)
    assert report is not None
    assert (report.status, report.looked_up_at) == (CarrierStatus.OUT_FOR_DELIVERY, EARLIER)
    assert report.deciding_event == first.events[0]
    assert became == [Received.KEPT, Received.KEPT if overtaken else Received.UNMAPPED]


@pytest.mark.parametrize(("source", "body", "known", "unmapped"), VENDORS)
async def test_a_notice_with_an_unmapped_code_is_logged_by_its_code(
    redis: Redis, source: NoticeSource, body: Body, known: str, unmapped: str
) -> None:
    del known
    UNMAPPED.seen.clear()
    notices = Notices(LastKnown(redis))

    with capture_logs() as logs:
        for minutes in (2, 1):
            at = NOW - timedelta(minutes=minutes)
            await notices.receive(source.name, source.read(body(unmapped, at), NOW), NOW)

    codes = [log["code"] for log in logs if log["event"] == "carrier_code_unmapped"]
    assert codes == [unmapped]
