"""What became of conversations that people had: found in the stream of changes of owner."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel
from redis.asyncio import Redis

from gateway.conversation_log import ConversationUnknown
from gateway.desk.clocks import Clock, clocks
from gateway.desk.conversation_api import all_entries
from gateway.handover import HandoverEvent, keys
from gateway.ratings import Ratings
from gateway.services import Services
from support.ids import ConversationId
from support.times import utc_now

MOST_EVENTS: Final = 20_000
"""Changes of owner that are looked through: several weeks of a busy desk."""


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


async def search(services: Services, words: str, *, most: int) -> Sequence[Past]:
    """Return the latest conversations with these words in what is known of them."""
    found: list[Past] = []
    for past in _conversations(await _events(services.redis)):
        request = await services.handover.store.request_of(past.conversation_id)
        told = {"order_number": request.order_number, "topic": request.topic} if request else {}
        known = past.model_copy(update=told)
        if words and not known.has(words):
            continue
        found.append(await _measured(services, known))
        if len(found) == most:
            break
    return found


async def _measured(services: Services, past: Past) -> Past:
    """Add the clocks and the rating; what is no longer kept has neither."""
    try:
        await services.handover.store.read(past.conversation_id)
    except ConversationUnknown:
        return past
    entries = await all_entries(services, past.conversation_id)
    events = await services.handover.store.history(past.conversation_id)
    rating = await Ratings(services.redis).of(past.conversation_id)
    took = clocks(entries, events, until=utc_now())
    return past.model_copy(update={"clocks": took, "rating": rating.score if rating else None})


async def _events(redis: Redis) -> list[HandoverEvent]:
    """Return the latest changes of owner, oldest first."""
    found: Any = await redis.xrevrange(keys.EVENTS, count=MOST_EVENTS)
    return [HandoverEvent.model_validate_json(fields["event"]) for _, fields in reversed(found)]


def _conversations(events: Iterable[HandoverEvent]) -> list[Past]:
    """Gather the changes by conversation, the latest conversation first."""
    by_id: dict[ConversationId, list[HandoverEvent]] = {}
    for event in events:
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
