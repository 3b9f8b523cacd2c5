"""What customers read when something behind the assistant fails: never silence, nothing lost."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from scripts.demo.system import System
from tests.end_to_end.customer import Answer, Customer
from tests.end_to_end.sandbox import Sandbox
from tests.orders import order_json
from tests.whole_system import NewCustomer

QUESTION = "where is my order 410200341, sam@example.com"
LONGEST_WAIT_SECONDS = 6


@pytest.fixture(autouse=True)
def sams_order(sandbox: Sandbox) -> None:
    sandbox.put_order(order_json())


@pytest.fixture
def stopped(system: System) -> Iterator[Callable[[str], None]]:
    """Stop a process; it is started again when the test has ended."""
    names: list[str] = []

    def stop(name: str) -> None:
        names.append(name)
        system.supervisor.stop(name)

    yield stop
    for name in names:
        start(system, name)
    system.wait_until_ready()


def start(system: System, name: str) -> None:
    """Start a process unless it runs."""
    if system.supervisor.processes()[name][0] not in {"RUNNING", "STARTING"}:
        system.supervisor.start(name)


def kill(system: System, name: str) -> None:
    """End a process as a crash would; the supervisor starts it again."""
    os.kill(system.supervisor.processes()[name][1], signal.SIGKILL)


@pytest.mark.parametrize("mode", ["down", "slow", "error", "malformed", "rate_limited"])
def test_a_failing_order_system_is_said_and_can_be_tried_again(
    customer: Customer, sandbox: Sandbox, mode: str
) -> None:
    sandbox.fault("orders", mode, delay_ms=20_000 if mode == "slow" else 0)
    asked = time.monotonic()

    failed = customer.say(QUESTION)
    took = time.monotonic() - asked
    sandbox.fault("orders", "ok")
    again = customer.say("try again")

    assert "can't reach the order system right now" in failed.text
    assert took < LONGEST_WAIT_SECONDS
    assert "Status: Shipped" in again.text


@pytest.mark.parametrize("mode", ["down", "slow", "error", "malformed", "rate_limited"])
def test_a_failing_carrier_leaves_what_the_order_system_says_and_its_age(
    customer: Customer, sandbox: Sandbox, mode: str
) -> None:
    sandbox.fault("carriers", mode, delay_ms=20_000 if mode == "slow" else 0)
    asked = time.monotonic()

    answer = customer.say(QUESTION)

    assert "Status: Shipped" in answer.text
    assert "I couldn't reach Australia Post just now" in answer.text
    assert "last updated at 3:00 pm on Thursday 19 November" in answer.text
    assert answer.sources == {"Kmart order system"}
    assert time.monotonic() - asked < LONGEST_WAIT_SECONDS


def test_a_message_sent_while_actions_are_down_is_answered_when_they_are_back(
    customer: Customer, system: System, stopped: Callable[[str], None]
) -> None:
    stopped("actions")
    customer.send(text=QUESTION)

    told = notice(customer)
    start(system, "actions")
    answer = customer.answer(seconds=60)

    assert "I've kept your message" in told.text
    assert "Status: Shipped" in answer.text
    assert "I've kept your message" not in answer.text


def test_a_message_sent_while_rasa_is_down_is_answered_when_it_is_back(
    customer: Customer, system: System, stopped: Callable[[str], None]
) -> None:
    stopped("rasa")
    customer.send(text=QUESTION)

    told = notice(customer)
    start(system, "rasa")
    answer = customer.answer(seconds=120)

    assert "I've kept your message" in told.text
    assert "Status: Shipped" in answer.text


@pytest.mark.parametrize("name", ["worker", "actions", "rasa", "gateway", "redis"])
def test_nothing_accepted_is_lost_or_answered_twice_when_a_process_is_killed(
    new_customer: NewCustomer, system: System, name: str
) -> None:
    customers = [new_customer() for _ in range(3)]
    for one in customers:
        one.send(text=QUESTION)
    kill(system, name)
    system.wait_until_ready()

    answers = [one.answer(seconds=120) for one in customers]

    assert [answer.text.count("Status: Shipped") for answer in answers] == [1, 1, 1]


def test_a_conversation_goes_on_after_redis_was_killed(customer: Customer, system: System) -> None:
    customer.say("where is my order 410200341")
    kill(system, "redis")
    system.wait_until_ready()

    answer = customer.say("sam@example.com", seconds=60)

    assert "Status: Shipped" in answer.text


def notice(customer: Customer) -> Answer:
    """Wait for what the customer is told while the answer is delayed."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if told := customer.new_replies():
            return told
        time.sleep(0.1)
    pytest.fail("the customer was told nothing")
