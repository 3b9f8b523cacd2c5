"""What became of conversations that people had: found in the stream of changes of owner."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel

from gateway.conversation_log import ConversationUnknown
from gateway.desk.clocks import Clock, clocks
from gateway.desk.conversation_api import all_entries
from gateway.handover import HandoverEvent, keys
from gateway.ownership import Owner
from gateway.ratings import Ratings
from gateway.services import Services
from support.ids import ConversationId
from support.times import utc_now

MOST_EVENTS: Final = 20_000
"""Changes of owner that are looked through: several weeks of a busy desk."""

MOST_REMEMBERED: Final = 5_000
"""Closed conversations of which a process remembers what it has read; about a kilobyte each."""


class Past(BaseModel):
    """One conversation that somebody was asked to take over. Clocks are in seconds."""

    conversation_id: ConversationId
    channel: str
    began: AwareDatetime
    last: AwareDatetime
    owner: str
    reason: str | None
    close_reason: str | None
    skill: str
    agents: list[str]
    order_number: str | None = None
    topic: str | None = None
    rating: int | None = None
    clocks: dict[Clock, float] | None = None

    def has(self, words: str) -> bool:
        """Say whether something of it is what was looked for."""
        own = (
            self.conversation_id,
            self.channel,
            self.owner,
            self.reason,
            self.close_reason,
            self.skill,
            self.order_number,
            self.topic,
            *self.agents,
        )
        return any(words.casefold() in one.casefold() for one in own if one)


class History:
    """Finds past conversations. Every method may raise RedisError.

    A closed conversation changes no more, except for its rating: what was read of it is remembered,
    so that a board that is refreshed every few seconds reads each of them once.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._closed: OrderedDict[ConversationId, Past] = OrderedDict()

    async def search(
        self, words: str, *, most: int, since: datetime | None = None
    ) -> Sequence[Past]:
        """Return the latest conversations with these words in what is known of them.

        `since`: only those of which anything changed after it.
        """
        found: list[Past] = []
        for past in await self._conversations(since):
            known = await self._known(past)
            if words and not known.has(words):
                continue
            rating = await Ratings(self._services.redis).of(past.conversation_id)
            found.append(known.model_copy(update={"rating": rating.score if rating else None}))
            if len(found) == most:
                break
        return found

    async def _conversations(self, since: datetime | None) -> Sequence[Past]:
        start = f"{int(since.timestamp() * 1000)}-0" if since else "-"
        found: Any = await self._services.redis.xrevrange(keys.EVENTS, min=start, count=MOST_EVENTS)
        # Weeks of a busy desk are many records: other requests do not wait for them.
        return await asyncio.to_thread(_conversations, [fields["event"] for _, fields in found])

    async def _known(self, past: Past) -> Past:
        """Add what it was about and whose time it took; what is no longer kept has no times."""
        remembered = self._closed.get(past.conversation_id)
        if remembered is not None and remembered.last == past.last:
            self._closed.move_to_end(past.conversation_id)
            return remembered
        request = await self._services.handover.store.request_of(past.conversation_id)
        told = {"order_number": request.order_number, "topic": request.topic} if request else {}
        known = past.model_copy(update={**told, "clocks": await self._clocks(past)})
        if past.owner == Owner.CLOSED.value:
            self._closed[past.conversation_id] = known
            if len(self._closed) > MOST_REMEMBERED:
                self._closed.popitem(last=False)
        return known

    async def _clocks(self, past: Past) -> dict[Clock, float] | None:
        store = self._services.handover.store
        try:
            await store.read(past.conversation_id)
        except ConversationUnknown:
            return None
        entries = await all_entries(self._services, past.conversation_id)
        events = await store.history(past.conversation_id)
        return clocks(entries, events, until=utc_now())


def _conversations(written: Sequence[str]) -> list[Past]:
    """Gather changes of owner, the latest first, by conversation, the latest conversation first."""
    by_id: dict[ConversationId, list[HandoverEvent]] = {}
    for event in map(HandoverEvent.model_validate_json, reversed(written)):
        by_id.setdefault(event.conversation_id, []).append(event)
    gathered = [_past(one) for one in by_id.values()]
    return sorted(gathered, key=lambda past: past.last, reverse=True)


def _past(events: Sequence[HandoverEvent]) -> Past:
    first, last = events[0], events[-1]
    is_closed = last.after.value == "CLOSED"
    return Past(
        conversation_id=first.conversation_id,
        channel=first.channel,
        began=first.at,
        last=last.at,
        owner=last.after.value,
        reason=first.reason,
        close_reason=last.reason if is_closed else None,
        skill=last.skill.value,
        agents=list(dict.fromkeys(event.agent for event in events if event.agent)),
    )
