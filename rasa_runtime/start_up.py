"""Makes a freshly loaded Rasa agent ours, or refuses to."""

import gc
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore

from rasa_runtime import patches
from rasa_runtime.action_endpoint import TIME_LIMIT_SECONDS, ActionEndpoint
from rasa_runtime.lock_store import FairLockStore
from rasa_runtime.review.collector import Collector
from rasa_runtime.review.review_list import ReviewList
from rasa_runtime.settings import settings
from rasa_runtime.tracker_store import AppendingTrackerStore
from support.masking import masked


class CannotStart(Exception):
    """The process must not serve; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """A Rasa agent that is ready to answer turns."""

    agent: Agent
    processor: MessageProcessor
    tracker_store: AppendingTrackerStore
    lock_store: FairLockStore
    action_endpoint: ActionEndpoint
    collector: Collector

    async def close(self) -> None:
        """Close the connections to the action server and to Redis."""
        await self.action_endpoint.close()
        await self.collector.close()
        await self.tracker_store.close()
        await self.lock_store.close()


async def prepare(agent: Agent) -> Assistant:
    """Install our tracker store, action endpoint and patches into the agent.

    Raises CannotStart when there is no model, or when Rasa put another tracker store or no action
    server in place: it does so with a mere warning.
    """
    if agent.processor is None:
        raise CannotStart("No model is loaded. Train one: python -m rasa_runtime.train")
    processor = agent.processor
    store = _tracker_store(agent)
    lock_store = _lock_store(agent)
    endpoint = _action_endpoint(agent)
    agent.tracker_store = processor.tracker_store = store
    agent.action_endpoint = processor.action_endpoint = endpoint
    collector = _collector(store)
    patches.apply(processor)
    # Components load what they need at their first message: not while a customer waits for it.
    await processor.parse_message(UserMessage("where is my order"))
    # What is loaded now stays: a full collection would otherwise stall every turn for 0.5 s.
    gc.collect()
    gc.freeze()
    return Assistant(agent, processor, store, lock_store, endpoint, collector)


def _tracker_store(agent: Agent) -> AppendingTrackerStore:
    """Return our store without Rasa's wrapper, which hides outages.

    The wrapper turns a failed read into a new conversation and a failed write into one that is
    kept in memory and never read again.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store  # noqa: SLF001 no other way to it
    if not isinstance(store, AppendingTrackerStore):
        raise CannotStart(
            f"Rasa fell back to {type(store).__name__}. Check tracker_store in endpoints.yml."
        )
    return store


def _lock_store(agent: Agent) -> FairLockStore:
    store = agent.lock_store
    if not isinstance(store, FairLockStore):
        raise CannotStart(
            f"Rasa fell back to {type(store).__name__}. Check lock_store in endpoints.yml."
        )
    return store


def _action_endpoint(agent: Agent) -> ActionEndpoint:
    configured = agent.action_endpoint
    if configured is None or not configured.url:
        raise CannotStart("No action server is configured. Check action_endpoint in endpoints.yml.")
    limit = configured.kwargs.get("time_limit_seconds", TIME_LIMIT_SECONDS)
    return ActionEndpoint(configured.url, domain=agent.domain, time_limit_seconds=float(limit))


def _collector(store: AppendingTrackerStore) -> Collector:
    """Return what collects messages that were not understood; if wanted, it sees every turn."""
    keep = timedelta(days=settings().keep_for_review_days)
    mask = partial(masked, order_number_pattern=settings().order_number_pattern)
    collector = Collector(ReviewList(store.redis, keep=keep), mask=mask)
    if keep:
        store.on_saved = collector.look_at
    return collector
