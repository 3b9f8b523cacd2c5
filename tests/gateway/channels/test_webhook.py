import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from redis.asyncio import Redis

from tests.fakes.chat import RunningGateway, running_gateway
from tests.fakes.webhook_apps import APPS, App

BODY = '{"user": "user-1", "text": "hello"}'


@pytest.fixture
async def gateway(redis_url: str, redis: Redis) -> AsyncIterator[RunningGateway]:  # noqa: ARG001
    async with running_gateway(redis_url, webhook_apps=APPS) as running:
        yield running


@pytest.fixture
def app(gateway: RunningGateway) -> App:
    return App(gateway.http)


async def logs(redis: Redis) -> list[str]:
    return [name async for name in redis.scan_iter("conv:*:log")]


async def test_the_same_post_many_times_at_once_is_one_message(app: App, redis: Redis):
    headers = app.signed(BODY)
    answers = await asyncio.gather(*(app.post(BODY, headers) for _ in range(100)))
    assert {answer.status_code for answer in answers} == {202}
    [log] = await logs(redis)
    assert await redis.xlen(log) == 1


async def test_each_user_of_an_app_has_a_conversation(app: App, redis: Redis):
    await app.say("hello")
    await app.say("again")
    await app.say("hello", user="user-2")
    assert sorted([await redis.xlen(log) for log in await logs(redis)]) == [1, 2]


async def test_what_the_app_did_not_sign_is_refused(app: App, redis: Redis):
    signed = app.signed(BODY)
    longer_ago = datetime.now(UTC) - timedelta(minutes=6)
    yet_to_come = datetime.now(UTC) + timedelta(minutes=6)
    refused = [
        await app.post(BODY, {}),
        await app.post(BODY.replace("hello", "hallo"), signed),
        await app.post(BODY, {**signed, "webhook-id": "msg_other"}),
        await app.post(BODY, {**signed, "webhook-signature": "nonsense"}),
        await app.post(BODY, {**signed, "webhook-timestamp": "nonsense"}),
        await app.post(BODY, app.signed(BODY, at=longer_ago)),
        await app.post(BODY, app.signed(BODY, at=yet_to_come)),
        await app.post(BODY, signed, "/v1/channels/webhook/other-app"),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert await logs(redis) == []


async def test_a_recorded_post_is_refused_as_soon_as_it_is_old(
    app: App, redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    recorded = app.signed(BODY)
    assert (await app.post(BODY, recorded)).status_code == 202

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(minutes=6)

    monkeypatch.setattr("standardwebhooks.webhooks.datetime", Later)
    assert (await app.post(BODY, recorded)).status_code == 403
    [log] = await logs(redis)
    assert await redis.xlen(log) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param("[]", 422, id="no object"),
        pytest.param('{"text": "hello"}', 422, id="nobody"),
        pytest.param('{"user": "user-1", "text": " "}', 422, id="no words"),
        pytest.param('{"user": "user-1", "text": "%s"}' % ("a" * 2001), 413, id="too long"),
    ],
)
async def test_what_cannot_be_taken_is_said(app: App, redis: Redis, body: str, status: int):
    answer = await app.post(body, app.signed(body))
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert await logs(redis) == []
