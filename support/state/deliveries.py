"""What became of each message that went out through a provider.

A long message goes out in pieces, numbered from 0, each with a record of its own.
Providers report late, twice and out of order: a report never takes a message back. A report that
comes before we have written down the provider's id waits for it.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

from support.ids import ConversationId
from support.state.translation import translated_errors
from support.systems.messaging.models import Delivery
from support.times import utc_now

_ORDER: Final = (
    Delivery.UNKNOWN,
    Delivery.SENDING,
    Delivery.BLOCKED,
    Delivery.SENT,
    Delivery.DELIVERED,
    Delivery.READ,
    Delivery.FAILED,
)
_LATE_REPORTS: Final = timedelta(days=7)
_EARLY_REPORTS: Final = timedelta(hours=1)


class DeliveryRecord(BaseModel):
    """How the message at a position of the log stands. `reason`: the provider's code, or ours.

    `tries` counts what was begun; `since` is when the last try began.
    """

    model_config = ConfigDict(frozen=True)

    state: Delivery
    at: AwareDatetime
    tries: int = 0
    since: AwareDatetime | None = None
    provider_id: str | None = None
    reason: str | None = None


class Deliveries:
    """Records and tells deliveries. Every method may raise StateUnavailable."""

    def __init__(self, redis: Redis, *, keep: timedelta) -> None:
        self._redis = redis
        self._keep = keep

    async def of(self, conversation_id: ConversationId) -> dict[int, DeliveryRecord]:
        """Return how each message of a conversation stands, by its position.

        One in pieces stands as the piece that is worst off.
        """
        pieces: dict[int, list[DeliveryRecord]] = {}
        for place, record in (await self._all(conversation_id)).items():
            pieces.setdefault(place.position, []).append(record)
        return {position: min(records, key=_how_well) for position, records in pieces.items()}

    async def provider_ids(self, conversation_id: ConversationId) -> frozenset[str]:
        """Return the providers' ids of everything that was sent in a conversation."""
        records = (await self._all(conversation_id)).values()
        return frozenset(record.provider_id for record in records if record.provider_id)

    async def _all(self, conversation_id: ConversationId) -> dict["_Place", DeliveryRecord]:
        async with translated_errors():
            stored = await self._redis.hgetall(_records(conversation_id))
        return {
            _Place.read(str(place)): DeliveryRecord.model_validate_json(record)
            for place, record in stored.items()
        }

    async def one(
        self, conversation_id: ConversationId, position: int, *, piece: int = 0
    ) -> DeliveryRecord | None:
        """Return how one message, or a piece of it, stands; None where it was never tried."""
        async with translated_errors():
            stored = await self._redis.hget(_records(conversation_id), str(_Place(position, piece)))
        return DeliveryRecord.model_validate_json(stored) if stored else None

    async def write(
        self,
        conversation_id: ConversationId,
        position: int,
        record: DeliveryRecord,
        *,
        piece: int = 0,
    ) -> None:
        """Write how a message, or a piece of it, stands, as the one who sends it says."""
        name = _records(conversation_id)
        async with translated_errors():
            await self._redis.hset(name, str(_Place(position, piece)), record.model_dump_json())
            await self._redis.expire(name, self._keep)

    async def sent(
        self,
        channel: str,
        conversation_id: ConversationId,
        position: int,
        record: DeliveryRecord,
        *,
        piece: int = 0,
    ) -> None:
        """Write that a provider has taken a message, under the id that it gave it."""
        if record.provider_id is None:
            raise ValueError("A message that was taken has an id.")
        await self.write(conversation_id, position, record, piece=piece)
        async with translated_errors():
            await self._redis.set(
                _sent(channel, record.provider_id),
                f"{conversation_id} {_Place(position, piece)}",
                ex=_LATE_REPORTS,
            )
            early = await self._redis.getdel(_early(channel, record.provider_id))
        if early is not None:
            state, _, reason = str(early).partition(" ")
            await self.told(channel, record.provider_id, Delivery(state), reason=reason or None)

    async def taken_as(self, channel: str, key: str, provider_id: str) -> None:
        """Write under which id a provider has taken the message of our `key`, as it tells later."""
        async with translated_errors():
            await self._redis.set(_taken(channel, key), provider_id, ex=_EARLY_REPORTS)

    async def taken(self, channel: str, key: str) -> str | None:
        """Return that id; None where nothing was told."""
        async with translated_errors():
            provider_id = await self._redis.get(_taken(channel, key))
        return None if provider_id is None else str(provider_id)

    async def told(
        self,
        channel: str,
        provider_id: str,
        state: Delivery,
        *,
        reason: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Take a provider's report; an older or unknown one changes nothing."""
        async with translated_errors():
            place = await self._redis.get(_sent(channel, provider_id))
            if place is None:
                early = f"{state.value} {reason or ''}"
                await self._redis.set(_early(channel, provider_id), early, ex=_EARLY_REPORTS)
                return
        name, _, written = str(place).partition(" ")
        conversation_id, (position, piece) = ConversationId(name), _Place.read(written)
        before = await self.one(conversation_id, position, piece=piece)
        if before is None or _ORDER.index(state) <= _ORDER.index(before.state):
            return
        after = before.model_copy(update={"state": state, "at": at or utc_now(), "reason": reason})
        await self.write(conversation_id, position, after, piece=piece)


class _Place(NamedTuple):
    """Where a piece is: `4` is all of message 4, or its beginning, and `4.1` what comes next."""

    position: int
    piece: int

    @classmethod
    def read(cls, text: str) -> "_Place":
        position, _, piece = text.partition(".")
        return cls(int(position), int(piece or 0))

    def __str__(self) -> str:
        return f"{self.position}.{self.piece}" if self.piece else str(self.position)


def _how_well(record: DeliveryRecord) -> int:
    """Return the rank of a record among the pieces of a message; the lowest counts for all."""
    return -1 if record.state is Delivery.FAILED else _ORDER.index(record.state)


def _records(conversation_id: ConversationId) -> str:
    return f"conv:{{{conversation_id}}}:deliveries"


def _sent(channel: str, provider_id: str) -> str:
    return f"channels:sent:{{{channel}:{provider_id}}}"


def _taken(channel: str, key: str) -> str:
    return f"channels:taken:{{{channel}:{key}}}"


def _early(channel: str, provider_id: str) -> str:
    return f"channels:early:{{{channel}:{provider_id}}}"
