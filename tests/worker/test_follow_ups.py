import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

import httpx
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog
from gateway.ownership import OwnershipEvent
from support.decisions.follow_up import Mark
from support.decisions.identity import Level
from support.decisions.quiet_hours import QuietHours
from support.ids import ConversationId, OrderNumber
from support.state.errors import StateUnavailable
from support.state.follow_ups import FollowUps
from support.state.followed import DueLook, FollowUp
from support.times import utc_now
from tests.fakes.chat import Chat
from tests.fakes.desk import change_owner
from tests.fakes.rasa import TURN_KEY, FakeRasa
from tests.fakes.waiting import eventually
from tests.fakes.workers import running_worker, worker_process
from worker import follow_ups
from worker.follow_ups import LooksForNews
from worker.metrics import WorkerMetrics
from worker.rasa_client import RasaClient

PAYLOAD = '/follow_up{"order_number": "410200341"}'
NEWS = [{"text": "Parcel 1 is out for delivery."}]
OFTEN = timedelta(milliseconds=300)


def follow_up(chat: Chat) -> FollowUp:
    return FollowUp(ConversationId(chat.id), OrderNumber("410200341"))


def said(messages: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(message["sender"], message["text"]) for message in messages]


@pytest.fixture
async def kept(redis: Redis, chat: Chat) -> FollowUps:
    """The conversation follows an order."""
    follow_ups = FollowUps(redis)
    await follow_ups.begin(follow_up(chat), level=Level.MATCHED, told={}, now=utc_now())
    return follow_ups


@asynccontextmanager
async def often(redis_url: str, rasa: FakeRasa) -> AsyncIterator[None]:
    """Run a worker that looks three times a second, and ten times whether a look is due."""
    with patch.object(follow_ups, "EVERY_SECONDS", 0.1):
        async with running_worker(redis_url, rasa.url, follow_up_every=OFTEN):
            yield


@pytest.mark.usefixtures("kept")
async def test_news_is_told_as_the_bot_with_its_evidence(
    chat: Chat, redis_url: str, rasa: FakeRasa
):
    evidence = [{"source": "Australia Post", "at": "2026-11-24T10:00:00+11:00"}]
    rasa.answers[PAYLOAD] = [{**NEWS[0], "evidence": evidence}]
    async with running_worker(redis_url, rasa.url):
        (message,) = await chat.wait_for(1)
    assert (message["sender"], message["text"]) == ("bot", NEWS[0]["text"])
    assert message["evidence"] == evidence


@pytest.mark.usefixtures("kept")
async def test_a_look_is_a_turn_that_may_be_silent(chat: Chat, redis_url: str, rasa: FakeRasa):
    rasa.answers[PAYLOAD] = NEWS
    async with running_worker(redis_url, rasa.url):
        await chat.wait_for(1)
    (turn,) = rasa.asked
    assert (turn["payload"], turn["text"], turn["may_be_silent"]) == (PAYLOAD, "", True)
    assert turn["conversation_id"] == chat.id


@pytest.mark.usefixtures("kept")
async def test_no_news_is_no_message_and_no_apology(chat: Chat, redis_url: str, rasa: FakeRasa):
    async def looked_three_times() -> bool:
        return len(rasa.asked) >= 3

    rasa.answers[PAYLOAD] = []
    async with often(redis_url, rasa):
        await eventually(looked_three_times)
    assert await chat.messages() == []
    assert len({turn["message_id"] for turn in rasa.asked}) == len(rasa.asked)


@pytest.mark.usefixtures("kept")
async def test_two_workers_tell_it_once(chat: Chat, redis_url: str, rasa: FakeRasa):
    rasa.answers[PAYLOAD] = NEWS
    rasa.seconds = 0.2
    async with running_worker(redis_url, rasa.url), running_worker(redis_url, rasa.url):
        await chat.wait_for(1)
        await asyncio.sleep(2)
    assert said(await chat.messages()) == [("bot", NEWS[0]["text"])]
    assert len(rasa.asked) == 1


