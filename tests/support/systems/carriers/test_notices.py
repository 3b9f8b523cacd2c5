"""Notices, whatever their order and whoever listens."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis
from redis.exceptions import RedisError

from support.ids import TrackingNumber
from support.systems.carriers.aftership.webhook import AfterShipWebhook
from support.systems.carriers.doordash.mapping import STATUS_OF as DOORDASH_STATUS
from support.systems.carriers.doordash.mapping import WORDS as DOORDASH_WORDS
from support.systems.carriers.doordash.webhook import DoorDashWebhook
from support.systems.carriers.interface import Asked
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.notices import Notice, Notices, NoticeSource, NoticeUnreadable
from support.systems.carriers.registry import UBER_DIRECT
from support.systems.carriers.uber_direct.mapping import STATUS_OF as UBER_STATUS
from support.systems.carriers.uber_direct.mapping import WORDS as UBER_WORDS
from support.systems.carriers.uber_direct.webhook import UberDirectWebhook

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NUMBER = TrackingNumber("DEL_1")
WAY = (
    CarrierStatus.PRE_TRANSIT,
    CarrierStatus.IN_TRANSIT,
    CarrierStatus.OUT_FOR_DELIVERY,
    CarrierStatus.DELIVERED,
)


def report(status: CarrierStatus, at: datetime) -> TrackingReport:
    scan = TrackingEvent(at, status.value, None, status)
    return TrackingReport(UBER_DIRECT, NUMBER, status, at, (scan,), scan)


def notice(place: int) -> Notice:
    at = NOW - timedelta(hours=5 - place)
    return Notice(f"evt_{place}", at, (report(WAY[place], at),))


class Followers:
    def __init__(self) -> None:
        self.hurried: list[TrackingNumber] = []

    async def hurry_parcel(self, number: TrackingNumber, *, now: datetime) -> None:
        assert now == NOW
        self.hurried.append(number)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
async def test_in_whatever_order_notices_come_the_last_word_stays(
    redis: Redis, order: tuple[int, ...]
):
    last_known = LastKnown(redis)
    notices = Notices(last_known)
    for place in (*order, *order):
        await notices.receive("uber_direct", notice(place), NOW)
    known = await last_known.report(UBER_DIRECT, NUMBER)
    assert known is not None
    assert known.status is CarrierStatus.DELIVERED


async def test_followers_are_hurried_also_when_it_comes_again_but_not_for_what_is_older(
    redis: Redis,
):
    followers = Followers()
    notices = Notices(LastKnown(redis), followers)
    for place in (2, 2, 1):
        await notices.receive("uber_direct", notice(place), NOW)
    assert followers.hurried == [NUMBER, NUMBER]


async def test_an_answer_we_asked_for_gives_way_to_a_later_notice(redis: Redis):
    last_known = LastKnown(redis)
    await Notices(last_known).receive("uber_direct", notice(3), NOW)
    polled = replace(report(WAY[1], NOW - timedelta(hours=4)), looked_up_at=NOW)
    told = await last_known.keep(Asked(UBER_DIRECT, NUMBER), polled)
    assert isinstance(told, TrackingReport)
    assert told.status is CarrierStatus.DELIVERED


async def test_a_carrier_may_take_back_what_it_answered_itself(redis: Redis):
    last_known = LastKnown(redis)
    delivered = report(CarrierStatus.DELIVERED, NOW - timedelta(hours=1))
    taken_back = report(CarrierStatus.IN_TRANSIT, NOW - timedelta(hours=3))
    await last_known.remember(delivered)
    assert await last_known.remember(taken_back) == taken_back
    assert await last_known.report(UBER_DIRECT, NUMBER) == taken_back


async def test_what_cannot_be_kept_is_not_said_to_be(absent_redis: Redis):
    with pytest.raises(RedisError):
        await Notices(LastKnown(absent_redis)).receive("uber_direct", notice(1), NOW)


@pytest.mark.parametrize(
    ("statuses", "words"), [(UBER_STATUS, UBER_WORDS), (DOORDASH_STATUS, DOORDASH_WORDS)]
)
def test_each_code_that_is_understood_has_words_for_customers(statuses: object, words: object):
    assert set(statuses) == set(words)  # type: ignore[call-overload]


_SOURCES: tuple[NoticeSource, ...] = (
    AfterShipWebhook("s"),
    UberDirectWebhook("k"),
    DoorDashWebhook("a"),
)
_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
_TEXTS = st.sampled_from(
    ["event.delivery_status", "delivered", "DASHER_DROPPED_OFF", "2026-11-24T01:00:00Z", "9e99"]
)
_NAMES = (
    *("kind", "status", "created", "delivery_id", "id", "data", "ts", "event", "event_id", "msg"),
    *("event_name", "external_delivery_id", "created_at", "tracking_number", "slug", "tag"),
    *("subtag", "checkpoints"),
)
_BODIES = st.dictionaries(
    st.sampled_from(_NAMES),
    _TEXTS | _ODD | st.dictionaries(st.sampled_from(_NAMES), _TEXTS | _ODD),
)


@given(st.sampled_from(_SOURCES), _BODIES | _ODD)
def test_whatever_is_sent_is_read_or_refused_and_no_delivery_is_made_up(
    source: NoticeSource, body: object
):
    try:
        read = source.read(_json(body), NOW)
    except NoticeUnreadable:
        return
    said = "deliver" in str(body).lower() or "DROPPED" in str(body)
    delivered = [one for one in read.reports if one.status is CarrierStatus.DELIVERED]
    assert said or not delivered


@given(st.sampled_from(_SOURCES), st.binary(max_size=60))
def test_bytes_that_are_no_json_are_refused(source: NoticeSource, body: bytes):
    try:
        assert source.read(body, NOW).reports == ()
    except NoticeUnreadable:
        return


def _json(body: object) -> bytes:
    return json.dumps(body).encode()
