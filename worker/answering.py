"""Answers the messages of one conversation, in their order, one turn at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from gateway import texts
from gateway.channels.names import phone_of
from gateway.conversation_log import (
    Conversation,
    ConversationLog,
    ConversationUnknown,
    Entry,
    Reply,
    Sender,
)
from gateway.ownership import Owner
from support.ids import ConversationId
from worker.metrics import WorkerMetrics
from worker.rasa_client import (
    RasaAnswer,
    RasaClient,
    RasaRefusedTurn,
    RasaTurnFailed,
    RasaUnavailable,
    Turn,
    TurnMetadata,
)
from worker.retries import FAILURES_BEFORE_APOLOGY, Tries, jitter, pause_before_try

log = structlog.get_logger("worker.answering")

NOTICE_AFTER = timedelta(seconds=1)
"""A hiccup shorter than this is not worth troubling the customer with."""


@dataclass(frozen=True, slots=True)
class TryLater:
    """The conversation's next message could not be answered yet."""

    pause: timedelta


class Answering:
    """Takes the next unanswered message of a conversation to Rasa and logs what comes back.

    Only the holder of the conversation's lease may call it. Every method may raise RedisError.
    """

    def __init__(
        self, log: ConversationLog, rasa: RasaClient, tries: Tries, metrics: WorkerMetrics
    ) -> None:
        self._log = log
        self._rasa = rasa
        self._tries = tries
        self._metrics = metrics

    async def answer_next(self, conversation_id: ConversationId) -> TryLater | bool:
        """Answer the oldest unanswered message; False when there is none."""
        try:
            conversation = await self._log.conversation(conversation_id)
        except ConversationUnknown:
            return False
        message = await self._log.next_unanswered(conversation)
        if message is None:
            return False
        if not message.body.is_turn:
            await self._log.finish_turn(conversation_id, message.position)
            return True
        if conversation.owner is not Owner.BOT or conversation.epoch != message.epoch:
            # An agent has, or had, this message in front of them: the bot stays out of it.
            await self._log.finish_turn(conversation_id, message.position)
            self._metrics.turns.labels("not_ours").inc()
            return True
        return await self._answer(conversation, message)

    async def _answer(self, conversation: Conversation, message: Entry) -> TryLater | bool:
        try:
            with self._metrics.rasa_seconds.time():
                answer = await self._rasa.answer(_turn(conversation, message))
        except RasaUnavailable as error:
            return await self._unavailable(conversation, message, error)
        except RasaTurnFailed as error:
            return await self._failed(conversation, message, error)
        except RasaRefusedTurn as error:
            self._note("refused", conversation, message, error)
            await self._apologise(conversation, message, texts.TURN_FAILED)
            return True
        await self._reply(conversation, message, answer)
        return True

    async def _reply(self, conversation: Conversation, message: Entry, answer: RasaAnswer) -> None:
        if not answer.messages:
            self._note("empty", conversation, message)
            await self._apologise(conversation, message, texts.NO_ANSWER)
            return
        self._metrics.turns.labels("answered").inc()
        last = len(answer.messages) - 1
        for number, said in enumerate(answer.messages):
            understood = answer.understood if number == 0 else None
            reply = Reply(sender=Sender.BOT, **said.model_dump(), understood=understood)
            answers = message.position if number == last else None
            await self._append(conversation, message, reply, str(number), answers=answers)
        log.info(
            "turn_answered",
            conversation_id=conversation.conversation_id,
            message_id=message.message_id,
            replies=len(answer.messages),
            repeated=answer.status == "repeated",
        )

    async def _unavailable(
        self, conversation: Conversation, message: Entry, error: RasaUnavailable
    ) -> TryLater:
        self._note("unavailable", conversation, message, error)
        if datetime.now(UTC) - message.at >= NOTICE_AFTER:
            # Said once: the message that waits longest stays the same until Rasa is back.
            notice = Reply(sender=Sender.SYSTEM, text=texts.ANSWER_DELAYED)
            await self._append(conversation, message, notice, "delayed")
        return await self._later(conversation, message, "unavailable")

    async def _failed(
        self, conversation: Conversation, message: Entry, error: RasaTurnFailed
    ) -> TryLater | bool:
        self._note("failed", conversation, message, error)
        failures = await self._tries.count(
            conversation.conversation_id, message.message_id, "failed"
        )
        if failures < FAILURES_BEFORE_APOLOGY:
            return TryLater(pause_before_try(failures, jitter()))
        await self._apologise(conversation, message, texts.TURN_FAILED)
        return True

    async def _later(self, conversation: Conversation, message: Entry, kind: str) -> TryLater:
        tries = await self._tries.count(conversation.conversation_id, message.message_id, kind)
        return TryLater(pause_before_try(tries, jitter()))

    async def _apologise(self, conversation: Conversation, message: Entry, text: str) -> None:
        reply = Reply(sender=Sender.SYSTEM, text=text)
        await self._append(conversation, message, reply, "0", answers=message.position)

    async def _append(
        self,
        conversation: Conversation,
        message: Entry,
        reply: Reply,
        part: str,
        *,
        answers: int | None = None,
    ) -> None:
        outcome = await self._log.append_reply(
            conversation.conversation_id,
            reply,
            dedupe_key=f"{message.message_id}:{part}",
            admitted=conversation.ownership,
            answers=answers,
        )
        self._metrics.replies.labels(outcome).inc()

    def _note(
        self,
        outcome: str,
        conversation: Conversation,
        message: Entry,
        error: Exception | None = None,
    ) -> None:
        self._metrics.turns.labels(outcome).inc()
        log.warning(
            "turn_not_answered",
            outcome=outcome,
            conversation_id=conversation.conversation_id,
            message_id=message.message_id,
            reason=str(error) if error else None,
        )


def _turn(conversation: Conversation, message: Entry) -> Turn:
    customer = conversation.customer
    return Turn(
        conversation_id=conversation.conversation_id,
        message_id=message.message_id,
        text=message.text,
        payload=message.body.payload,
        metadata=TurnMetadata(
            channel=conversation.channel,
            customer_id=customer.customer_id if customer else None,
            customer_first_name=customer.first_name if customer else None,
            sender_key=conversation.sender_key,
            sender_phone=phone_of(conversation),
        ),
    )
