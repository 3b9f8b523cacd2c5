"""Breakers, the reply's deadline, whole answers and what is recorded of each call."""

import asyncio
import gzip
import time
from collections.abc import Callable

import httpx
import pytest
from prometheus_client import generate_latest
from pydantic import BaseModel
from structlog.testing import capture_logs

from support.systems.answers import answer_as
from support.systems.breakers import Breakers, use_breakers
from support.systems.calls import CALLS
from support.systems.deadline import reply_within, seconds_left
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemLeftAlone,
    SystemOutOfOrder,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from support.systems.operations import Operation
from support.systems.requests import SystemClient
from support.systems.whole_answers import MOST_BYTES

URL = "http://system.test/thing"
Respond = Callable[[httpx.Request], httpx.Response]


class Thing(BaseModel):
    name: str


def client_of(respond: Respond, *, breakers: Breakers | None = None) -> httpx.AsyncClient:
    client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    if breakers is not None:
        use_breakers(client, breakers)
    return client


def refusing(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


async def outcome(client: httpx.AsyncClient, system: str = "orders") -> type[Exception] | None:
    try:
        await SystemClient(system, client).read(URL, operation=Operation.READ_ORDER)
    except SystemFailure as failure:
        return type(failure)
    return None


class Flaky:
    """A system that fails as long as it is told to, and counts what reaches it."""

    def __init__(self) -> None:
        self.fails = True
        self.asked = 0

    def __call__(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(500 if self.fails else 200)


async def test_a_system_that_fails_five_times_is_left_alone_and_tried_again_later():
    flaky = Flaky()
    client = client_of(flaky, breakers=Breakers(left_alone_seconds=0.05))
    first = [await outcome(client) for _ in range(7)]
    await asyncio.sleep(0.06)
    flaky.fails = False
    assert first == [SystemOutOfOrder] * 5 + [SystemLeftAlone] * 2
    assert await outcome(client) is None
    assert flaky.asked == 6


async def test_one_systems_outage_is_not_anothers():
    flaky = Flaky()
    client = client_of(flaky)
    for _ in range(6):
        await outcome(client, "orders")
    flaky.fails = False
    assert await outcome(client, "cases") is None


async def test_an_outage_is_logged_once_when_it_begins_and_once_when_it_ends():
    flaky = Flaky()
    client = client_of(flaky, breakers=Breakers(left_alone_seconds=0.02))
    with capture_logs() as logs:
        for _ in range(12):
            await outcome(client)
            await asyncio.sleep(0.005)
        flaky.fails = False
        await asyncio.sleep(0.03)
        for _ in range(3):
            await outcome(client)
    told = [log["event"] for log in logs if log["event"].startswith("system.outage")]
    assert told == ["system.outage_began", "system.outage_ended"]


@pytest.mark.parametrize("status", [400, 401, 404, 409, 429])
async def test_an_error_that_is_ours_is_no_outage(status: int):
    client = client_of(lambda _: httpx.Response(status))
    assert SystemLeftAlone not in [await outcome(client) for _ in range(8)]


async def test_a_failure_in_between_starts_the_count_anew():
    flaky = Flaky()
    client = client_of(flaky)
    for fails in (True, True, True, True, False, True, True, True, True):
        flaky.fails = fails
        await outcome(client)
    assert await outcome(client) is SystemOutOfOrder


@pytest.mark.alone
async def test_calls_one_after_the_other_share_the_replys_time():
    async def slow(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(30)
        return httpx.Response(200)

    client = httpx.AsyncClient(transport=httpx.MockTransport(slow))
    begun = time.monotonic()
    with reply_within(0.3):
        failures = [await outcome(client) for _ in range(3)]
    assert failures == [SystemUnreachable] * 3
    assert time.monotonic() - begun < 0.6


def test_an_inner_deadline_never_outlives_the_outer_one():
    with reply_within(1), reply_within(5):
        assert seconds_left() <= 1
    assert seconds_left() > 1_000


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
async def test_a_huge_body_is_not_read_to_its_end(packed: bool):  # noqa: FBT001
    body = b"x" * (MOST_BYTES * 3)
    headers = {"content-encoding": "gzip"} if packed else {}
    content = gzip.compress(body) if packed else body
    client = client_of(lambda _: httpx.Response(200, content=content, headers=headers))
    with pytest.raises(SystemAnswerMalformed):
        await SystemClient("orders", client).read(URL, operation=Operation.READ_ORDER)


async def test_a_packed_body_is_read_as_what_is_in_it():
    content = gzip.compress(b'{"name": "kettle"}')
    headers = {"content-encoding": "gzip"}
    client = client_of(lambda _: httpx.Response(200, content=content, headers=headers))
    answer = await SystemClient("orders", client).read(URL, operation=Operation.READ_ORDER)
    assert answer.json() == {"name": "kettle"}


@pytest.mark.parametrize(
    "body",
    [
        {"status": 429},
        {"code": "429"},
        {"error": {"code": 429}},
        {"meta": {"code": 429}},
        {"errors": [{"error_code": "API_002"}]},
    ],
)
def test_a_rate_limit_inside_200_is_one(body: object):
    with pytest.raises(SystemRateLimited):
        answer_as(Thing, httpx.Response(200, json=body), system="orders")


@pytest.mark.parametrize("body", [{"errors": 7}, {"errors": ["429"]}, {"error": []}, [429], 429])
def test_what_only_looks_like_one_is_malformed(body: object):
    with pytest.raises(SystemAnswerMalformed):
        answer_as(Thing, httpx.Response(200, json=body), system="orders")


@pytest.mark.parametrize(
    ("respond", "told"),
    [
        (lambda _: httpx.Response(200), "ok"),
        (lambda _: httpx.Response(404), "not_found"),
        (lambda _: httpx.Response(429), "rate_limited"),
        (lambda _: httpx.Response(400), "refused"),
        (refusing, "unreachable"),
    ],
)
async def test_each_call_is_recorded_once_and_without_what_was_asked(respond: Respond, told: str):
    client = client_of(respond)
    with capture_logs() as logs:
        try:
            await SystemClient("orders", client).read(
                f"{URL}/410200341", operation=Operation.READ_ORDER
            )
        except SystemFailure:
            assert told not in {"ok", "not_found"}
    (entry,) = [log for log in logs if log["event"] == "system.called"]
    assert set(entry) == {"event", "log_level", "system", "operation", "outcome", "milliseconds"}
    assert (entry["system"], entry["operation"], entry["outcome"]) == ("orders", "read_order", told)
    figures = generate_latest(CALLS).decode()
    assert f'operation="read_order",outcome="{told}",system="orders"' in figures


async def test_a_call_nobody_waits_for_any_more_is_recorded_as_given_up():
    async def slow(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(30)
        return httpx.Response(200)

    client = httpx.AsyncClient(transport=httpx.MockTransport(slow))
    with capture_logs() as logs, pytest.raises(TimeoutError):
        await asyncio.wait_for(
            SystemClient("orders", client).read(URL, operation=Operation.READ_ORDER), 0.02
        )
    assert [log["outcome"] for log in logs if log["event"] == "system.called"] == ["given_up"]


async def test_refusals_that_are_not_outages_have_their_own_kind():
    assert issubclass(SystemOutOfOrder, SystemRefused)
    assert await outcome(client_of(lambda _: httpx.Response(403))) is SystemRefused
