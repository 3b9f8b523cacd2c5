"""Fixtures for tests that need the whole system: it is started once, for all of them."""

from collections.abc import Callable, Iterator

import httpx
import pytest
import redis

from scripts.demo.model import train
from scripts.demo.ports import free_port
from scripts.demo.processes import Ports
from scripts.demo.system import System
from tests.end_to_end.customer import KEPT_OPEN, Customer
from tests.end_to_end.sandbox import Sandbox

FORGOTTEN_BETWEEN_TESTS = ("limits:*", "carrier:*")
"""What the system remembers across conversations, which would carry over to the next test."""

NewCustomer = Callable[..., Customer]


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in one process, and allow for training and starting in the first of them."""
    for item in items:
        if "system" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(600))
            item.add_marker(pytest.mark.xdist_group("system"))


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Every process, ready, on free ports with data of its own."""
    home = tmp_path_factory.mktemp("system")
    train(home / "logs" / "train.log")
    with System(home, Ports(gateway=free_port(), sandbox=free_port())) as running:
        running.start()
        running.wait_until_ready()
        yield running


@pytest.fixture
def shared_redis(system: System) -> Iterator["redis.Redis"]:
    """The system's Redis, for what can be seen or forced only there."""
    with redis.Redis.from_url(system.redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture
def sandbox(system: System, shared_redis: "redis.Redis") -> Iterator[Sandbox]:
    """The outside world with its shipped data, and nothing remembered of earlier tests."""
    for pattern in FORGOTTEN_BETWEEN_TESTS:
        for key in shared_redis.scan_iter(pattern):
            shared_redis.delete(key)
    with httpx.Client(base_url=system.sandbox_url, timeout=10, limits=KEPT_OPEN) as client:
        world = Sandbox(client)
        world.reset()
        yield world
        world.reset()


@pytest.fixture
def new_customer(
    system: System, sandbox: Sandbox, shared_redis: "redis.Redis"
) -> Iterator[NewCustomer]:
    """Opens conversations: `new_customer()`, or `new_customer(signed_in_as="c-1001")`."""
    with httpx.Client(base_url=system.gateway_url, timeout=10, limits=KEPT_OPEN) as client:

        def open_conversation(*, signed_in_as: str | None = None) -> Customer:
            token = sandbox.customer_token(signed_in_as) if signed_in_as else None
            return Customer(client, shared_redis, customer_token=token)

        yield open_conversation


@pytest.fixture
def customer(new_customer: NewCustomer) -> Customer:
    """A customer who is not signed in, in a new conversation."""
    return new_customer()
