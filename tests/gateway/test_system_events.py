import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.system_signature import sign
from support.decisions.follow_up import Mark
from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber
from support.state.follow_ups import FollowUps
from support.state.followed import FollowUp
from support.times import utc_now
from tests.fakes.chat import RunningGateway, running_gateway

KEY = "order-events-key-for-tests-0123456789"
CASE_KEY = "case-events-key-for-tests-0123456789a"
ORDERS, CASES = "/v1/systems/orders/events", "/v1/systems/cases/events"
EVENT = {"event_id": "e-1", "order_number": "410200341"}
CASE_EVENT = {"event_id": "e-1", "case_reference": "CASE-000001"}
FOLLOW_UP = FollowUp(ConversationId("c-1"), OrderNumber("410200341"))


@pytest.fixture
async def listening(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    """A gateway that both systems may speak to."""
    keys = {"order_events_key": KEY, "case_events_key": CASE_KEY}
    async with running_gateway(redis_url, **keys) as running:
        yield running


@pytest.fixture
async def kept(redis: Redis) -> FollowUps:
    """Somebody follows an order with a case; the look that was due is over."""
    follow_ups = FollowUps(redis)
    await follow_ups.begin(
        FOLLOW_UP,
        level=Level.MATCHED,
        told={},
        now=utc_now(),
        marks=[Mark.reference("CASE-000001")],
    )
    await looks(follow_ups)
    return follow_ups


async def looks(kept: FollowUps) -> int:
    due = await kept.take_due(now=utc_now() + timedelta(seconds=1))
    for look in due:
        await kept.settle(look, told=True, now=utc_now())
    return len(due)


async def send(
    http: httpx.AsyncClient, path: str, event: Any, *, key: str = KEY, **headers: str
) -> httpx.Response:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    timestamp = headers.pop("timestamp", str(int(time.time())))
    signed = {"X-Timestamp": timestamp, "X-Signature": sign(SecretStr(key), timestamp, body)}
    return await http.post(path, content=body, headers={**signed, **headers})


@pytest.mark.parametrize(
    ("path", "event", "key"), [(ORDERS, EVENT, KEY), (CASES, CASE_EVENT, CASE_KEY)]
)
async def test_word_of_a_change_makes_the_look_due_at_once(
    listening: RunningGateway, kept: FollowUps, path: str, event: dict[str, str], key: str
):
    response = await send(listening.http, path, event, key=key)
    assert (response.status_code, response.json()) == (202, {"event_id": "e-1", "repeated": False})
    assert await looks(kept) == 1


async def test_an_event_that_was_taken_hurries_nothing_again(
    listening: RunningGateway, kept: FollowUps
):
    await send(listening.http, ORDERS, EVENT)
    assert await looks(kept) == 1
    again = await send(listening.http, ORDERS, EVENT)
    assert (again.status_code, again.json()["repeated"]) == (202, True)
    assert await looks(kept) == 0


async def test_the_two_systems_may_use_the_same_ids(listening: RunningGateway, kept: FollowUps):
    await send(listening.http, ORDERS, EVENT)
    await looks(kept)
    await send(listening.http, CASES, CASE_EVENT, key=CASE_KEY)
    assert await looks(kept) == 1


async def test_a_storm_of_the_same_event_is_one_look(listening: RunningGateway, kept: FollowUps):
    answers = await asyncio.gather(*(send(listening.http, ORDERS, EVENT) for _ in range(100)))
    assert {answer.status_code for answer in answers} == {202}
    assert (await looks(kept), await looks(kept)) == (1, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Signature": ""},
        {"X-Signature": "0" * 64},
        {"X-Signature": "é"},
        {"X-Timestamp": str(int(time.time()) + 7)},
        {"X-Timestamp": "now"},
        {"timestamp": str(int(time.time()) - 3600)},
        {"timestamp": str(int(time.time()) + 3600)},
    ],
    ids=["none", "wrong", "not_ascii", "time_altered", "no_time", "replayed", "from_the_future"],
)
async def test_what_is_not_signed_for_this_moment_is_refused(
    listening: RunningGateway, kept: FollowUps, headers: dict[str, str]
):
    encoded = {name: value.encode() for name, value in headers.items() if name != "timestamp"}
    when = {name: value for name, value in headers.items() if name == "timestamp"}
    response = await send(listening.http, ORDERS, EVENT, **when, **encoded)  # type: ignore[arg-type]
    assert (response.status_code, response.json()["code"]) == (403, "signature_invalid")
    assert await looks(kept) == 0


async def test_one_systems_key_opens_nothing_of_the_others(
    listening: RunningGateway, kept: FollowUps
):
    response = await send(listening.http, ORDERS, EVENT, key=CASE_KEY)
    assert response.status_code == 403
    assert await looks(kept) == 0


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"event_id": "e-1"}', b'{"event_id": "", "order_number": "1"}']
)
async def test_what_cannot_be_read_is_said_to_be_so(listening: RunningGateway, body: bytes):
    response = await send(listening.http, ORDERS, body)
    assert (response.status_code, response.json()["code"]) == (422, "wrong_shape")


async def test_without_a_key_there_is_nothing_at_this_address(gateway: RunningGateway):
    response = await send(gateway.http, ORDERS, EVENT)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


async def test_news_for_nobody_is_taken_all_the_same(listening: RunningGateway):
    response = await send(listening.http, ORDERS, EVENT)
    assert response.status_code == 202
