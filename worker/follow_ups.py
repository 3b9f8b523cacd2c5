"""Looks whether there is news for those who asked to be told, and tells it to them.

A look is a turn that nobody began: Rasa and the actions find out what has changed. It is taken by
one worker, goes on where that one dies, and says the same thing once. Nothing of it is kept in this
process.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.conversation_log import (
    Conversation,
    ConversationLog,
    ConversationUnknown,
    Reply,
    ReplyOutcome,
    Sender,
)
from gateway.ownership import Owner
from gateway.turn_queue import announce_turn
from support.ids import ConversationId
from support.state.errors import StateUnavailable
from support.state.follow_ups import DueLook, FollowUps
from support.times import utc_now
from worker.background import goes_on
from worker.lease import Lease, LeaseLost
from worker.metrics import WorkerMetrics
from worker.rasa_client import (
    RasaClient,
    RasaFailure,
    RasaMessage,
    RasaUnavailable,
    Turn,
    metadata_of,
)

log = structlog.get_logger("worker.follow_ups")

EVERY_SECONDS = 1.0
AT_ONCE = 4
"""Looks at the same time. Customers who wait for an answer come first."""

MAY_BE_TOLD = frozenset({Owner.BOT, Owner.QUEUED, Owner.RESERVED, Owner.TICKET})
"""While nobody has taken the conversation over; an agent tells the news in person."""


class LooksForNews:
    """Takes the looks that are due."""

    def __init__(
        self,
        redis: Redis,
        conversations: ConversationLog,
        rasa: RasaClient,
        follow_ups: FollowUps,
        metrics: WorkerMetrics,
    ) -> None:
        self._redis = redis
        self._log = conversations
        self._rasa = rasa
        self._follow_ups = follow_ups
        self._metrics = metrics

    async def run(self) -> None:
        """Look until cancelled. While Redis does not answer, nothing is due."""
        while goes_on():
            try:
                found = await self.look()
            except (RedisError, StateUnavailable):
                found = 0
            except Exception:
                log.exception("looks_crashed")
                found = 0
            if found < AT_ONCE:
                await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> int:
        """Take the looks that are due, a few at a time; return how many there were."""
        due = await self._follow_ups.take_due(now=utc_now(), most=AT_ONCE)
        await asyncio.gather(*(self._look(one) for one in due))
        return len(due)

    async def _look(self, look: DueLook) -> None:
        """Look once; whatever goes wrong leaves the look to be taken again."""
        ids = {
            "conversation_id": look.follow_up.conversation_id,
            "message_id": look.message_id,
        }
        try:
            await self._look_alone(look)
        except* (RedisError, StateUnavailable, LeaseLost) as errors:
            names = [type(error).__name__ for error in errors.exceptions]
            log.warning("look_abandoned", error=names, **ids)
        except* Exception:
            log.exception("look_crashed", **ids)

    async def _look_alone(self, look: DueLook) -> None:
        """Look while this conversation has no turn, and none begins."""
        lease = Lease(self._redis, look.follow_up.conversation_id)
        if not await lease.acquire():
            return
        try:
            async with lease.renewed():
                await self._tell_news(look)
        finally:
            with suppress(RedisError):
                await self._give_up(lease, look.follow_up.conversation_id)

    async def _give_up(self, lease: Lease, conversation_id: ConversationId) -> None:
        """Give the conversation up; what was said to it meanwhile is answered right away."""
        if await lease.release_when_done():
            return
        await lease.release()
        conversation = await self._log.conversation(conversation_id)
        waiting = await self._log.next_unanswered(conversation)
        if waiting is not None:
            await announce_turn(self._redis, conversation_id, waiting.message_id)

    async def _tell_news(self, look: DueLook) -> None:
        try:
            conversation = await self._log.conversation(look.follow_up.conversation_id)
        except ConversationUnknown:
            await self._follow_ups.end(look.follow_up)
            return
        if conversation.owner is Owner.CLOSED:
            await self._follow_ups.end(look.follow_up)
            return
        if conversation.owner not in MAY_BE_TOLD:
            self._metrics.looks.labels("not_now").inc()
            await self._follow_ups.postpone(look, now=utc_now())
            return
        if await self._log.next_unanswered(conversation) is not None:
            return  # The customer is answered first; this look is due again soon.
        messages = await self._asked(conversation, look)
        if messages is not None:
            await self._say(conversation, look, messages)

    async def _asked(
        self, conversation: Conversation, look: DueLook
    ) -> Sequence[RasaMessage] | None:
        """Return the news; None where it could not be found out."""
        try:
            answer = await self._rasa.answer(_turn(conversation, look))
        except RasaFailure as failure:
            self._metrics.looks.labels("failed").inc()
            log.warning(
                "look_failed",
                conversation_id=conversation.conversation_id,
                message_id=look.message_id,
                reason=str(failure),
            )
            if not isinstance(failure, RasaUnavailable):
                await self._follow_ups.postpone(look, now=utc_now())
            return None
        return answer.messages

    async def _say(
        self, conversation: Conversation, look: DueLook, messages: Sequence[RasaMessage]
    ) -> None:
        outcomes = {
            await self._append(conversation, look, message, number)
            for number, message in enumerate(messages)
        }
        held_back = ReplyOutcome.SUPPRESSED in outcomes
        await self._follow_ups.settle(look, told=not held_back, now=utc_now())
        outcome = "held_back" if held_back else "told" if messages else "no_news"
        self._metrics.looks.labels(outcome).inc()
        if messages:
            log.info(
                "news_told",
                outcome=outcome,
                conversation_id=conversation.conversation_id,
                message_id=look.message_id,
            )

    async def _append(
        self, conversation: Conversation, look: DueLook, message: RasaMessage, number: int
    ) -> ReplyOutcome:
        return await self._log.append_reply(
            conversation.conversation_id,
            Reply(sender=Sender.BOT, **message.model_dump()),
            dedupe_key=f"{look.message_id}:{number}",
            admitted=conversation.ownership,
        )


def _turn(conversation: Conversation, look: DueLook) -> Turn:
    number = json.dumps({"order_number": look.follow_up.order_number})
    return Turn(
        conversation_id=conversation.conversation_id,
        message_id=look.message_id,
        text="",
        payload=f"/follow_up{number}",
        metadata=metadata_of(conversation),
        may_be_silent=True,
    )
