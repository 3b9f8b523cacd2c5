"""What may stand in endpoints.yml, and what Rasa may have made of it."""

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import (
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    RedisTrackerStore,
    TrackerStore,
)
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from rasa_runtime import tracker_store
from rasa_runtime.settings import SettingsError
from rasa_runtime.start_up import CannotStart, prepare
from rasa_runtime.stores import OUR_STORES, require_our_stores
from rasa_runtime.tracker_store import AppendingTrackerStore
from tests.rasa_runtime.conversations import DOMAIN

REDIS = "redis://127.0.0.1:6379"


def endpoints(**changes: EndpointConfig | None) -> AvailableEndpoints:
    ours = {name: EndpointConfig(type=store, url=REDIS) for name, store in OUR_STORES.items()}
    return AvailableEndpoints(**{**ours, **changes})


def test_ours_are_accepted():
    require_our_stores(endpoints())


@pytest.mark.parametrize("section", OUR_STORES)
@pytest.mark.parametrize(
    "configured",
    [None, EndpointConfig(type="in_memory"), EndpointConfig(type="redis", url="localhost")],
    ids=["none", "in memory", "Rasa's own Redis store"],
)
def test_others_are_refused(section: str, configured: EndpointConfig | None):
    with pytest.raises(SettingsError, match=f"{section} in endpoints.yml must have the type"):
        require_our_stores(endpoints(**{section: configured}))


@pytest.mark.parametrize("section", OUR_STORES)
@pytest.mark.parametrize("url", [None, "localhost"])
def test_an_address_that_cannot_be_understood_is_refused(section: str, url: str | None):
    configured = EndpointConfig(type=OUR_STORES[section], url=url)
    with pytest.raises(SettingsError, match=f"url of {section} .* begins with redis://"):
        require_our_stores(endpoints(**{section: configured}))


def agent(tracker_store: TrackerStore, lock_store: LockStore) -> Any:
    return SimpleNamespace(
        processor=SimpleNamespace(), tracker_store=tracker_store, lock_store=lock_store
    )


def store_made_by_rasa() -> TrackerStore:
    return TrackerStore.create(endpoints().tracker_store, DOMAIN)


async def test_the_memory_that_rasa_falls_back_to_is_refused(monkeypatch: pytest.MonkeyPatch):
    """What happens when something that our store imports is missing."""
    monkeypatch.delattr(tracker_store, "AppendingTrackerStore")
    with pytest.raises(CannotStart, match="fell back to InMemoryTrackerStore"):
        await prepare(agent(FailSafeTrackerStore(store_made_by_rasa()), InMemoryLockStore()))


@pytest.mark.parametrize("store", [InMemoryTrackerStore(DOMAIN), RedisTrackerStore(DOMAIN)])
async def test_another_tracker_store_is_refused(store: TrackerStore):
    with pytest.raises(CannotStart, match=r"Check tracker_store in endpoints\.yml"):
        await prepare(agent(store, InMemoryLockStore()))


@pytest.mark.parametrize("store", [InMemoryLockStore(), RedisLockStore()])
async def test_another_lock_store_is_refused(store: LockStore):
    with pytest.raises(CannotStart, match=r"Check lock_store in endpoints\.yml"):
        await prepare(agent(AppendingTrackerStore(DOMAIN, REDIS), store))


def test_a_lock_store_that_does_not_exist_is_no_lock_in_memory():
    missing = EndpointConfig(type="rasa_runtime.lock_store.Misspelled", url=REDIS)
    with pytest.raises(Exception, match="Could not find a class"):
        LockStore.create(missing)