@pytest.mark.usefixtures("kept")
async def test_a_worker_killed_in_mid_look_is_replaced_and_it_is_told_once(
    chat: Chat, redis_url: str, rasa: FakeRasa
):
    async def asked() -> bool:
        return bool(rasa.asked)

    rasa.answers[PAYLOAD] = NEWS
    rasa.seconds = 1.0
    with worker_process(redis_url, rasa.url, FOLLOW_UP_EVERY="PT2S") as first:
        await eventually(asked, seconds=30)
        first.kill()
    rasa.answers[PAYLOAD] = []
    async with running_worker(redis_url, rasa.url, follow_up_every=timedelta(seconds=2)):
        await chat.wait_for(1, seconds=20)
        await asyncio.sleep(3)
    assert said(await chat.messages()) == [("bot", NEWS[0]["text"])]
    assert len(rasa.processed) >= 1


async def test_nothing_is_told_while_an_agent_has_the_conversation(
    chat: Chat, redis_url: str, rasa: FakeRasa, kept: FollowUps, log: ConversationLog
):
    rasa.answers[PAYLOAD] = NEWS
    conversation_id = ConversationId(chat.id)
    await change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER)
    async with often(redis_url, rasa):
        await asyncio.sleep(0.9)
        assert rasa.asked == []
        await change_owner(log, conversation_id, OwnershipEvent.AGENT_GAVE_BACK)
        assert ("bot", NEWS[0]["text"]) in said(await chat.wait_for(4))
    assert await kept.consent(follow_up(chat)) is not None


async def test_news_that_an_agent_overtook_is_kept_for_audit_and_told_later(
    chat: Chat, redis_url: str, redis: Redis, rasa: FakeRasa, log: ConversationLog
):
    kept = FollowUps(redis)
    await kept.begin(follow_up(chat), level=Level.MATCHED, told={}, now=utc_now())
    rasa.answers[PAYLOAD] = NEWS
    rasa.seconds = 0.6
    conversation_id = ConversationId(chat.id)

    async def asked() -> bool:
        return bool(rasa.asked)

    async def held_back() -> bool:
        return await redis.xlen(f"conv:{{{chat.id}}}:suppressed") == 1

    async with often(redis_url, rasa):
        await eventually(asked)
        await change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER)
        await eventually(held_back)
        assert said(await chat.messages()) == [("system", "Kim has joined the chat.")]
        await change_owner(log, conversation_id, OwnershipEvent.AGENT_GAVE_BACK)
        assert ("bot", NEWS[0]["text"]) in said(await chat.wait_for(3))


async def test_a_message_during_a_look_is_answered_right_after_it(
    chat: Chat, redis_url: str, redis: Redis, rasa: FakeRasa
):
    async def asked() -> bool:
        return bool(rasa.asked)

    kept = FollowUps(redis)
    await kept.begin(follow_up(chat), level=Level.MATCHED, told={}, now=utc_now())
    rasa.answers[PAYLOAD] = NEWS
    rasa.seconds = 0.8
    async with running_worker(redis_url, rasa.url):
        await eventually(asked)
        await chat.say("hello")
        messages = await chat.wait_for(3, seconds=4)
    assert ("bot", "You said: hello") in said(messages)
    assert ("bot", NEWS[0]["text"]) in said(messages)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("status", [503, 500])
async def test_a_look_that_failed_is_made_again_without_a_word(
    chat: Chat, redis_url: str, rasa: FakeRasa, status: int
):
    async def asked() -> bool:
        return bool(rasa.asked)

    rasa.answers[PAYLOAD] = NEWS
    rasa.status = status
    async with often(redis_url, rasa):
        await eventually(asked)
        assert await chat.messages() == []
        rasa.status = 200
        assert said(await chat.wait_for(1)) == [("bot", NEWS[0]["text"])]


async def test_the_last_look_ends_the_follow_up(
    chat: Chat, redis_url: str, rasa: FakeRasa, kept: FollowUps
):
    async def ended() -> bool:
        return await kept.consent(follow_up(chat)) is None

    rasa.answers[PAYLOAD] = NEWS
    await kept.note(follow_up(chat), {}, last=True)
    async with often(redis_url, rasa):
        await eventually(ended)
        await asyncio.sleep(0.9)
    assert len(rasa.asked) == 1


async def test_a_conversation_that_is_no_longer_kept_is_not_followed(
    redis_url: str, redis: Redis, rasa: FakeRasa
):
    gone = FollowUp(ConversationId("c-gone"), OrderNumber("410200341"))
    kept = FollowUps(redis)
    await kept.begin(gone, level=Level.MATCHED, told={}, now=utc_now())

    async def ended() -> bool:
        return await kept.consent(gone) is None

    async with running_worker(redis_url, rasa.url):
        await eventually(ended)
    assert rasa.asked == []


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, written: str) -> None:
        self.set(written)

    def set(self, written: str) -> None:
        """Let it be this time."""
        self.time = datetime.fromisoformat(written)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
