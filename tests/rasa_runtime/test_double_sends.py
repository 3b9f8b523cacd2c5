"""Two messages of a conversation at the same moment, to two Rasa processes that share a Redis."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from rasa.core.tracker_store import RedisTrackerStore, TrackerStore
from rasa.shared.core.events import BotUttered, UserUttered

from rasa_runtime.tracker_store import AppendingTrackerStore
from tests.rasa_runtime.conftest import TURN_KEY, free_port, running_process
from tests.rasa_runtime.conversations import DOMAIN
from tests.rasa_runtime.lock_watcher import watched_locks
from tests.rasa_runtime.turn_client import TurnClient, turn

CONVERSATIONS = 48
AT_ONCE = 4
"""Pairs of messages on their way at the same time."""
STOCK_SECONDS = 3
"""Rasa's own lock lets some messages wait for ever."""

Send = Callable[[str, str], int]
"""Sends a conversation a text, and returns the HTTP status."""


@dataclass(frozen=True)
class Processes:
    """Two Rasa processes, as seen by who sends them messages."""

    senders: tuple[Send, Send]
    ids: tuple[int, int]
    store: TrackerStore

    def send_to_both(self, conversation: str) -> list[int]:
        """Send a message to each process at the same moment."""
        both_ready = threading.Barrier(2)

        def send(number: int) -> int:
            both_ready.wait(timeout=10)
            return self.senders[number](conversation, text_for(number))

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(send, range(2)))

    async def said_by_customer(self, conversation: str) -> list[str]:
        tracker = await self.store.retrieve_full_tracker(conversation)
        return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def text_for(number: int) -> str:
    return f"hello from message {number}"


def url_of(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def our_sender(port: int) -> Send:
    client = TurnClient(url_of(port), TURN_KEY)
    return lambda conversation, text: (
        client.post(turn(text, conversation_id=conversation)).status_code
    )


def stock_sender(port: int) -> Send:
    url = f"{url_of(port)}/webhooks/rest/webhook"

    def send(conversation: str, text: str) -> int:
        try:
            body = {"sender": conversation, "message": text}
            return requests.post(url, json=body, timeout=STOCK_SECONDS).status_code
        except requests.Timeout:
            return requests.codes.gateway_timeout

    return send


@pytest.fixture
def ours(
    trained_project: Path,
    rasa_environment: dict[str, str],
    redis_url: str,
    tmp_path: Path,
) -> Iterator[Processes]:
    ports = (free_port(), free_port())
    with ExitStack() as stack:
        ids = [
            stack.enter_context(
                running_process(
                    "rasa_runtime",
                    trained_project,
                    {**rasa_environment, "RASA_PORT": str(port)},
                    tmp_path / f"{port}.log",
                    f"{url_of(port)}/webhooks/gateway/health",
                )
            ).pid
            for port in ports
        ]
        store = AppendingTrackerStore(DOMAIN, redis_url)
        yield Processes((our_sender(ports[0]), our_sender(ports[1])), (ids[0], ids[1]), store)


@pytest.fixture
def stock(trained_project: Path, redis_url: str, tmp_path: Path) -> Iterator[Processes]:
    ports = (free_port(), free_port())
    address = urlsplit(redis_url)
    with ExitStack() as stack:
        ids = [
            stack.enter_context(
                running_process(
                    f"tests.rasa_runtime.stock_server {port} {redis_url}",
                    trained_project,
                    {},
                    tmp_path / f"{port}.log",
                    f"{url_of(port)}/webhooks/rest/",
                )
            ).pid
            for port in ports
        ]
        store = RedisTrackerStore(DOMAIN, address.hostname, address.port)
        yield Processes((stock_sender(ports[0]), stock_sender(ports[1])), (ids[0], ids[1]), store)


def double_send(processes: Processes) -> tuple[list[str], list[list[int]]]:
    """Warm conversations up and send each two messages at once; return them, and the statuses."""
    conversations = [uuid.uuid4().hex for _ in range(CONVERSATIONS)]
    for number, conversation in enumerate(conversations):
        assert processes.senders[number % 2](conversation, "hello") == requests.codes.ok
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(processes.send_to_both, conversations))
    return conversations, statuses


async def test_none_is_lost_none_runs_twice_and_all_run_in_their_order(
    ours: Processes, redis_url: str
):
    with watched_locks(redis_url) as watcher:
        conversations, statuses = double_send(ours)
    assert statuses == [[requests.codes.ok] * 2] * CONVERSATIONS
    for conversation in conversations:
        tracker = await ours.store.retrieve_full_tracker(conversation)
        said = [event.text for event in tracker.events if isinstance(event, UserUttered)]
        answers = [event for event in tracker.events if isinstance(event, BotUttered)]
        drawn = [ours.ids.index(process) for process in watcher.process_ids(conversation)]
        assert said == ["hello", *map(text_for, drawn[1:])]
        assert len(answers) == len(said) == 3


async def test_rasas_own_stores_lose_some(
    stock: Processes, record_testsuite_property: Callable[[str, object], None]
):
    """Shows that what the test above sends does harm where nothing prevents it."""
    conversations, _ = double_send(stock)
    said = [await stock.said_by_customer(conversation) for conversation in conversations]
    lost = 3 * CONVERSATIONS - sum(map(len, said))
    record_testsuite_property("messages_lost_by_rasas_own_stores", lost)
    assert lost > 0
