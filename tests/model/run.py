"""Runs the machine until it has taken so many steps."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from gateway.conversation_log import records
from gateway.ownership import TRANSITIONS
from tests.model.machine import HandoverMachine
from tests.model.mortal_redis import MortalRedis

ROWS = TRANSITIONS.items()
STEPS_EACH = (12, 60)
"""Short walks end where longer ones would make good what went wrong."""

EXAMPLES = 50


def walk(redis_url: str, steps: int, *, first_seed: int = 0) -> int:
    """Take at least so many steps; return how many there were. Raises what hypothesis found."""
    HandoverMachine.steps = 0
    number = first_seed
    with _on(redis_url):
        while HandoverMachine.steps < steps:
            machine = seed(number)(HandoverMachine)
            run_state_machine_as_test(machine, settings=_settings(number))
            number += 1
    return HandoverMachine.steps


def rows_not_walked() -> set[tuple[str, str, str]]:
    """Return the rows of the table that happened in no walk so far."""
    rows = {(owner.value, event.value, led.after.value) for (owner, event, _), led in ROWS}
    return rows - HandoverMachine.seen


def _settings(number: int) -> settings:
    return settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS_EACH[number % len(STEPS_EACH)],
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def _on(redis_url: str) -> Iterator[None]:
    now = records.now
    loop = asyncio.new_event_loop()
    HandoverMachine.loop = loop
    HandoverMachine.redis = MortalRedis.from_url(redis_url, decode_responses=True)
    try:
        yield
    finally:
        records.now = now
        loop.run_until_complete(HandoverMachine.redis.aclose())
        loop.close()
