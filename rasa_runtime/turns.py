"""Runs turns: one at a time per conversation, each message once, within a time limit.

The lock store keeps other Rasa processes out of the conversation, also while it is looked up
whether the message was answered before.

A turn either ends whole or leaves nothing. Rasa writes the conversation once, at the end, in one
step in Redis, so a turn that is cancelled at the time limit or crashes has stored nothing and may
be tried again with the same message id. If the limit strikes during that one step, the turn may
have been stored after all: the next try finds the message and answers `repeated`.

All actions of a turn share its time: each call of one says how much is left.

A caller that goes away does not end the turn. It runs on by itself, and a caller that comes back
with the same message gets its result.
"""

import asyncio
from dataclasses import dataclass

from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_runtime.replies import ReplyCollector, person_wanted, replies_of
from rasa_runtime.start_up import Assistant
from rasa_runtime.turn import Reply, TurnAnswer, TurnRequest, Understood
from support.systems.deadline import TURN_SECONDS, reply_within

TIME_LIMIT_SECONDS = 10.0
DEFAULT_RESPONSE = "utter_default"


class ConversationBusy(Exception):
    """Another message of the same conversation is being answered."""


@dataclass(frozen=True, slots=True)
class _RunningTurn:
    message_id: str
    task: "asyncio.Task[TurnAnswer]"


class Turns:
    """Answers messages with a Rasa assistant."""

    def __init__(
        self, assistant: Assistant, *, time_limit_seconds: float = TIME_LIMIT_SECONDS
    ) -> None:
        self._assistant = assistant
        self._time_limit = time_limit_seconds
        self._running: dict[str, _RunningTurn] = {}

    async def answer(self, request: TurnRequest) -> TurnAnswer:
        """Return the answer to a message.

        Raises ConversationBusy, TimeoutError, a TurnAborted, or whatever made the turn crash.
        """
        running = self._running.get(request.conversation_id)
        if running is None:
            running = self._start(request)
        elif running.message_id != request.message_id:
            raise ConversationBusy
        return await asyncio.shield(running.task)

    def _start(self, request: TurnRequest) -> _RunningTurn:
        task = asyncio.create_task(self._limited_turn(request))
        running = _RunningTurn(request.message_id, task)
        self._running[request.conversation_id] = running
        task.add_done_callback(lambda done: self._finish(request.conversation_id, done))
        return running

    def _finish(self, conversation_id: str, task: "asyncio.Task[TurnAnswer]") -> None:
        del self._running[conversation_id]
        if not task.cancelled():
            task.exception()  # mark as seen: the caller may have gone away

    async def _limited_turn(self, request: TurnRequest) -> TurnAnswer:
        with reply_within(TURN_SECONDS):
            async with asyncio.timeout(self._time_limit):
                return await self._turn(request)

    async def _turn(self, request: TurnRequest) -> TurnAnswer:
        async with self._assistant.lock_store.lock(request.conversation_id):
            return await self._turn_of_ours(request)

    async def _turn_of_ours(self, request: TurnRequest) -> TurnAnswer:
        repeated = await self._assistant.tracker_store.utterances_after(
            request.conversation_id, request.message_id
        )
        if repeated is not None:
            replies = replies_of(repeated) or await self._default_reply(request)
            return TurnAnswer(
                status="repeated",
                turn_id=request.message_id,
                messages=replies,
                person=person_wanted(event.message() for event in repeated),
            )
        return await self._new_turn(request)

    async def _new_turn(self, request: TurnRequest) -> TurnAnswer:
        """Run a turn; one that nobody began is stored only if something was said in it.

        Hundreds of looks without news would otherwise push out what the customer said. These are
        the steps of Rasa's `handle_message`, which always stores and does not tell what it
        understood.
        """
        processor = self._assistant.processor
        collector = ReplyCollector(request.metadata.channel)
        message = _user_message(request, collector)
        tracker = await processor.log_message(message, should_save_tracker=False)
        understood = None if request.may_be_silent else _understood(tracker)
        tracker = await processor.run_action_extract_slots(collector, tracker)
        await processor._run_prediction_loop(collector, tracker)  # noqa: SLF001 no other way to it
        replies = collector.replies()
        if replies or not request.may_be_silent:
            await processor.save_tracker(tracker)
            replies = replies or await self._default_reply(request)
        return TurnAnswer(
            status="answered",
            turn_id=request.message_id,
            messages=replies,
            understood=understood,
            person=collector.person(),
        )

    async def _default_reply(self, request: TurnRequest) -> list[Reply]:
        """Return the words for a turn in which nothing was said: a customer never meets silence."""
        response = await self._assistant.processor.nlg.generate(
            DEFAULT_RESPONSE,
            self._assistant.tracker_store.init_tracker(request.conversation_id),
            request.metadata.channel,
        )
        if response is None:
            raise LookupError(f"{DEFAULT_RESPONSE} has no text.")
        return [Reply(text=response["text"], said=[DEFAULT_RESPONSE])]


def _understood(tracker: DialogueStateTracker) -> Understood | None:
    """Return what the newest message was taken for."""
    newest = tracker.latest_message
    if newest is None or not newest.intent_name:
        return None
    confidence = newest.intent.get("confidence") or 0.0
    return Understood(intent=newest.intent_name, confidence=confidence)


def _user_message(request: TurnRequest, collector: ReplyCollector) -> UserMessage:
    return UserMessage(
        text=request.payload or request.words,
        output_channel=collector,
        sender_id=request.conversation_id,
        parse_data=None if request.payload or request.words else _nothing_understood(),
        input_channel=request.metadata.channel,
        message_id=request.message_id,
        metadata=request.event_metadata,
    )


def _nothing_understood() -> dict[str, object]:
    """Return what NLU would say to a message in which nothing is left to read."""
    intent = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}
    return {"text": "", "intent": intent, "intent_ranking": [intent], "entities": []}
