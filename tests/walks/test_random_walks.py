"""Random conversations with the whole assistant: whatever is said, certain things never happen.

WALKS sets how many there are. They are the same every time; one that fails is made as short as it
can be and printed as the conversation that it is.
"""

import os

import httpx
import pytest
import redis
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr

from sandbox.demo import catalogue
from sandbox.demo.pieces import DemoOrder
from scripts.demo.keys import load_keys
from scripts.demo.ports import LOOPBACK
from scripts.demo.system import System
from support.times import utc_now
from tests.end_to_end.sandbox import Sandbox
from tests.truth import Truth
from tests.walks.conversation import Conversation
from tests.walks.expectations import World, problems
from tests.walks.steps import Walk, walks
from tests.whole_system import FORGOTTEN_BETWEEN_TESTS
from worker.rasa_client import RasaClient

WALKS = int(os.environ.get("WALKS", "60"))


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    """The demo orders, their times counted from now, in the sandbox and to compare with."""
    demos = catalogue(utc_now())
    for demo in demos:
        _put(sandbox, demo)
    return World(tuple(Truth.of(demo) for demo in demos))


@settings(
    max_examples=WALKS,
    derandomize=True,
    database=None,
    deadline=None,
    # The system stands still between walks; what a walk draws takes a moment.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=walks())
async def test_whatever_is_said_the_assistant_keeps_its_word(
    system: System, shared_redis: "redis.Redis", world: World, walk: Walk
) -> None:
    _forget_failed_tries(shared_redis)

    async with httpx.AsyncClient(base_url=_rasa_url(system)) as http:
        conversation = Conversation(walk, RasaClient(http, key=_turn_key(system)))
        for step in walk.steps:
            await conversation.take(step)

            assert problems(conversation, world) == [], f"in this conversation:\n{conversation}"


def _put(sandbox: Sandbox, demo: DemoOrder) -> None:
    sandbox.put_order(demo.order)
    for (carrier, number), body in demo.tracking.items():
        sandbox.put_tracking(carrier, number, body)


def _forget_failed_tries(shared_redis: "redis.Redis") -> None:
    """Let no walk be held back for what others have tried."""
    for pattern in FORGOTTEN_BETWEEN_TESTS:
        for key in shared_redis.scan_iter(pattern):
            shared_redis.delete(key)


def _rasa_url(system: System) -> str:
    return f"http://{LOOPBACK}:{system._ports.rasa}"


def _turn_key(system: System) -> SecretStr:
    return SecretStr(load_keys(system.supervisor.logs.parent / "secrets.env")["RASA_TURN_KEY"])
