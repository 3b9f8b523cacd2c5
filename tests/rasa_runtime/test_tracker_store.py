"""The tracker store against Rasa's own in memory, on a real Redis."""

import time
import uuid
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
import redis
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import ActiveLoop, ConversationPaused, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_runtime import tracker_store
from rasa_runtime.stored_conversations import ConversationChanged
from rasa_runtime.tracker_store import AppendingTrackerStore
from rasa_runtime.tracker_window import WINDOW_EVENTS
from support.redis_client import Patience
from tests.rasa_runtime.conversations import DOMAIN, SESSION, add, dicts, turn


@pytest_asyncio.fixture
async def store(redis_url: str) -> AsyncIterator[AppendingTrackerStore]:
    store = AppendingTrackerStore(DOMAIN, redis_url)
    yield store
    await store.close()


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture
def conversation() -> str:
    return uuid.uuid4().hex


async def both(
    store: AppendingTrackerStore, conversation: str, *turns: tuple[Event, ...] | list[Event]
) -> InMemoryTrackerStore:
    """Hold the same conversation in our store and in Rasa's own."""
    memory = InMemoryTrackerStore(DOMAIN)
    for events in turns:
        await add(store, conversation, *events)
        await add(memory, conversation, *events)
    return memory


async def test_an_unknown_conversation_is_none(store: AppendingTrackerStore, conversation: str):
    assert await store.retrieve(conversation) is None
    assert await store.retrieve_full_tracker(conversation) is None
    assert await store.exists(conversation) is False


async def test_a_conversation_reads_as_in_rasas_own_store(
    store: AppendingTrackerStore, conversation: str
):
    memory = await both(store, conversation, SESSION, turn(1), turn(2))
    ours, theirs = await store.retrieve(conversation), await memory.retrieve(conversation)
    assert dicts(ours) == dicts(theirs)
    assert ours.current_slot_values() == theirs.current_slot_values()
    assert await store.exists(conversation) is True


async def test_only_the_last_session_is_retrieved(store: AppendingTrackerStore, conversation: str):
    memory = await both(store, conversation, SESSION, turn(1), [*SESSION, *turn(2)])
    assert dicts(await store.retrieve(conversation)) == dicts(await memory.retrieve(conversation))


async def test_all_sessions_are_retrieved_on_request(
    store: AppendingTrackerStore, conversation: str
):
    memory = await both(store, conversation, SESSION, turn(1), [*SESSION, *turn(2)])
    ours = await store.retrieve_full_tracker(conversation)
    assert dicts(ours) == dicts(await memory.retrieve_full_tracker(conversation))


async def test_only_new_events_are_written(
    store: AppendingTrackerStore, conversation: str, client: redis.Redis
):
    await add(store, conversation, *SESSION)
    before = client.lrange(f"rasa:{{{conversation}}}:events", 0, -1)
    await add(store, conversation, *turn(1))
    after = client.lrange(f"rasa:{{{conversation}}}:events", 0, -1)
    assert after[: len(before)] == before
    assert len(after) == len(before) + len(turn(1))


async def test_saving_twice_writes_once(store: AppendingTrackerStore, conversation: str):
    tracker = await add(store, conversation, *SESSION)
    await store.save(tracker)
    assert len((await store.retrieve_full_tracker(conversation)).events) == len(SESSION)


async def test_what_is_stored_expires(
    store: AppendingTrackerStore, conversation: str, client: redis.Redis
):
    await add(store, conversation, *SESSION)
    keys = [f"rasa:{{{conversation}}}:{name}" for name in ("events", "state")]
    month = 30 * 24 * 3600
    assert all(month - 60 < client.ttl(key) <= month for key in keys)


async def test_a_conversation_that_moved_on_is_not_overwritten(
    store: AppendingTrackerStore, conversation: str
):
    await add(store, conversation, *SESSION)
    slow = await store.retrieve(conversation)
    await add(store, conversation, *turn(1))
    slow.update_with_events(turn(2), DOMAIN)
    with pytest.raises(ConversationChanged):
        await store.save(slow)
    assert dicts(await store.retrieve(conversation))[3]["text"] == "message 1"


