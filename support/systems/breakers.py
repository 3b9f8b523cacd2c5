"""Systems that keep failing are left alone for a moment, so that nobody waits for them in vain.

One breaker for each system and HTTP client. An outage is logged once when it begins, with the
failure that made it one, and once when it is over.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from weakref import WeakKeyDictionary

import httpx
import structlog
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.messages.base import Event
from purgatory.domain.messages.events import ContextChanged
from purgatory.domain.model import CLOSED, OPENED, OpenedState

from support.systems.errors import (
    SystemFailure,
    SystemLeftAlone,
    SystemOutOfOrder,
    SystemUnreachable,
)

FAILURES_IN_A_ROW: Final = 5
LEFT_ALONE_SECONDS: Final = 5.0
"""After that one more call is tried."""

_log = structlog.get_logger(__name__)


class Breakers:
    """The breakers of one client."""

    def __init__(
        self, failures: int = FAILURES_IN_A_ROW, left_alone_seconds: float = LEFT_ALONE_SECONDS
    ) -> None:
        self._factory = AsyncCircuitBreakerFactory(
            default_threshold=failures,
            default_ttl=left_alone_seconds,
            exclude=[(SystemFailure, _is_no_outage), asyncio.CancelledError],
        )
        self._factory.add_listener(self._note)
        self._out_of_order: set[str] = set()

    @asynccontextmanager
    async def guard(self, system: str) -> AsyncIterator[None]:
        """Wrap one call. Raises `SystemLeftAlone` without making it while the breaker is open."""
        breaker = await self._factory.get_breaker(system)
        try:
            async with breaker:
                yield
        except OpenedState as opened:
            # The library raises the same object each time: its traceback would grow.
            opened.__traceback__ = None
            raise SystemLeftAlone(system, "left alone for a moment") from None

    def _note(self, system: str, kind: str, event: Event) -> None:
        del kind
        if not isinstance(event, ContextChanged):
            return
        if event.state == OPENED and system not in self._out_of_order:
            self._out_of_order.add(system)
            _log.warning("system.outage_began", system=system)
        elif event.state == CLOSED and system in self._out_of_order:
            self._out_of_order.discard(system)
            _log.info("system.outage_ended", system=system)


def breakers_of(client: httpx.AsyncClient) -> Breakers:
    """Return the breakers of a client, made on first use."""
    if client not in _of_clients:
        _of_clients[client] = Breakers()
    return _of_clients[client]


def use_breakers(client: httpx.AsyncClient, breakers: Breakers) -> None:
    """Let a client have these, instead of those with the usual limits."""
    _of_clients[client] = breakers


_of_clients: WeakKeyDictionary[httpx.AsyncClient, Breakers] = WeakKeyDictionary()


def _is_no_outage(failure: Any) -> bool:  # noqa: ANN401 - the library's type
    return not isinstance(failure, SystemUnreachable | SystemOutOfOrder)
