"""What Rasa expects of any tracker store, asked of its own Redis store and of ours alike."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import RedisTrackerStore, TrackerStore
from rasa.shared.core.events import ActiveLoop, FollowupAction, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_runtime.tracker_store import AppendingTrackerStore
from tests.rasa_runtime.conversations import DOMAIN, SESSION, add, dicts, turn


class Broker(EventBroker):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.published.append(event)

    async def close(self) -> None:
        pass


def stock_store(redis_url: str, broker: EventBroker | None) -> RedisTrackerStore:
    address = urlsplit(redis_url)
    return RedisTrackerStore(DOMAIN, address.hostname, address.port, event_broker=broker)


def our_store(redis_url: str, broker: EventBroker | None) -> AppendingTrackerStore:
    return AppendingTrackerStore(DOMAIN, redis_url, broker)


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture(params=[stock_store, our_store], ids=["stock", "ours"])
def store(request: pytest.FixtureRequest, redis_url: str, broker: Broker) -> TrackerStore:
    return request.param(redis_url, broker)


@pytest.fixture
def conversation() -> str:
    return uuid.uuid4().hex


async def test_nothing_is_known_of_a_new_conversation(store: TrackerStore, conversation: str):
    assert await store.retrieve(conversation) is None
    assert await store.retrieve_full_tracker(conversation) is None
    assert await store.exists(conversation) is False


async def test_a_new_conversation_is_created_and_stored(store: TrackerStore, conversation: str):
    created = await store.get_or_create_tracker(conversation)
    assert created.sender_id == conversation
    assert [event.as_dict()["name"] for event in created.events] == ["action_listen"]
    assert await store.exists(conversation) is True


async def test_a_conversation_is_created_without_listening(store: TrackerStore, conversation: str):
    created = await store.get_or_create_tracker(conversation, append_action_listen=False)
    assert list(created.events) == []


async def test_what_was_saved_is_retrieved(store: TrackerStore, conversation: str):
    saved = await add(store, conversation, *SESSION, *turn(1))
    assert await store.retrieve(conversation) == saved
    assert await store.retrieve_full_tracker(conversation) == saved


async def test_get_or_create_finds_what_was_saved(store: TrackerStore, conversation: str):
    await add(store, conversation, *SESSION, SlotSet("order_number", "410200341"))
    again = await store.get_or_create_tracker(conversation)
    assert again.get_slot("order_number") == "410200341"
    assert dicts(again) == dicts(await store.get_or_create_full_tracker(conversation))


async def test_times_and_message_ids_are_kept(store: TrackerStore, conversation: str):
    saved = await add(store, conversation, *SESSION, *turn(1))
    retrieved = await store.retrieve(conversation)
    assert [e.timestamp for e in retrieved.events] == [e.timestamp for e in saved.events]
    assert retrieved.latest_message.message_id == saved.latest_message.message_id
    assert retrieved.latest_message.metadata == {"message_id": "m1"}


class TestSessions:
    async def test_the_last_one_is_retrieved(self, store: TrackerStore, conversation: str):
        await add(store, conversation, *SESSION, *turn(1))
        await add(store, conversation, *SESSION, *turn(2))
        shown = await store.retrieve(conversation)
        assert [event.text for event in shown.events if isinstance(event, UserUttered)] == [
            "message 2"
        ]

    async def test_all_are_retrieved_on_request(self, store: TrackerStore, conversation: str):
        first = await add(store, conversation, *SESSION, *turn(1))
        second = await add(store, conversation, *SESSION, *turn(2))
        full = await store.retrieve_full_tracker(conversation)
        assert dicts(full) == dicts(first) + dicts(second)[len(full.events) // 2 :]
        assert len(full.events) == 2 * (len(SESSION) + len(turn(1)))

    async def test_a_session_that_begins_within_a_turn_is_the_last_one(
        self, store: TrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, *turn(1), *SESSION, *turn(2))
        shown = await store.retrieve(conversation)
        assert len(shown.events) == len(SESSION) + len(turn(2))

    async def test_an_older_one_stays_when_the_last_goes_on(
        self, store: TrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, *turn(1))
        await add(store, conversation, *SESSION)
        await add(store, conversation, *turn(2))
        full = await store.retrieve_full_tracker(conversation)
        assert [event.text for event in full.events if isinstance(event, UserUttered)] == [
            "message 1",
            "message 2",
        ]


class TestState:
    async def test_a_restart_is_kept(self, store: TrackerStore, conversation: str):
        saved = await add(store, conversation, *SESSION, *turn(1), Restarted())
        retrieved = await store.retrieve(conversation)
        assert retrieved.idx_after_latest_restart() == saved.idx_after_latest_restart()
        assert (saved.get_slot("tries"), retrieved.get_slot("tries")) == (0, 0)

    async def test_a_followup_action_is_kept(self, store: TrackerStore, conversation: str):
        await add(store, conversation, *SESSION, FollowupAction("utter_greet"))
        assert (await store.retrieve(conversation)).followup_action == "utter_greet"

    async def test_slots_and_form_are_kept(self, store: TrackerStore, conversation: str):
        await add(store, conversation, *SESSION, ActiveLoop("address_form"))
        await add(store, conversation, SlotSet("order_number", "410200341"))
        retrieved = await store.retrieve(conversation)
        assert retrieved.active_loop_name == "address_form"
        assert retrieved.get_slot("order_number") == "410200341"
        assert retrieved.get_slot("tries") == 0


class TestSaving:
    async def test_nothing_is_added_by_saving_again(self, store: TrackerStore, conversation: str):
        tracker = await add(store, conversation, *SESSION, *turn(1))
        await store.save(tracker)
        assert len((await store.retrieve_full_tracker(conversation)).events) == len(tracker.events)

    async def test_nothing_is_added_by_saving_what_was_retrieved(
        self, store: TrackerStore, conversation: str
    ):
        tracker = await add(store, conversation, *SESSION, *turn(1))
        await store.save(await store.retrieve(conversation))
        assert len((await store.retrieve_full_tracker(conversation)).events) == len(tracker.events)

    async def test_a_tracker_that_was_never_loaded_is_stored(
        self, store: TrackerStore, conversation: str
    ):
        tracker = DialogueStateTracker.from_events(conversation, [*SESSION, *turn(1)], DOMAIN.slots)
        await store.save(tracker)
        assert dicts(await store.retrieve(conversation)) == dicts(tracker)

    @pytest.mark.parametrize(
        "elsewhere",
        [
            pytest.param(lambda tracker: tracker.copy(), id="copy"),
            pytest.param(
                lambda tracker: DialogueStateTracker.from_dict(
                    tracker.sender_id, [e.as_dict() for e in tracker.events], DOMAIN.slots
                ),
                id="as PUT to Rasa's HTTP API",
            ),
        ],
    )
    async def test_of_one_that_was_never_loaded_only_what_is_new_is_added(
        self,
        store: TrackerStore,
        conversation: str,
        elsewhere: Callable[[DialogueStateTracker], DialogueStateTracker],
    ):
        stored = await add(store, conversation, *SESSION, *turn(1))
        tracker = elsewhere(stored)
        tracker.update_with_events(turn(2), DOMAIN)
        await store.save(tracker)
        assert dicts(await store.retrieve(conversation)) == dicts(tracker)
        assert len((await store.retrieve_full_tracker(conversation)).events) == len(tracker.events)

    async def test_one_that_holds_the_last_session_alone_loses_no_other(
        self, store: TrackerStore, conversation: str
    ):
        await add(store, conversation, *SESSION, *turn(1))
        await add(store, conversation, *SESSION, *turn(2))
        tracker = (await store.retrieve(conversation)).copy()
        tracker.update_with_events(turn(3), DOMAIN)
        await store.save(tracker)
        full = await store.retrieve_full_tracker(conversation)
        said = [event.text for event in full.events if isinstance(event, UserUttered)]
        assert said == ["message 1", "message 2", "message 3"]


class TestBroker:
    async def test_each_event_is_streamed_once(
        self, store: TrackerStore, conversation: str, broker: Broker
    ):
        await add(store, conversation, *SESSION)
        await add(store, conversation, *turn(1))
        await add(store, conversation, *SESSION, *turn(2))
        kinds = [event["event"] for event in broker.published]
        expected = [*SESSION, *turn(1), *SESSION, *turn(2)]
        assert kinds == [event.type_name for event in expected]
        assert {event["sender_id"] for event in broker.published} == {conversation}

    async def test_nothing_is_streamed_when_nothing_is_new(
        self, store: TrackerStore, conversation: str, broker: Broker
    ):
        tracker = await add(store, conversation, *SESSION)
        broker.published.clear()
        await store.save(tracker)
        assert broker.published == []


class TestDifferentOnPurpose:
    async def listed(self, store: TrackerStore, conversation: str) -> list[str]:
        await add(store, conversation, *SESSION)
        return [key for key in await store.keys() if conversation in key]

    async def test_ours_lists_ids_where_stock_lists_names_of_keys(
        self, redis_url: str, conversation: str
    ):
        stock = stock_store(redis_url, None)
        assert await self.listed(stock, conversation) == [f"tracker:{conversation}"]
        assert await self.listed(our_store(redis_url, None), conversation) == [conversation]

    @pytest.mark.parametrize(
        ("make", "shown_whole"), [(stock_store, True), (our_store, False)], ids=["stock", "ours"]
    )
    async def test_ours_shows_the_recent_part_of_a_long_session_only(
        self,
        make: Callable[[str, None], TrackerStore],
        shown_whole: bool,  # noqa: FBT001 a parameter of the test
        redis_url: str,
        conversation: str,
    ):
        store = make(redis_url, None)
        for number in range(60):
            await add(store, conversation, *turn(number))
        shown, full = (
            await store.retrieve(conversation),
            await store.retrieve_full_tracker(conversation),
        )
        assert (dicts(shown) == dicts(full)) is shown_whole
        assert len(full.events) == 60 * len(turn(0))
        assert shown.current_slot_values() == full.current_slot_values()

    async def test_a_copy_of_the_recent_part_is_added_to_the_whole(
        self, redis_url: str, conversation: str
    ):
        store = our_store(redis_url, None)
        for number in range(60):
            await add(store, conversation, *turn(number))
        tracker = (await store.retrieve(conversation)).copy()
        tracker.update_with_events(turn(60), DOMAIN)
        await store.save(tracker)
        full = await store.retrieve_full_tracker(conversation)
        said = [event.text for event in full.events if isinstance(event, UserUttered)]
        assert said == [f"message {number}" for number in range(61)]