async def test_a_tracker_from_elsewhere_is_stored_whole(
    store: AppendingTrackerStore, conversation: str
):
    tracker = DialogueStateTracker.from_events(conversation, [*SESSION, *turn(1)], DOMAIN.slots)
    await store.save(tracker)
    assert dicts(await store.retrieve(conversation)) == dicts(tracker)


async def test_conversations_are_listed_by_their_id(
    store: AppendingTrackerStore, conversation: str
):
    await add(store, conversation, *SESSION)
    assert conversation in await store.keys()
    assert await store.retrieve_full_tracker(conversation) is not None


async def test_a_frozen_redis_does_not_hold_a_turn_up(
    conversation: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tracker_store, "PATIENCE", Patience(0.1, 0.1, repeats=1))
    store = AppendingTrackerStore(DOMAIN, redis_url)
    with redis.Redis.from_url(redis_url) as client:
        client.client_pause(1000)
        began = time.monotonic()
        with pytest.raises(redis.RedisError):
            await store.retrieve(conversation)
        waited = time.monotonic() - began
        client.client_unpause()
    await store.close()
    assert waited < 0.9


class TestUtterances:
    async def test_an_unknown_message_has_none(
        self, store: AppendingTrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, *turn(1))
        assert await store.utterances_after(conversation, "m2") is None

    async def test_those_of_the_message_are_found(
        self, store: AppendingTrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, *turn(1), *turn(2))
        (utterance,) = await store.utterances_after(conversation, "m1")
        assert utterance.message()["text"] == "reply 1"
        assert utterance.message()["evidence"] == [{"source": "shop"}]

    async def test_they_are_found_when_the_message_has_left_the_window(
        self, store: AppendingTrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION)
        for number in range(60):
            await add(store, conversation, *turn(number))
        (utterance,) = await store.utterances_after(conversation, "m0")
        assert utterance.text == "reply 0"


class TestWindow:
    async def test_what_rasa_is_shown_stays_bounded_and_nothing_is_lost(
        self, store: AppendingTrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, SlotSet("order_number", "410200341"))
        for number in range(100):
            await add(store, conversation, *turn(number))
        shown = await store.retrieve(conversation)
        full = await store.retrieve_full_tracker(conversation)
        assert WINDOW_EVENTS <= len(shown.events) <= 2 * WINDOW_EVENTS + 2 * len(turn(0))
        assert len(full.events) == len(SESSION) + 1 + 100 * len(turn(0))
        assert shown.current_slot_values() == full.current_slot_values()
        assert shown.latest_message.text == full.latest_message.text == "message 99"

    async def test_the_newest_events_are_shown_as_they_are(
        self, store: AppendingTrackerStore, conversation: str
    ):
        memory = await both(store, conversation, SESSION, *[turn(number) for number in range(40)])
        ours, theirs = await store.retrieve(conversation), await memory.retrieve(conversation)
        assert dicts(ours)[-WINDOW_EVENTS:] == dicts(theirs)[-WINDOW_EVENTS:]

    async def test_it_never_opens_inside_a_form(
        self, store: AppendingTrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, *turn(0, ActiveLoop("address_form")))
        for number in range(1, 40):
            await add(store, conversation, *turn(number))
        shown = await store.retrieve(conversation)
        assert shown.active_loop_name == "address_form"
        assert len(shown.events) == len(SESSION) + 40 * len(turn(0)) + 1

    async def test_a_paused_conversation_stays_paused(
        self, store: AppendingTrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, ConversationPaused())
        for number in range(60):
            await add(store, conversation, *turn(number))
        assert (await store.retrieve(conversation)).is_paused()

    async def test_a_new_session_begins_a_new_window(
        self, store: AppendingTrackerStore, conversation: str
    ):
        for number in range(60):
            await add(store, conversation, *turn(number))
        await add(store, conversation, *SESSION, *turn(60))
        assert len((await store.retrieve(conversation)).events) == len(SESSION) + len(turn(60))
