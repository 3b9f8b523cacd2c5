"""Answers the messages of one conversation, in their order, one turn at a time."""

from datetime import UTC, datetime, timedelta

import structlog

from gateway import texts
from gateway.conversation_log import (
    Conversation,
    ConversationUnknown,
    Entry,
    Reply,
    Sender,
)
from gateway.handover import Handover
from gateway.ownership import VOICES, Owner, Voice
from support.handover import PersonRequest
from support.ids import ConversationId
from worker.handing_back import HandsBack
from worker.metrics import WorkerMetrics
from worker.person import ASSISTANT_FAILED, GettingPeople
from worker.rasa_client import (
    RasaAnswer,
    RasaClient,
    RasaRefusedTurn,
    RasaTurnFailed,
    RasaUnavailable,
    turn_of,
)
from worker.retries import FAILURES_BEFORE_PERSON, Tries, TryLater, jitter, pause_before_try
from worker.waiting import WaitingRoom

log = structlog.get_logger("worker.answering")

NOTICE_AFTER = timedelta(seconds=1)
"""A hiccup shorter than this is not worth troubling the customer with."""


PERSON_AFTER = timedelta(seconds=30)
"""Whoever cannot be answered for so long is offered to a person, where one can come."""


class Answering:
    """Takes the next unanswered message of a conversation to Rasa and logs what comes back.

    Only the holder of the conversation's lease may call it. Every method may raise RedisError.
    """

    def __init__(
        self, handover: Handover, rasa: RasaClient, tries: Tries, metrics: WorkerMetrics
    ) -> None:
        self._log = handover.store.log
        self._handover = handover
        self._waiting = WaitingRoom(handover)
        self._getting = GettingPeople(handover)
        self._hands_back = HandsBack(handover, rasa, tries, metrics)
        self._rasa = rasa
        self._tries = tries
        self._metrics = metrics

    async def answer_next(self, conversation_id: ConversationId) -> TryLater | bool:
        """Answer the oldest unanswered message; False when there is none."""
        try:
            conversation = await self._log.conversation(conversation_id)
        except ConversationUnknown:
            return False
        if conversation.handed_back is not None:
            return await self._hands_back.pass_on(conversation)
        message = await self._log.next_unanswered(conversation)
        return False if message is None else await self._take(conversation, message)

    async def _take(self, conversation: Conversation, message: Entry) -> TryLater | bool:
        conversation_id = conversation.conversation_id
        if not message.body.is_turn:
            await self._log.finish_turn(conversation_id, message.position)
            return True
        if not conversation.is_for_the_assistant(message.epoch):
            # An agent has, or had, this message in front of them: the bot stays out of it.
            await self._leave_to_person(conversation, message)
            return True
        if await self._waiting.takes(conversation, message):
            await self._log.finish_turn(conversation_id, message.position)
            self._metrics.turns.labels("about_waiting").inc()
            return True
        noted = await self._waiting.noted_contact(conversation, message)
        if noted is not None:
            reply = Reply(sender=Sender.SYSTEM, text=noted.text)
            answers = message.position if noted.answers_ticket else None
            await self._append(conversation, message, reply, "contact", answers=answers)
            if noted.answers_ticket:
                return True
        return await self._answer(conversation, message)

    async def _leave_to_person(self, conversation: Conversation, message: Entry) -> None:
        if VOICES[conversation.owner] is Voice.PERSON:
            await self._handover.customers.wrote(conversation.conversation_id)
        await self._log.finish_turn(conversation.conversation_id, message.position)
        self._metrics.turns.labels("not_ours").inc()

    async def _answer(self, conversation: Conversation, message: Entry) -> TryLater | bool:
        try:
            with self._metrics.rasa_seconds.time():
                answer = await self._rasa.answer(turn_of(conversation, message))
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
            ends = number == last and answer.person is None
            answers = message.position if ends else None
            await self._append(conversation, message, reply, str(number), answers=answers)
        if answer.person is not None:
            await self._get_person(conversation, message, answer.person)
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
        if conversation.owner is Owner.BOT and datetime.now(UTC) - message.at >= PERSON_AFTER:
            # The message stays: the assistant may be back before anybody comes.
            await self._getting.if_somebody_can_come(conversation, ASSISTANT_FAILED)
        return await self._later(conversation, message, "unavailable")

    async def _failed(
        self, conversation: Conversation, message: Entry, error: RasaTurnFailed
    ) -> TryLater | bool:
        self._note("failed", conversation, message, error)
        failures = await self._tries.count(
            conversation.conversation_id, message.message_id, "failed"
        )
        if failures < FAILURES_BEFORE_PERSON:
            return TryLater(pause_before_try(failures, jitter()))
        sorry = Reply(sender=Sender.SYSTEM, text=texts.ASSISTANT_FAILED)
        await self._append(conversation, message, sorry, "0")
        await self._get_person(conversation, message, ASSISTANT_FAILED)
        return True

    async def _get_person(
        self, conversation: Conversation, message: Entry, request: PersonRequest
    ) -> None:
        """Ask for a person, then end the turn: in this order nothing is lost in between."""
        told = await self._getting.person(conversation, request)
        if told:
            reply = Reply(sender=Sender.SYSTEM, text=told)
            await self._append(conversation, message, reply, "person")
        await self._log.finish_turn(conversation.conversation_id, message.position)

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
