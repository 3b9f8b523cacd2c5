from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.batching import Batching
from support.systems.carriers.budget import CallBudget
from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.errors import CarrierNotConnected, TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.models import CarrierStatus, TrackingEvent, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemUnreachable,
)

NUMBER = TrackingNumber("JDQ019457101000930308")
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Adapter:
    """A carrier that answers what it is told to, and counts how often it was asked."""

    system = "australia_post"

    def __init__(self) -> None:
        self.answer: CarrierStatus | Exception = CarrierStatus.IN_TRANSIT
        self.asked: list[TrackingNumber] = []
        self.now = START

    most_at_once = 10
    mixes_carriers = False

    async def track_all(self, asked: Sequence[Asked]) -> Mapping[Asked, Told]:
        self.asked += [one.number for one in asked]
        if isinstance(self.answer, TrackingNotFound):
            return dict.fromkeys(asked, self.answer)
        if isinstance(self.answer, Exception):
            raise self.answer
        return {one: self.report(one.number) for one in asked}

    def report(self, number: TrackingNumber) -> TrackingReport:
        assert isinstance(self.answer, CarrierStatus)
        event = TrackingEvent(START, "Somewhere", None, self.answer)
        return TrackingReport(
            AUSTRALIA_POST, number, self.answer, self.now, (event,), event, None, "At the door"
        )


@pytest.fixture
def adapter() -> Adapter:
    return Adapter()


@pytest.fixture
def make(redis: Redis, adapter: Adapter) -> Callable[..., CarrierDirectory]:
    def directory(**options: Any) -> CarrierDirectory:
        source = source_of(adapter, redis)
        sources = {AUSTRALIA_POST: source, STARTRACK: source}
        return CarrierDirectory(sources, LastKnown(redis), now=lambda: adapter.now, **options)

    return directory


def source_of(adapter: Adapter, redis: Redis) -> Batching:
    budget = CallBudget(redis, adapter.system, calls=1000)
    return Batching(adapter, budget, LastKnown(redis).keep)


Make = Callable[..., CarrierDirectory]


async def test_a_fresh_report_is_not_asked_for_again(make: Make, adapter: Adapter):
    first = await make().track(AUSTRALIA_POST, NUMBER)
    adapter.now += timedelta(minutes=9)
    assert await make().track(AUSTRALIA_POST, NUMBER) == first
    assert len(adapter.asked) == 1


@pytest.mark.parametrize(
    ("status", "fresh", "stale"),
    [
        (CarrierStatus.OUT_FOR_DELIVERY, timedelta(minutes=2), timedelta(minutes=4)),
        (CarrierStatus.IN_TRANSIT, timedelta(minutes=9), timedelta(minutes=11)),
        (CarrierStatus.UNKNOWN, timedelta(minutes=9), timedelta(minutes=11)),
        (CarrierStatus.DELIVERED, timedelta(days=1), timedelta(days=3)),
    ],
)
async def test_how_long_a_report_is_fresh_depends_on_its_status(
    make: Make, adapter: Adapter, status: CarrierStatus, fresh: timedelta, stale: timedelta
):
    adapter.answer = status
    for age, asked in ((timedelta(), 1), (fresh, 1), (stale, 2)):
        adapter.now = START + age
        await make().track(AUSTRALIA_POST, NUMBER)
        assert len(adapter.asked) == asked


async def test_freshness_can_be_capped(make: Make, adapter: Adapter):
    adapter.answer = CarrierStatus.DELIVERED
    await make().track(AUSTRALIA_POST, NUMBER)
    adapter.now += timedelta(seconds=3)
    await make(fresh_at_most=timedelta(seconds=2)).track(AUSTRALIA_POST, NUMBER)
    assert len(adapter.asked) == 2


@pytest.mark.parametrize(
    "failure", [SystemUnreachable("australia_post"), SystemRateLimited("australia_post")]
)
async def test_when_the_carrier_fails_the_last_report_is_told_with_its_own_time(
    make: Make, adapter: Adapter, failure: SystemFailure
):
    known = await make().track(AUSTRALIA_POST, NUMBER)
    adapter.now += timedelta(hours=5)
    adapter.answer = failure
    stale = await make().track(AUSTRALIA_POST, NUMBER)
    assert stale == replace(known, is_stale=True)
    assert stale.looked_up_at == START


async def test_without_a_last_report_the_failure_is_raised(make: Make, adapter: Adapter):
    adapter.answer = SystemUnreachable("australia_post")
    with pytest.raises(SystemUnreachable):
        await make().track(AUSTRALIA_POST, NUMBER)