async def night(
    redis: Redis, rasa: FakeRasa, log: ConversationLog
) -> AsyncIterator[tuple[LooksForNews, Clock]]:
    """Whoever looks for news, at ten in the evening in Perth, with a clock of its own."""
    clock = Clock("2026-11-24T22:00+08:00")
    async with httpx.AsyncClient(base_url=rasa.url) as http:
        yield (
            LooksForNews(
                redis,
                log,
                RasaClient(http, key=SecretStr(TURN_KEY)),
                FollowUps(redis),
                WorkerMetrics(),
                quiet=QuietHours.read("21:00-08:00"),
                now=clock,
            ),
            clock,
        )


async def test_news_of_the_night_is_told_once_in_the_morning_of_the_customer(
    chat: Chat, redis: Redis, rasa: FakeRasa, night: tuple[LooksForNews, Clock]
):
    looks, clock = night
    kept = FollowUps(redis)
    began = clock() - timedelta(hours=3)
    await kept.begin(
        follow_up(chat), level=Level.MATCHED, told={}, now=began, zone="Australia/Perth"
    )
    rasa.answers[PAYLOAD] = NEWS

    await looks.look()
    clock.set("2026-11-25T07:59+08:00")
    await kept.hurry(Mark.order("410200341"), now=clock())
    await looks.look()
    assert (await chat.messages(), rasa.asked) == ([], [])

    clock.set("2026-11-25T08:00+08:00")
    await looks.look()
    await looks.look()
    assert said(await chat.messages()) == [("bot", NEWS[0]["text"])]


async def test_where_the_day_has_begun_nothing_waits(
    chat: Chat, redis: Redis, rasa: FakeRasa, night: tuple[LooksForNews, Clock]
):
    looks, clock = night
    clock.set("2026-11-25T08:00+11:00")
    await FollowUps(redis).begin(follow_up(chat), level=Level.MATCHED, told={}, now=clock())
    rasa.answers[PAYLOAD] = NEWS
    await looks.look()
    assert said(await chat.messages()) == [("bot", NEWS[0]["text"])]


async def test_whoever_said_stop_during_the_night_hears_nothing_in_the_morning(
    chat: Chat, redis: Redis, rasa: FakeRasa, night: tuple[LooksForNews, Clock]
):
    looks, clock = night
    kept = FollowUps(redis)
    await kept.begin(
        follow_up(chat), level=Level.MATCHED, told={}, now=clock(), zone="Australia/Perth"
    )
    await looks.look()
    await kept.stop(ConversationId(chat.id))
    clock.set("2026-11-25T09:00+08:00")
    rasa.answers[PAYLOAD] = NEWS
    await looks.look()
    assert (await chat.messages(), rasa.asked) == ([], [])


async def test_news_that_a_system_speaks_of_is_told_within_seconds(
    chat: Chat, redis_url: str, rasa: FakeRasa, kept: FollowUps
):
    async def looked() -> bool:
        return bool(rasa.asked)

    rasa.answers[PAYLOAD] = []
    async with running_worker(redis_url, rasa.url):
        await eventually(looked)
        await asyncio.sleep(0.3)
        rasa.answers[PAYLOAD] = NEWS
        assert await kept.hurry(Mark.order("410200341"), now=utc_now()) == 1
        assert said(await chat.wait_for(1, seconds=5)) == [("bot", NEWS[0]["text"])]


async def test_looking_ends_although_redis_swallowed_the_cancellation(
    redis: Redis, rasa: FakeRasa, log: ConversationLog, monkeypatch: pytest.MonkeyPatch
):
    looking = asyncio.Event()

    async def swallows(_: FollowUps, **__: object) -> list[DueLook]:
        looking.set()
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            raise StateUnavailable from None
        return []

    monkeypatch.setattr(FollowUps, "take_due", swallows)
    http = httpx.AsyncClient(base_url=rasa.url)
    client = RasaClient(http, key=SecretStr(TURN_KEY))
    looks = LooksForNews(redis, log, client, FollowUps(redis), WorkerMetrics())
    task = asyncio.create_task(looks.run())
    await looking.wait()
    task.cancel()
    await asyncio.wait([task], timeout=5)
    await http.aclose()
    assert task.done()
