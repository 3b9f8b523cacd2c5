"""Tells the assistant what an agent left to it, when it has the conversation back."""

import json
from typing import Final

import structlog

from gateway.conversation_log import Conversation, Reply, Sender
from gateway.handover import GivenBack, Handover
from gateway.ownership import VOICES, Voice
from support.ids import MessageId
from worker.metrics import WorkerMetrics
from worker.rasa_client import (
    RasaAnswer,
    RasaClient,
    RasaFailure,
    RasaUnavailable,
    Turn,
    metadata_of,
)
from worker.retries import FAILURES_BEFORE_PERSON, Tries, TryLater, jitter, pause_before_try

log = structlog.get_logger("worker.handing_back")

SLOTS: Final = frozenset({"order_number", "email", "phone", "topic"})
"""What an agent may set, by the entity that carries it."""

MOST_SUMMARY: Final = 500
"""Characters; a payload holds 2,000."""


class HandsBack:
    """Takes the turn in which Rasa learns what an agent settled. Nobody said anything in it."""

    def __init__(
        self, handover: Handover, rasa: RasaClient, tries: Tries, metrics: WorkerMetrics
    ) -> None:
        self._store = handover.store
        self._rasa = rasa
        self._tries = tries
        self._metrics = metrics

    async def pass_on(self, conversation: Conversation) -> TryLater | bool:
        """Pass on what was left; may raise RedisError.

        Where Rasa fails twice the conversation goes on without: the customer was told already who
        answers now.
        """
        speaks = VOICES[conversation.owner] is Voice.ASSISTANT
        if speaks and conversation.handed_back is not None:
            turn = _turn(conversation, GivenBack.model_validate_json(conversation.handed_back))
            try:
                await self._say(conversation, turn, await self._rasa.answer(turn))
            except RasaFailure as failure:
                if later := await self._later(conversation, turn, failure):
                    return later
        await self._store.passed_on(conversation.conversation_id, conversation.handed_back or "")
        return True

    async def _say(self, conversation: Conversation, turn: Turn, answer: RasaAnswer) -> None:
        for number, message in enumerate(answer.messages):
            outcome = await self._store.log.append_reply(
                conversation.conversation_id,
                Reply(sender=Sender.BOT, **message.model_dump()),
                dedupe_key=f"{turn.message_id}:{number}",
                admitted=conversation.ownership,
            )
            self._metrics.replies.labels(outcome).inc()
        self._metrics.turns.labels("handed_back").inc()

    async def _later(
        self, conversation: Conversation, turn: Turn, failure: RasaFailure
    ) -> TryLater | None:
        kind = "unavailable" if isinstance(failure, RasaUnavailable) else "failed"
        conversation_id = conversation.conversation_id
        tries = await self._tries.count(conversation_id, turn.message_id, kind)
        log.warning("hand_back_failed", conversation_id=conversation_id, reason=str(failure))
        if kind == "failed" and tries >= FAILURES_BEFORE_PERSON:
            return None
        return TryLater(pause_before_try(tries, jitter()))


def _turn(conversation: Conversation, given: GivenBack) -> Turn:
    known = {name: value for name, value in given.slots.items() if name in SLOTS}
    words = {"summary": given.summary[:MOST_SUMMARY], **known}
    return Turn(
        conversation_id=conversation.conversation_id,
        message_id=MessageId(f"give-back-{conversation.fence}"),
        text="",
        payload=f"/give_back{json.dumps(words, ensure_ascii=False)}",
        metadata=metadata_of(conversation),
    )
