"""One turn of a conversation at a time, in the order in which they came, across processes.

Rasa's own RedisLockStore reads, changes and writes a lock in separate steps, so two processes draw
the same ticket and answer at the same time; who waits looks again once a second. Here a ticket is
drawn, kept and given back in one step each, and whoever gives back wakes the next.

A ticket lives for `LEASE` and is renewed while its process lives. If a process dies, the next in
the queue goes on when the lease has run out. A process that is held up for longer than the lease
may meet another one in the same conversation: then the tracker store refuses the slower one's turn.

Keys, with one hash tag per conversation: `rasa:{<id>}:lock:queue`, a list of tickets,
`rasa:{<id>}:lock:leases`, a hash, and `rasa:{<id>}:lock:wake:<ticket>`, a list that wakes whoever
waits with the ticket. All of them end with the leases.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from rasa_runtime.redis_access import PATIENCE, key_prefix_of, script
from support.redis_client import connect

logger = structlog.get_logger(__name__)

LEASE = timedelta(seconds=3)
RENEWALS_PER_LEASE = 3


class FairLockStore(LockStore):
    """Rasa's lock store with tickets in Redis, first come, first served.

    Takes `url`, an address of Redis, and `key_prefix` from its section of endpoints.yml. Errors of
    Redis reach the caller, except when a lock is given back. Raises RedisAddressWrong or
    SettingsError.
    """

    def __init__(self, endpoint_config: EndpointConfig, *, lease: timedelta = LEASE) -> None:
        self._redis = connect(endpoint_config.url or "", PATIENCE)
        self._prefix = key_prefix_of(endpoint_config.kwargs.get("key_prefix"))
        self._lease = lease
        self._process = f"{socket.gethostname()}:{os.getpid()}"
        self._take = self._redis.register_script(script("lock_take"))
        self._renew = self._redis.register_script(script("lock_renew"))
        self._release = self._redis.register_script(script("lock_release"))

    async def close(self) -> None:
        """Close the connections to Redis."""
        await self._redis.aclose()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncIterator[TicketLock]:
        """Wait for the conversation's turn to be ours, and hold it while the block runs.

        Waits for as long as those in front take; the caller limits that. Rasa's two durations mean
        nothing here: nobody polls, and a lock lives for as long as its holder.
        """
        ticket = f"{self._process}:{secrets.token_hex(6)}"
        try:
            await self._wait_for_turn(conversation_id, ticket)
            async with self._renewed(conversation_id, ticket):
                yield TicketLock(conversation_id)
        finally:
            await self._give_back(conversation_id, ticket)

    async def _wait_for_turn(self, conversation_id: str, ticket: str) -> None:
        """Return when the ticket is in front; renew it, and look for the dead, on the way."""
        keys = self._keys(conversation_id)
        while left := int(await self._take(keys=keys, args=[ticket, self._lease_milliseconds])):
            seconds = min(left / 1000, self._renewal_seconds)
            await self._redis.blpop([self._wake_key(conversation_id, ticket)], timeout=seconds)

    @asynccontextmanager
    async def _renewed(self, conversation_id: str, ticket: str) -> AsyncIterator[None]:
        renewing = asyncio.create_task(self._keep_renewing(conversation_id, ticket))
        try:
            yield
        finally:
            renewing.cancel()

    async def _keep_renewing(self, conversation_id: str, ticket: str) -> None:
        arguments: dict[str, Any] = {
            "keys": self._keys(conversation_id),
            "args": [ticket, self._lease_milliseconds],
        }
        alive = True
        while alive:
            await asyncio.sleep(self._renewal_seconds)
            with suppress(RedisError):  # the next try may come in time
                alive = bool(await self._renew(**arguments))
        logger.warning("lock.lost", conversation_id=conversation_id)

    async def _give_back(self, conversation_id: str, ticket: str) -> None:
        """Give the ticket back and wake the next; what Redis does not hear ends with the lease."""
        try:
            following = await self._release(keys=self._keys(conversation_id), args=[ticket])
            if following:
                await self._wake(self._wake_key(conversation_id, following))
        except RedisError as error:
            logger.warning(
                "lock.not_given_back", conversation_id=conversation_id, error=type(error).__name__
            )

    async def _wake(self, key: str) -> None:
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.rpush(key, "your turn")
            pipeline.pexpire(key, self._lease)
            await pipeline.execute()

    @property
    def _lease_milliseconds(self) -> int:
        return int(self._lease.total_seconds() * 1000)

    @property
    def _renewal_seconds(self) -> float:
        return self._lease.total_seconds() / RENEWALS_PER_LEASE

    def _keys(self, conversation_id: str) -> list[str]:
        return [self._key(conversation_id, part) for part in ("queue", "leases")]

    def _wake_key(self, conversation_id: str, ticket: str) -> str:
        return self._key(conversation_id, f"wake:{ticket}")

    def _key(self, conversation_id: str, part: str) -> str:
        return f"{self._prefix}rasa:{{{conversation_id}}}:lock:{part}"
