"""What several actions of one turn take of a customer's time, and what is read for an agent."""

import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.systems.deadline import TURN_SECONDS
from tests.faults.failing_world import PREFIXES, Assisted, Fault, failing_world
from tests.orders import order_json

LONGEST_SECONDS = 6


@pytest.fixture
async def customer(redis: Redis) -> AsyncIterator[Assisted]:
    async with failing_world(redis) as customer:
        await customer.put_order(order_json())
        await customer.identify(Level.MATCHED)
        for system in PREFIXES:
            customer.network.break_down(system, Fault.SLOW)
        yield customer


async def test_two_slow_actions_of_one_turn_end_in_time_and_say_so(customer: Assisted) -> None:
    begun = time.monotonic()
    said = []
    for action in ("action_order_status", "action_case_status"):
        customer.talk.seconds_left = TURN_SECONDS - (time.monotonic() - begun)
        said += await customer.talk.turn(customer.actions[action], "where is it")

    assert said == [ResponseKey.ORDER_SYSTEM_UNAVAILABLE] * 2
    assert time.monotonic() - begun < LONGEST_SECONDS


async def test_an_action_without_time_asks_nobody_and_says_so(customer: Assisted) -> None:
    customer.talk.seconds_left = 0
    begun = time.monotonic()

    said = await customer.say("where is it", "track_order")

    assert said == [ResponseKey.ORDER_SYSTEM_UNAVAILABLE]
    assert time.monotonic() - begun < 0.5


async def test_a_carrier_is_waited_for_no_longer_than_there_is_time(customer: Assisted) -> None:
    customer.network.mend()
    customer.network.break_down("australia_post", Fault.SLOW)
    customer.talk.seconds_left = 0.5
    begun = time.monotonic()

    said = await customer.say("where is it", "track_order")

    assert ResponseKey.PARCEL_SHIPPED in said
    assert time.monotonic() - begun < 2.3


async def test_what_an_agent_is_told_is_read_in_the_time_of_the_reply(customer: Assisted) -> None:
    customer.network.mend()
    for system in ("australia_post", "cases", "marketplace"):
        customer.network.break_down(system, Fault.SLOW)
    customer.talk.seconds_left = 0.8
    begun = time.monotonic()

    said = await customer.say("i need to talk to someone", "request_human")

    assert any(message.get("person") for message in customer.talk.messages), said
    assert time.monotonic() - begun < 2
