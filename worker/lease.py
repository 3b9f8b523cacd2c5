"""The right to answer a conversation: one worker at a time, given up when it stops renewing."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from redis.asyncio import Redis

from gateway.conversation_log.keys import key
from support.ids import ConversationId

LEASE = timedelta(seconds=5)
RENEWALS_PER_LEASE = 3

_RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""

_RELEASE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""

# A message that arrives while its conversation is being answered is left to the lease's holder,
# so the lease is only given up if none has arrived.
_RELEASE_WHEN_DONE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 1 end
local state = redis.call('HMGET', KEYS[2], 'asked', 'answered')
if state[1] and tonumber(state[1]) > tonumber(state[2]) then return 0 end
redis.call('DEL', KEYS[1])
return 1
"""


class LeaseLost(Exception):
    """The lease ran out or another worker has it: whatever is being done must be abandoned."""


class Lease:
    """One worker's claim on one conversation, or on the `part` of its work that is named."""

    def __init__(
        self,
        redis: Redis,
        conversation_id: ConversationId,
        *,
        duration: timedelta = LEASE,
        part: str = "lease",
    ) -> None:
        self._redis = redis
        self._key = key(conversation_id, part)
        self._meta = key(conversation_id, "meta")
        self._token = secrets.token_hex(16)
        self._duration = duration

    async def acquire(self) -> bool:
        """Take the lease, unless somebody has it."""
        return bool(await self._redis.set(self._key, self._token, nx=True, px=self._duration))

    @asynccontextmanager
    async def renewed(self) -> AsyncIterator[None]:
        """Renew the lease while the block runs; the block is cancelled when the lease is lost.

        Raises an exception group that holds LeaseLost or RedisError in that case.
        """
        async with asyncio.TaskGroup() as group:
            renewing = group.create_task(self._keep_renewing())
            yield
            renewing.cancel()

    async def release(self) -> None:
        """Give the lease up; harmless when it is no longer ours."""
        await self._redis.eval(_RELEASE, 1, self._key, self._token)

    async def release_when_done(self) -> bool:
        """Give the lease up unless a message waits; False means: go on answering."""
        return bool(
            await self._redis.eval(_RELEASE_WHEN_DONE, 2, self._key, self._meta, self._token)
        )

    async def _keep_renewing(self) -> None:
        milliseconds = str(int(self._duration.total_seconds() * 1000))
        while True:
            await asyncio.sleep(self._duration.total_seconds() / RENEWALS_PER_LEASE)
            if not await self._redis.eval(_RENEW, 1, self._key, self._token, milliseconds):
                raise LeaseLost
