import asyncio
from datetime import UTC, datetime

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from redis.asyncio import Redis

from gateway.ratings import Ratings
from support.ids import ConversationId
from tests.fakes.chat import Chat, RunningGateway
from tests.fakes.problems import problem


async def rate(chat: Chat, **rating: object) -> int:
    response = await chat.http.post(f"{chat.path}/rating", json=rating, headers=chat.headers)
    return response.status_code


async def kept(redis: Redis, chat: Chat) -> tuple[int, str | None]:
    rating = await Ratings(redis).of(ConversationId(chat.id))
    assert rating is not None
    assert (datetime.now(UTC) - rating.at).total_seconds() < 60
    return rating.score, rating.comment


async def test_a_rating_is_kept_with_its_comment(chat: Chat, redis: Redis):
    assert await Ratings(redis).of(ConversationId(chat.id)) is None
    assert await rate(chat, score=4, comment="  Quick. \r\n") == 204
    assert await kept(redis, chat) == (4, "Quick.")


async def test_the_first_score_and_the_first_comment_stand(chat: Chat, redis: Redis):
    await rate(chat, score=5)
    await rate(chat, score=1, comment="Thanks, Mia")
    await rate(chat, score=1, comment="another")
    assert await kept(redis, chat) == (5, "Thanks, Mia")


async def test_many_ratings_at_once_are_one(chat: Chat, gateway: RunningGateway, redis: Redis):
    await asyncio.gather(*(rate(chat, score=1 + number % 5) for number in range(20)))
    score, _ = await kept(redis, chat)
    counted = {
        sample.labels["score"]: sample.value
        for family in text_string_to_metric_families(
            generate_latest(gateway.services.metrics.registry).decode()
        )
        for sample in family.samples
        if sample.name == "gateway_conversation_ratings_total"
    }
    assert counted == {str(score): 1.0}


async def test_a_conversation_can_be_rated_after_its_end(chat: Chat, redis: Redis):
    await chat.http.post(f"{chat.path}/close", headers=chat.headers)
    assert await rate(chat, score=3) == 204
    assert await kept(redis, chat) == (3, None)


async def test_a_rating_goes_when_its_conversation_goes(chat: Chat, redis: Redis):
    await redis.delete(f"conv:{{{chat.id}}}:meta")
    response = await chat.http.post(f"{chat.path}/rating", json={"score": 3}, headers=chat.headers)
    assert problem(response) == (404, "conversation_unknown")
    assert await redis.keys("conv:*") == []


@pytest.mark.parametrize(
    "rating",
    [{}, {"score": 0}, {"score": 6}, {"score": 3, "comment": "a" * 1001}, {"score": 3, "x": 1}],
)
async def test_what_is_no_rating_is_refused(chat: Chat, rating: dict[str, object]):
    response = await chat.http.post(f"{chat.path}/rating", json=rating, headers=chat.headers)
    assert problem(response) == (422, "wrong_shape")


async def test_nobody_rates_the_conversation_of_others(chat: Chat, gateway: RunningGateway):
    other = await gateway.start_chat()
    response = await chat.http.post(f"{chat.path}/rating", json={"score": 1}, headers=other.headers)
    assert problem(response) == (403, "token_foreign")
