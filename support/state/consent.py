"""Who has told us to send them nothing more on a channel. One record for everybody who sends.

It is kept without end, under a hash of the address: a person who said STOP is not asked again.
Source: Spam Act 2003 (Cth), section 18, and the providers' own rules for STOP.
"""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

from support.state.addresses import AddressKey
from support.state.translation import translated_errors


class OptOut(BaseModel):
    """When and how somebody stopped us: `by` is `customer`, or the provider that told."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    by: str


class Consent:
    """Records and tells who may be written to. Every method may raise StateUnavailable."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def stop(self, person: AddressKey, *, at: datetime, by: str) -> None:
        """Record that nothing more may be sent. The first time is the one that is kept."""
        record = OptOut(at=at, by=by).model_dump_json()
        async with translated_errors():
            await self._redis.set(_key(person), record, nx=True)

    async def start(self, person: AddressKey) -> None:
        """Record that the person wants to be written to again."""
        async with translated_errors():
            await self._redis.delete(_key(person))

    async def opt_out(self, person: AddressKey) -> OptOut | None:
        """Return when and how the person stopped us; None where we may write."""
        async with translated_errors():
            record = await self._redis.get(_key(person))
        return None if record is None else OptOut.model_validate_json(record)


def _key(person: AddressKey) -> str:
    return f"consent:{{{person}}}"