async def test_a_rate_limited_interface_is_left_alone_for_both_carriers(
    make: Make, adapter: Adapter
):
    adapter.answer = SystemRateLimited("australia_post", retry_after=timedelta(seconds=30))
    for carrier in (AUSTRALIA_POST, STARTRACK, AUSTRALIA_POST):
        with pytest.raises(SystemRateLimited):
            await make().track(carrier, NUMBER)
    assert len(adapter.asked) == 1


async def test_a_pause_lasts_as_long_as_was_asked(make: Make, adapter: Adapter, redis: Redis):
    adapter.answer = SystemRateLimited("australia_post", retry_after=timedelta(seconds=30))
    with pytest.raises(SystemRateLimited):
        await make().track(AUSTRALIA_POST, NUMBER)
    assert 25 < await redis.ttl("carrier:{australia_post}:pause") <= 30


async def test_an_unknown_number_is_not_asked_for_again_at_once(
    make: Make, adapter: Adapter, redis: Redis
):
    adapter.answer = TrackingNotFound(AUSTRALIA_POST, NUMBER)
    for _ in range(2):
        with pytest.raises(TrackingNotFound):
            await make().track(AUSTRALIA_POST, NUMBER)
    assert len(adapter.asked) == 1
    assert 0 < await redis.ttl(f"carrier:{{australia_post:{NUMBER}}}:not_found") <= 3600


async def test_a_number_that_was_known_is_not_forgotten_when_it_is_not_found(
    make: Make, adapter: Adapter
):
    known = await make().track(AUSTRALIA_POST, NUMBER)
    adapter.now += timedelta(hours=1)
    adapter.answer = TrackingNotFound(AUSTRALIA_POST, NUMBER)
    assert await make().track(AUSTRALIA_POST, NUMBER) == known


async def test_spaces_and_case_of_a_number_do_not_matter(make: Make, adapter: Adapter):
    await make().track(AUSTRALIA_POST, TrackingNumber("jdq0194571 01000930308"))
    assert adapter.asked == [NUMBER]


@pytest.mark.parametrize("written", ["AUSTRALIA_POST", "Australia Post", "auspost"])
async def test_a_connected_carrier_is_found_however_its_id_is_written(
    make: Make, adapter: Adapter, written: str
):
    await make().track(AUSTRALIA_POST, NUMBER)
    report = await make().track(CarrierId(written), NUMBER)
    assert report.carrier == AUSTRALIA_POST
    assert len(adapter.asked) == 1


async def test_a_blank_carrier_is_none(make: Make):
    with pytest.raises(CarrierNotConnected):
        await make().track(CarrierId(" "), NUMBER)


async def test_a_carrier_without_adapter_is_not_connected_but_has_a_name(make: Make):
    carrier = CarrierId("team_global_express")
    with pytest.raises(CarrierNotConnected):
        await make().track(carrier, NUMBER)
    assert make().profile(carrier).name == "Team Global Express"


async def test_what_only_answers_tell_is_logged_once_when_it_starts_and_once_when_it_ends(
    make: Make, adapter: Adapter
):
    directory = make()
    with capture_logs() as logs:
        for answer in (
            SystemAnswerMalformed("x"),
            SystemAnswerMalformed("x"),
            CarrierStatus.IN_TRANSIT,
        ):
            adapter.answer = answer
            adapter.now += timedelta(hours=1)
            await _try(directory)
    assert [entry["event"] for entry in logs] == ["carrier_failing", "carrier_answers_again"]


async def test_without_redis_the_carrier_is_asked_each_time(absent_redis: Redis, adapter: Adapter):
    directory = CarrierDirectory(
        {AUSTRALIA_POST: source_of(adapter, absent_redis)}, LastKnown(absent_redis)
    )
    for _ in range(2):
        assert (await directory.track(AUSTRALIA_POST, NUMBER)).number == NUMBER
    assert len(adapter.asked) == 2


async def test_what_cannot_be_read_in_the_cache_is_asked_for(
    make: Make, adapter: Adapter, redis: Redis
):
    await redis.set(f"carrier:{{australia_post:{NUMBER}}}", '{"from": "an older release"}')
    await make().track(AUSTRALIA_POST, NUMBER)
    assert len(adapter.asked) == 1


async def _try(directory: CarrierDirectory) -> None:
    try:
        await directory.track(AUSTRALIA_POST, NUMBER)
    except SystemFailure:
        return
