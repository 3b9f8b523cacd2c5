import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from support.decisions.follow_up import Mark
from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber
from support.state.errors import StateUnavailable
from support.state.follow_ups import FollowUps
from support.state.followed import DueLook, FollowUp

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
CONVERSATION = ConversationId("c-1")
FOLLOW_UP = FollowUp(CONVERSATION, OrderNumber("410200341"))
OTHER = FollowUp(CONVERSATION, OrderNumber("410200342"))
TOLD = {"parcel P1": "shipped"}
SEEN = {"parcel P1": "delivered"}
EVERY = timedelta(minutes=15)


async def begun(redis: Redis, *follow_ups: FollowUp) -> FollowUps:
    kept = FollowUps(redis, look_every=EVERY)
    for one in follow_ups or (FOLLOW_UP,):
        await kept.begin(one, level=Level.MATCHED, told=TOLD, now=NOW)
    return kept


async def only_look(kept: FollowUps, now: datetime = NOW) -> DueLook:
    (look,) = await kept.take_due(now=now)
    return look


async def test_what_was_agreed_to_and_told_is_kept(redis: Redis):
    kept = await begun(redis)
    consent = await kept.consent(FOLLOW_UP)
    assert consent is not None
    assert (consent.level, consent.told, consent.begun) == (Level.MATCHED, TOLD, NOW)
    assert await kept.consent(OTHER) is None


async def test_a_look_is_taken_by_one_only(redis: Redis):
    kept = await begun(redis, FOLLOW_UP, OTHER)
    taken = await asyncio.gather(*(kept.take_due(now=NOW, most=1) for _ in range(8)))
    looks = [look.follow_up.order_number for one in taken for look in one]
    assert sorted(looks) == ["410200341", "410200342"]


async def test_a_look_that_nobody_settled_is_due_again_as_the_same_look(redis: Redis):
    kept = await begun(redis)
    first = await only_look(kept)
    assert await kept.take_due(now=NOW + timedelta(seconds=59)) == []
    assert await only_look(kept, NOW + timedelta(seconds=61)) == first


async def test_a_look_that_was_settled_is_followed_by_another_one(redis: Redis):
    kept = await begun(redis)
    first = await only_look(kept)
    await kept.settle(first, told=True, now=NOW)
    assert await kept.take_due(now=NOW + timedelta(minutes=14)) == []
    second = await only_look(kept, NOW + EVERY)
    assert second.message_id != first.message_id


@pytest.mark.parametrize(("told", "remembered"), [(True, SEEN), (False, TOLD)])
async def test_what_was_seen_counts_as_told_only_when_it_was(
    redis: Redis,
    told: bool,  # noqa: FBT001 - a parameter
    remembered: dict[str, str],
):
    kept = await begun(redis)
    look = await only_look(kept)
    await kept.note(FOLLOW_UP, SEEN, last=False)
    await kept.settle(look, told=told, now=NOW)
    consent = await kept.consent(FOLLOW_UP)
    assert consent is not None
    assert consent.told == remembered


async def test_the_last_look_ends_it(redis: Redis):
    kept = await begun(redis)
    look = await only_look(kept)
    await kept.note(FOLLOW_UP, SEEN, last=True)
    await kept.settle(look, told=True, now=NOW)
    assert await kept.consent(FOLLOW_UP) is None
    assert await kept.take_due(now=NOW + timedelta(days=1)) == []


async def test_the_last_news_held_back_does_not_end_it(redis: Redis):
    kept = await begun(redis)
    look = await only_look(kept)
    await kept.note(FOLLOW_UP, SEEN, last=True)
    await kept.settle(look, told=False, now=NOW)
    assert await kept.consent(FOLLOW_UP) is not None
    assert len(await kept.take_due(now=NOW + EVERY)) == 1


async def test_asking_again_forgets_nothing_that_was_told(redis: Redis):
    kept = await begun(redis)
    await kept.begin(FOLLOW_UP, level=Level.CHANNEL, told={}, now=NOW + timedelta(days=1))
    consent = await kept.consent(FOLLOW_UP)
    assert consent is not None
    assert (consent.told, consent.begun) == (TOLD, NOW + timedelta(days=1))


async def test_stop_ends_all_of_a_conversation_and_none_of_another(redis: Redis):
    elsewhere = FollowUp(ConversationId("c-2"), OrderNumber("410200341"))
    kept = await begun(redis, FOLLOW_UP, OTHER, elsewhere)
    assert await kept.stop(CONVERSATION) == 2
    assert await kept.stop(CONVERSATION) == 0
    assert (await only_look(kept)).follow_up == elsewhere


