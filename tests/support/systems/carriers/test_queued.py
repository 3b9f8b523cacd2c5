"""Which numbers go together in one call."""

import asyncio

from redis.asyncio import Redis

from support.ids import TrackingNumber
from support.systems.carriers.interface import Asked
from support.systems.carriers.queued import Queued, together
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from tests.support.systems.carriers.test_batching import Desk, Vendor

QUEUE = [
    Queued(Asked(carrier, TrackingNumber(f"N{place}")))
    for place, carrier in enumerate((AUSTRALIA_POST, STARTRACK) * 3)
]


def vendor(*, most: int = 10, mixed: bool = False) -> Vendor:
    vendor = Vendor()
    vendor.most_at_once, vendor.mixes_carriers = most, mixed
    return vendor


def test_numbers_of_all_carriers_go_together_where_they_may() -> None:
    assert together(QUEUE, vendor(mixed=True)) == QUEUE


def test_numbers_of_one_carrier_go_together_where_they_may_not_be_mixed() -> None:
    chosen = together(QUEUE, vendor())

    assert [one.asked.carrier for one in chosen] == [AUSTRALIA_POST] * 3


def test_no_more_go_than_one_call_takes() -> None:
    assert len(together(QUEUE, vendor(most=2))) == 2


def test_nothing_goes_where_nothing_waits() -> None:
    assert list(together([], vendor())) == []


async def test_each_carrier_of_an_interface_that_mixes_none_gets_a_call(redis: Redis) -> None:
    asked = vendor()
    desk = Desk(asked, redis)
    await asyncio.gather(
        *(
            desk.batching.track(Asked(carrier, TrackingNumber("SAME1234")))
            for carrier in (AUSTRALIA_POST, STARTRACK)
        )
    )
    await desk.batching.aclose()

    carriers = [{one.carrier for one in call} for call in asked.calls]
    assert carriers == [{AUSTRALIA_POST}, {STARTRACK}]
