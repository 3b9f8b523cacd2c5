"""Makes small records of conversations that have become quiet, for the figures at /insights."""

import asyncio
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

import structlog
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.conversation_log import PAGE, ConversationUnknown, Entry
from gateway.handover import Handover
from gateway.insights.episodes import episodes
from gateway.insights.store import Quiet, Summaries
from gateway.insights.summary import summary_of
from gateway.ownership import Owner
from gateway.ratings import KeptRating, Ratings
from support.ids import ConversationId
from support.times import utc_now
from worker.background import goes_on

log = structlog.get_logger("worker.summaries")

EVERY_SECONDS: Final = 5.0
AT_ONCE: Final = 20
AGAIN_AFTER: Final = timedelta(minutes=10)
"""A look that was not finished, as its worker died, is taken again after this."""


class SummarisesQuiet:
    """Looks at conversations some time after their last message.

    A record is made anew from the whole conversation each time, so that two workers at the same
    conversation do no harm.
    """

    def __init__(
        self, redis: Redis, handover: Handover, *, key: SecretStr, quiet: timedelta, keep: timedelta
    ) -> None:
        self._store = handover.store
        self._ratings = Ratings(redis)
        self._quiet = Quiet(redis)
        self._summaries = Summaries(redis)
        self._key = hmac.digest(key.get_secret_value().encode(), b"insights", "sha256")
        self._quiet_after = quiet
        self._keep = keep

    async def run(self) -> None:
        """Look until cancelled. While Redis does not answer, nothing is due."""
        while goes_on():
            try:
                found = await self.look()
            except RedisError:
                found = 0
            except Exception:
                log.exception("summaries_crashed")
                found = 0
            if found < AT_ONCE:
                await asyncio.sleep(EVERY_SECONDS)

    async def look(self, now: datetime | None = None) -> int:
        """Look at those whose time has come, a few at a time; return how many there were."""
        now = now or utc_now()
        due = await self._quiet.due(now=now, most=AT_ONCE)
        again = now + AGAIN_AFTER
        await self._quiet.look_at(due, at=again)
        for conversation_id in due:
            try:
                await self._look_at(conversation_id, now=now, noted=again)
            except RedisError:
                raise
            except Exception:
                # One that cannot be read does not keep the others from being looked at.
                log.exception("summary_crashed", conversation_id=conversation_id)
        return len(due)

    async def _look_at(
        self, conversation_id: ConversationId, *, now: datetime, noted: datetime
    ) -> None:
        try:
            held = await self._store.read(conversation_id)
        except ConversationUnknown:
            await self._quiet.settle(conversation_id, at=noted)
            return
        entries = await self._entries(conversation_id)
        await self._summarise(conversation_id, held.channel, entries)
        is_quiet = not entries or now - entries[-1].at >= self._quiet_after
        if held.owner in {Owner.BOT, Owner.CLOSED} and is_quiet:
            await self._quiet.settle(conversation_id, at=noted)

    async def _summarise(
        self, conversation_id: ConversationId, channel: str, entries: list[Entry]
    ) -> None:
        events = await self._store.history(conversation_id)
        rating = await self._ratings.of(conversation_id)
        cut = episodes(entries, events, quiet=self._quiet_after)
        starts = [one.entries[0].at for one in cut]
        for number, episode in enumerate(cut):
            until = starts[number + 1] if number + 1 < len(cut) else None
            summary = summary_of(
                conversation_id,
                channel,
                episode,
                rating=rating if _falls(rating, starts[number], until) else None,
                hashed=self._hashed,
            )
            if summary is not None:
                await self._summaries.keep(summary, keep=self._keep)

    async def _entries(self, conversation_id: ConversationId) -> list[Entry]:
        entries: list[Entry] = []
        while page := await self._store.log.read(
            conversation_id, after=entries[-1].position if entries else 0
        ):
            entries += page
            if len(page) < PAGE:
                break
        return entries

    def _hashed(self, value: str) -> str:
        return hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()[:24]


def _falls(rating: KeptRating | None, first: datetime, until: datetime | None) -> bool:
    return rating is not None and rating.at >= first and (until is None or rating.at < until)
