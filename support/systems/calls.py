"""Every call to an outside system, as a log event and as figures.

Kept are the system, what was asked of it, how that went and how long it took; never an address, a
number, a header or a body.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemLeftAlone,
    SystemRateLimited,
    SystemRefused,
)
from support.systems.messaging.errors import MessageRejected
from support.systems.operations import Operation

CALLS: Final = CollectorRegistry()
"""The figures of all calls of this process."""

_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
_seconds = Histogram(
    "system_call_seconds",
    "Calls to outside systems: how long they took and how they went",
    ["system", "operation", "outcome"],
    buckets=_BUCKETS,
    registry=CALLS,
)
_unreadable = Counter(
    "system_answers_unreadable",
    "Answers of outside systems that do not follow their own format",
    ["system"],
    registry=CALLS,
)
_log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """How a call went. GIVEN_UP: whoever asked no longer waits. LEFT_ALONE: it was not made."""

    OK = "ok"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"
    MALFORMED = "malformed"
    UNREACHABLE = "unreachable"
    LEFT_ALONE = "left_alone"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Call:
    """One call with its repeats."""

    system: str
    operation: Operation
    outcome: Outcome
    milliseconds: int


_OUTCOMES: Final[tuple[tuple[type[SystemFailure], Outcome], ...]] = (
    (SystemRateLimited, Outcome.RATE_LIMITED),
    (SystemRefused, Outcome.REFUSED),
    (MessageRejected, Outcome.REFUSED),
    (SystemAnswerMalformed, Outcome.MALFORMED),
    (SystemLeftAlone, Outcome.LEFT_ALONE),
)


def outcome_of(failure: SystemFailure) -> Outcome:
    """Return how a call went that ended so."""
    fitting = (outcome for kind, outcome in _OUTCOMES if isinstance(failure, kind))
    return next(fitting, Outcome.UNREACHABLE)


def record(call: Call) -> None:
    """Log and count a call that has ended."""
    _log.info("system.called", **asdict(call))
    _seconds.labels(call.system, call.operation, call.outcome).observe(call.milliseconds / 1000)


@dataclass(slots=True)
class Going:
    """How a call goes that is being made; whoever makes it may know better than `OK`."""

    outcome: Outcome = Outcome.OK


@contextmanager
def recorded(system: str, operation: Operation) -> Iterator[Going]:
    """Record the call that is made within; a `SystemFailure` that leaves it says how it went."""
    started, going = time.perf_counter(), Going()
    try:
        yield going
    except SystemFailure as failure:
        going.outcome = outcome_of(failure)
        raise
    except BaseException:
        going.outcome = Outcome.GIVEN_UP
        raise
    finally:
        took = round((time.perf_counter() - started) * 1000)
        record(Call(system, operation, going.outcome, took))


def record_unreadable(system: str, places: str) -> None:
    """Log and count an answer that cannot be read. `places` are names of fields."""
    _log.warning("system.answer_unreadable", system=system, places=places)
    _unreadable.labels(system).inc()
