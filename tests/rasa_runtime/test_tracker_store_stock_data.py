"""Conversations that Rasa's own Redis store has written, read and continued by ours."""

import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import redis
from rasa.core.tracker_store import RedisTrackerStore
from rasa.shared.core.events import ActiveLoop, Event, SlotSet

from rasa_runtime.settings import SettingsError
from rasa_runtime.tracker_store import AppendingTrackerStore
from tests.rasa_runtime.conversations import DOMAIN, SESSION, add, dicts, turn

ONE_SESSION = [*SESSION, *turn(1)]
TWO_SESSIONS = [*SESSION, *turn(1), *SESSION, *turn(2)]
IN_A_FORM = [*SESSION, SlotSet("order_number", "410200341"), *turn(1, ActiveLoop("address_form"))]
WITHOUT_A_SESSION = turn(1)

Conversation = pytest.mark.parametrize(
    "events",
    [
        pytest.param(ONE_SESSION, id="one session"),
        pytest.param(TWO_SESSIONS, id="two sessions"),
        pytest.param(IN_A_FORM, id="slots and a form"),
        pytest.param(WITHOUT_A_SESSION, id="no session"),
    ],
)


@pytest.fixture(params=[None, "shop"], ids=["no prefix", "prefix"])
def key_prefix(request: pytest.FixtureRequest) -> str | None:
    return request.param


@pytest.fixture
def stock(redis_url: str, key_prefix: str | None) -> RedisTrackerStore:
    address = urlsplit(redis_url)
    return RedisTrackerStore(
        DOMAIN, address.hostname, address.port, key_prefix=key_prefix, record_exp=100
    )


@pytest_asyncio.fixture
async def store(redis_url: str, key_prefix: str | None) -> AsyncIterator[AppendingTrackerStore]:
    store = AppendingTrackerStore(DOMAIN, redis_url, key_prefix=key_prefix, record_exp=5000)
    yield store
    await store.close()


@pytest.fixture
def conversation() -> str:
    return uuid.uuid4().hex


@Conversation
async def test_it_reads_as_in_rasas_store(
    store: AppendingTrackerStore,
    stock: RedisTrackerStore,
    conversation: str,
    events: list[Event],
):
    await add(stock, conversation, *events)
    ours, theirs = await store.retrieve(conversation), await stock.retrieve(conversation)
    assert dicts(ours) == dicts(theirs)
    assert ours.current_slot_values() == theirs.current_slot_values()
    assert ours.active_loop_name == theirs.active_loop_name
    assert conversation in await store.keys()
    assert await store.exists(conversation) is True


@Conversation
async def test_its_whole_history_is_read_before_it_is_taken_over_and_after(
    store: AppendingTrackerStore,
    stock: RedisTrackerStore,
    conversation: str,
    events: list[Event],
):
    await add(stock, conversation, *events)
    history = dicts(await stock.retrieve_full_tracker(conversation))
    assert dicts(await store.retrieve_full_tracker(conversation)) == history
    await store.retrieve(conversation)
    assert dicts(await store.retrieve_full_tracker(conversation)) == history


@Conversation
@pytest.mark.parametrize("loaded", [True, False], ids=["loaded", "never loaded"])
async def test_it_is_continued(
    store: AppendingTrackerStore,
    stock: RedisTrackerStore,
    conversation: str,
    events: list[Event],
    loaded: bool,  # noqa: FBT001 a parameter of the test
):
    stored = await add(stock, conversation, *events)
    tracker = await store.retrieve(conversation) if loaded else stored.copy()
    tracker.update_with_events(turn(3), DOMAIN)
    await store.save(tracker)
    full = await store.retrieve_full_tracker(conversation)
    assert [event.type_name for event in full.events] == [
        event.type_name for event in [*events, *turn(3)]
    ]
    assert full.current_slot_values() == tracker.current_slot_values()


async def test_ours_expire_after_record_exp(
    store: AppendingTrackerStore, conversation: str, redis_url: str, key_prefix: str | None
):
    await add(store, conversation, *SESSION)
    prefix = f"{key_prefix}:" if key_prefix else ""
    with redis.Redis.from_url(redis_url) as client:
        left = [client.ttl(f"{prefix}rasa:{{{conversation}}}:{key}") for key in ("events", "state")]
    assert all(4990 < seconds <= 5000 for seconds in left)


async def test_prefixes_keep_assistants_apart(redis_url: str, conversation: str):
    shop = AppendingTrackerStore(DOMAIN, redis_url, key_prefix="shop")
    other = AppendingTrackerStore(DOMAIN, redis_url, key_prefix="other")
    await add(shop, conversation, *SESSION)
    assert await other.retrieve(conversation) is None
    assert conversation not in await other.keys()
    await shop.close()
    await other.close()


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda url: AppendingTrackerStore(DOMAIN, url, key_prefix="my-bot"), "key_prefix"),
        (lambda url: AppendingTrackerStore(DOMAIN, url, record_exp=0), "record_exp"),
    ],
    ids=["prefix", "expiry"],
)
def test_a_setting_that_makes_no_sense_is_refused(
    make: Callable[[str], Any], named: str, redis_url: str
):
    with pytest.raises(SettingsError, match=named):
        make(redis_url)
