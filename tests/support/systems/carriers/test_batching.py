"""Many look-ups within few calls."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from support.ids import TrackingNumber
from support.systems.carriers.batching import Batching
from support.systems.carriers.budget import CallBudget
from support.systems.carriers.errors import TrackingNotFound
from support.systems.carriers.interface import Asked, Told
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.models import CarrierStatus, TrackingReport
from support.systems.carriers.registry import AUSTRALIA_POST
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemUnreachable,
)
from tests.fakes.waiting import eventually

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def asked(place: int) -> Asked:
    return Asked(AUSTRALIA_POST, TrackingNumber(f"NUMBER{place:04}"))


class Vendor:
    """Answers up to ten numbers a call, and remembers each call."""

    system = "australia_post"
    most_at_once = 10
    mixes_carriers = False

    def __init__(self) -> None:
        self.calls: list[Sequence[Asked]] = []
        self.failures: list[SystemFailure] = []
        self.seconds = 0.0

    async def track_all(self, asked: Sequence[Asked]) -> Mapping[Asked, Told]:
        assert len(asked) <= self.most_at_once
        self.calls.append(asked)
        await asyncio.sleep(self.seconds)
        if self.failures:
            raise self.failures.pop(0)
        return {
            one: TrackingReport(AUSTRALIA_POST, one.number, CarrierStatus.IN_TRANSIT, NOW)
            for one in asked
        }


class Desk:
    """One process that looks numbers up."""

    def __init__(
        self, vendor: Vendor, redis: Redis, *, period: timedelta = MINUTE, patience: float = 2.6
    ) -> None:
        self.last_known = LastKnown(redis)
        budget = CallBudget(redis, "australia_post:account", calls=10, period=period)
        self.batching = Batching(vendor, budget, self.last_known.keep, patience_seconds=patience)

    async def look(self, place: int) -> TrackingReport | Exception:
        try:
            return await self.batching.track(asked(place))
        except (SystemFailure, TrackingNotFound) as failure:
            return failure


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


@pytest.mark.alone
async def test_two_hundred_numbers_in_a_minute_stay_within_ten_calls_and_all_are_answered(
    vendor: Vendor, redis: Redis
):
    desk = Desk(vendor, redis)
    begun = time.monotonic()
    answers = await asyncio.gather(*(desk.look(place) for place in range(200)))
    took = time.monotonic() - begun
    await desk.batching.aclose()
    fresh = [one for one in answers if isinstance(one, TrackingReport)]
    later = [one for one in answers if isinstance(one, SystemRateLimited)]
    assert len(vendor.calls) == 10
    assert (len(fresh), len(later)) == (100, 100)
    assert took < 2.6
    waits = [one.retry_after for one in later]
    assert all(wait is not None and wait <= 2 * MINUTE for wait in waits)


async def test_those_that_were_put_off_are_looked_up_by_themselves(vendor: Vendor, redis: Redis):
    desk = Desk(vendor, redis, period=timedelta(seconds=1.5))
    await asyncio.gather(*(desk.look(place) for place in range(200)))
    await eventually(lambda: _all_known(desk), 15)
    await desk.batching.aclose()
    assert len(vendor.calls) == 20


async def _all_known(desk: Desk) -> bool:
    return all([await desk.last_known.report(*asked(place)) for place in range(200)])


async def test_several_processes_share_the_calls(vendor: Vendor, redis: Redis):
    desks = [Desk(vendor, redis) for _ in range(4)]
    looks = (desk.look(10 * place + n) for place, desk in enumerate(desks * 5) for n in range(10))
    answers = await asyncio.gather(*looks)
    for desk in desks:
        await desk.batching.aclose()
    assert len(vendor.calls) == 10
    assert len(answers) == 200


@pytest.mark.alone
async def test_a_lone_number_does_not_wait_for_company(vendor: Vendor, redis: Redis):
    desk = Desk(vendor, redis)
    await desk.look(0)
    begun = time.monotonic()
    await desk.look(1)
    assert time.monotonic() - begun < 0.1


async def test_when_much_is_asked_for_calls_are_spread_and_carry_what_was_put_off(
    vendor: Vendor, redis: Redis
):
    desk = Desk(vendor, redis)
    answers = [await desk.look(place) for place in range(5)]
    put_off = [one for one in answers if isinstance(one, SystemRateLimited)]
    waits = [one.retry_after for one in put_off]
    assert len(vendor.calls) == 3
    assert len(put_off) == 2
    assert all(wait is not None and wait <= timedelta(seconds=6) for wait in waits)
    full = await asyncio.gather(*(desk.look(100 + place) for place in range(8)))
    assert all(isinstance(one, TrackingReport) for one in full)
    assert [len(call) for call in vendor.calls] == [1, 1, 1, 10]
    await desk.batching.aclose()


async def test_the_same_number_is_asked_for_once_at_a_time(vendor: Vendor, redis: Redis):
    vendor.seconds = 0.05
    desk = Desk(vendor, redis)
    first = asyncio.create_task(desk.look(1))
    await asyncio.sleep(0.03)
    answers = await asyncio.gather(first, desk.look(1), desk.look(1))
    assert len({id(answer) for answer in answers}) == 1
    assert len(vendor.calls) == 1


async def test_one_who_gives_up_takes_nobody_along(vendor: Vendor, redis: Redis):
    vendor.seconds = 0.05
    desk = Desk(vendor, redis)
    hasty = asyncio.create_task(desk.look(1))
    patient = asyncio.create_task(desk.look(2))
    await asyncio.sleep(0.02)
    hasty.cancel()
    assert isinstance(await patient, TrackingReport)
    assert await desk.last_known.report(*asked(1))


@pytest.mark.alone
async def test_nobody_waits_longer_than_their_patience(vendor: Vendor, redis: Redis):
    vendor.seconds = 0.3
    desk = Desk(vendor, redis, patience=0.05)
    begun = time.monotonic()
    assert isinstance(await desk.look(1), SystemUnreachable)
    assert time.monotonic() - begun < 0.2
    await asyncio.sleep(0.4)
    assert await desk.last_known.report(*asked(1))


async def test_a_broken_connection_is_tried_once_more_as_another_call(vendor: Vendor, redis: Redis):
    vendor.failures = [SystemUnreachable("australia_post")]
    desk = Desk(vendor, redis)
    assert isinstance(await desk.look(1), TrackingReport)
    assert len(vendor.calls) == 2
    assert await redis.zcard("carrier:{australia_post:account}:calls") == 2


async def test_a_failure_of_the_call_is_that_of_each_number(vendor: Vendor, redis: Redis):
    vendor.failures = [SystemAnswerMalformed("australia_post")]
    desk = Desk(vendor, redis)
    answers = await asyncio.gather(desk.look(1), desk.look(2))
    assert [type(one) for one in answers] == [SystemAnswerMalformed] * 2


async def test_an_interface_that_asks_for_it_is_left_alone_by_every_process(
    vendor: Vendor, redis: Redis
):
    wait = timedelta(seconds=30)
    vendor.failures = [SystemRateLimited("australia_post", retry_after=wait)]
    answers = [await Desk(vendor, redis).look(place) for place in range(3)]
    assert all(isinstance(one, SystemRateLimited) for one in answers)
    assert len(vendor.calls) == 1
    told = answers[-1]
    assert isinstance(told, SystemRateLimited)
    assert told.retry_after is not None
    assert timedelta(seconds=25) < told.retry_after <= wait


async def test_whoever_waits_goes_before_those_who_were_put_off(vendor: Vendor, redis: Redis):
    desk = Desk(vendor, redis, period=timedelta(seconds=1.5))
    await asyncio.gather(*(desk.look(place) for place in range(150)))
    await asyncio.sleep(1.52)
    assert isinstance(await desk.look(999), TrackingReport)
    await desk.batching.aclose()


async def test_without_redis_each_process_counts_its_own_calls(vendor: Vendor, absent_redis: Redis):
    desk = Desk(vendor, absent_redis)
    answers = await asyncio.gather(*(desk.look(place) for place in range(150)))
    await desk.batching.aclose()
    assert len(vendor.calls) == 10
    assert sum(isinstance(one, TrackingReport) for one in answers) == 100


async def test_a_fault_of_ours_leaves_nobody_waiting(redis: Redis):
    class Broken(Vendor):
        async def track_all(self, asked: Sequence[Asked]) -> Mapping[Asked, Told]:
            raise KeyError(asked)

    assert isinstance(await Desk(Broken(), redis).look(1), SystemUnreachable)


async def test_a_sliding_minute_never_holds_more_calls(redis: Redis):
    budget = CallBudget(redis, "x", calls=3, period=timedelta(seconds=0.3))
    granted: list[float] = []
    end = time.monotonic() + 1
    while time.monotonic() < end:
        if (await budget.take()).granted:
            granted.append(time.monotonic())
        await asyncio.sleep(0.01)
    gaps = [later - first for first, later in zip(granted, granted[3:], strict=False)]
    assert len(granted) >= 9
    # The calls are counted when Redis hears of them, a little before or after we look at the clock.
    assert min(gaps) >= 0.2
