"""Posts that come again: an honest provider's, and somebody's recording of one."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from gateway.channels.address_book import REMEMBERED
from gateway.channels.intake import Intake
from gateway.channels.replays import RESENT_WITHIN
from gateway.turn_queue import TURNS
from tests.fakes.meta import MetaPoster, messenger_text, whatsapp_text
from tests.fakes.texting import ACCOUNT, Texter

SID = "SM" + 32 * "1"
LATER = RESENT_WITHIN + timedelta(seconds=1)

Post = Callable[[], Awaitable[httpx.Response]]


@pytest.fixture
def posts(texter: Texter, meta: MetaPoster) -> dict[str, Post]:
    """One recorded post of each channel: the same bytes under the same signature each time."""
    text, app, page = texter.parameters("hello", SID), whatsapp_text("hello"), messenger_text("hi")
    return {
        "sms": lambda: texter.post("/v1/channels/sms", text),
        "whatsapp": lambda: meta.whatsapp(app),
        "messenger": lambda: meta.messenger(page),
    }


async def pass_time(redis: Redis, time: timedelta) -> None:
    """Let every post have been answered so much longer ago."""
    answered = [name async for name in redis.scan_iter("channels:answered:*")]
    assert answered
    for name in answered:
        before = float(str(await redis.get(name)))
        await redis.set(name, before - time.total_seconds(), keepttl=True)


async def turns(redis: Redis) -> int:
    return len({fields["message_id"] for _, fields in await redis.xrange(TURNS)})


CHANNELS = ["sms", "whatsapp", "messenger"]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_recording_is_refused_and_no_turn(
    posts: dict[str, Post], redis: Redis, channel: str
):
    assert (await posts[channel]()).status_code == 200
    await redis.delete(TURNS)
    await pass_time(redis, LATER)
    answer = await posts[channel]()
    assert (answer.status_code, answer.json()["code"]) == (403, "replayed")
    assert await turns(redis) == 0


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_provider_that_did_not_hear_our_answer_may_post_again(
    posts: dict[str, Post], redis: Redis, channel: str
):
    for _ in range(3):
        assert (await posts[channel]()).status_code == 200
        await pass_time(redis, timedelta(seconds=90))
    assert await turns(redis) == 1


@pytest.mark.parametrize("channel", CHANNELS)
async def test_it_is_known_for_as_long_as_message_ids_are(
    posts: dict[str, Post], redis: Redis, channel: str
):
    await posts[channel]()
    [answered] = [name async for name in redis.scan_iter("channels:answered:*")]
    assert await redis.ttl(answered) == pytest.approx(REMEMBERED.total_seconds(), abs=5)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_was_not_answered_may_come_again_at_any_time(
    posts: dict[str, Post], redis: Redis, channel: str, monkeypatch: pytest.MonkeyPatch
):
    async def failing(*_: object) -> None:
        raise RedisConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(Intake, "take", failing)
        assert (await posts[channel]()).status_code == 503
    assert [name async for name in redis.scan_iter("channels:answered:*")] == []
    assert (await posts[channel]()).status_code == 200
    assert await turns(redis) == 1


async def test_a_recording_written_otherwise_is_the_same_recording(texter: Texter, redis: Redis):
    parameters = texter.parameters("hello", SID)
    signature = texter.sign("/v1/channels/sms", parameters)
    await texter.post("/v1/channels/sms", parameters)
    await pass_time(redis, LATER)
    turned = dict(reversed(parameters.items()))
    answer = await texter.post("/v1/channels/sms", turned, signature=signature)
    assert answer.status_code == 403


async def test_no_other_message_can_be_made_of_a_recorded_one(texter: Texter, redis: Redis):
    parameters = texter.parameters("hello", SID)
    signature = texter.sign("/v1/channels/sms", parameters)
    await texter.post("/v1/channels/sms", parameters)
    # Twilio signs names and values as one string, in which this says the same.
    moved = {**parameters, "MessageSid": f"{SID}NumMedia0"}
    del moved["NumMedia"]
    assert texter.sign("/v1/channels/sms", moved) == signature
    answer = await texter.post("/v1/channels/sms", moved, signature=signature)
    assert answer.status_code == 422
    assert await turns(redis) == 1


async def test_a_recorded_report_is_refused_too(texter: Texter, redis: Redis):
    told = {"AccountSid": ACCOUNT, "MessageSid": SID, "MessageStatus": "delivered"}
    assert (await texter.post("/v1/channels/sms/status", told)).status_code == 204
    await pass_time(redis, LATER)
    assert (await texter.post("/v1/channels/sms/status", told)).status_code == 403


async def test_what_meta_could_not_deliver_for_days_is_taken(meta: MetaPoster, redis: Redis):
    days = 6 * 24 * 3600
    assert (await meta.whatsapp(whatsapp_text("hello", ago=days))).status_code == 200
    assert (await meta.messenger(messenger_text("hello", ago=days))).status_code == 200
    assert await turns(redis) == 2


@pytest.mark.parametrize("timestamp", ["", "soon", "9" * 30, "9" * 5000])
async def test_a_time_that_is_none_hides_no_message(meta: MetaPoster, redis: Redis, timestamp: str):
    message = {**whatsapp_text("hello"), "timestamp": timestamp}
    assert (await meta.whatsapp(message)).status_code == 200
    assert await turns(redis) == 1