async def test_a_look_that_ends_after_a_stop_brings_nothing_back(redis: Redis):
    kept = await begun(redis)
    look = await only_look(kept)
    await kept.stop(CONVERSATION)
    await kept.note(FOLLOW_UP, SEEN, last=False)
    await kept.settle(look, told=True, now=NOW)
    assert await redis.keys("*follow-ups*") == []


async def test_following_again_after_a_stop_is_another_series_of_looks(redis: Redis):
    kept = await begun(redis)
    before = await only_look(kept)
    await kept.stop(CONVERSATION)
    await kept.begin(FOLLOW_UP, level=Level.MATCHED, told=TOLD, now=NOW)
    assert (await only_look(kept)).message_id != before.message_id


async def test_nobody_is_followed_for_ever(redis: Redis):
    kept = await begun(redis)
    assert await kept.take_due(now=NOW + timedelta(days=31)) == []
    assert await redis.keys("*follow-ups*") == []


async def test_what_is_not_taken_expires_by_itself(redis: Redis):
    await begun(redis)
    assert 0 < await redis.ttl(FOLLOW_UP.key) <= timedelta(days=30).total_seconds()


async def test_a_postponed_look_is_due_later_as_the_same_look(redis: Redis):
    kept = await begun(redis)
    look = await only_look(kept)
    await kept.postpone(look, now=NOW)
    assert await kept.take_due(now=NOW + timedelta(minutes=2)) == []
    assert await only_look(kept, NOW + EVERY) == look


@pytest.mark.parametrize(
    "mark", [Mark.order("410200341"), Mark.tracking("jdq1 "), Mark.reference("CASE-000001")]
)
async def test_a_look_is_due_at_once_when_there_is_said_to_be_news(redis: Redis, mark: Mark):
    kept = await begun(redis, FOLLOW_UP, OTHER)
    for look in await kept.take_due(now=NOW):
        await kept.settle(look, told=True, now=NOW)
    marks = (Mark.tracking("JDQ1"), Mark.reference("CASE-000001"))
    await kept.note(FOLLOW_UP, SEEN, last=False, marks=marks)
    assert await kept.hurry(mark, now=NOW) == 1
    assert (await only_look(kept)).follow_up == FOLLOW_UP


async def test_news_during_a_look_is_looked_at_right_after_it(redis: Redis):
    kept = await begun(redis)
    look = await only_look(kept)
    await kept.hurry(Mark.order("410200341"), now=NOW)
    await kept.settle(look, told=True, now=NOW)
    assert (await only_look(kept)).message_id != look.message_id


async def test_a_look_that_was_hurried_is_followed_by_one_at_the_usual_time(redis: Redis):
    kept = await begun(redis)
    await kept.hurry(Mark.order("410200341"), now=NOW)
    await kept.settle(await only_look(kept), told=True, now=NOW)
    assert await kept.take_due(now=NOW + timedelta(minutes=14)) == []


async def test_news_for_nobody_hurries_nothing(redis: Redis):
    kept = await begun(redis)
    await kept.stop(CONVERSATION)
    assert await kept.hurry(Mark.order("410200341"), now=NOW) == 0
    assert await kept.hurry(Mark.order("999999999"), now=NOW) == 0
    assert await redis.keys("*follow-ups*") == []


async def test_no_key_names_an_order_or_a_parcel(redis: Redis):
    kept = await begun(redis)
    await kept.note(FOLLOW_UP, SEEN, last=False, marks=[Mark.tracking("JDQ019457101000930308")])
    marked = await redis.keys("*:marked:*")
    assert len(marked) == 2
    assert not [key for key in marked if "410200341" in key or "JDQ" in key]


async def test_a_look_may_wait_until_a_certain_time(redis: Redis):
    kept = await begun(redis)
    morning = NOW + timedelta(hours=9)
    await kept.postpone(await only_look(kept), now=NOW, until=morning)
    assert await kept.take_due(now=morning - timedelta(seconds=1)) == []
    assert await only_look(kept, morning)


async def test_without_redis_nothing_is_said_to_be_followed(absent_redis: Redis):
    kept = FollowUps(absent_redis)
    with pytest.raises(StateUnavailable):
        await kept.begin(FOLLOW_UP, level=Level.MATCHED, told=TOLD, now=NOW)
    with pytest.raises(StateUnavailable):
        await kept.take_due(now=NOW)
