"""Tells the outside desk about one conversation, step by step, each thing once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from gateway.conversation_log import ConversationUnknown, Entry
from gateway.outside_desk.ledger import Ledger
from support.ids import ConversationId
from support.systems.desk.errors import DeskRefused
from support.systems.desk.interface import Desk
from support.systems.desk.models import DeskMessage, Place, Standing
from support.systems.errors import SystemFailure, SystemLeftAlone, SystemRateLimited
from support.times import utc_now
from worker.outbound.attempts import SETTLED_AFTER, Later, pause_after
from worker.outbound.dead_letters import DeadLetter, DeadLetters
from worker.outside_desk.opening import opening
from worker.outside_desk.reading import StoryReader
from worker.outside_desk.story import Step, Story, Telling, number_of

log = structlog.get_logger("worker.outside_desk")

LINE: Final = "desk"
GIVE_UP_AFTER: Final = timedelta(hours=24)
"""Whoever asked for a person so long ago has been told so, and has found another way."""

TOO_OLD: Final = "too_old"
"""Why such a thing is given up."""

_NOTHING_TRIED: Final[dict[str, None]] = {"trying": None, "since": None, "tries": None}


class DeskFeed:
    """Tells what is not told. Only the holder of the conversation's desk lease may use it.

    Methods may raise RedisError or StateUnavailable; nothing is lost then.
    """

    def __init__(
        self,
        reader: StoryReader,
        desk: Desk,
        ledger: Ledger,
        dead_letters: DeadLetters,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._reader = reader
        self._desk = desk
        self._ledger = ledger
        self._dead_letters = dead_letters
        self._now = now

    async def send_all(self, conversation_id: ConversationId) -> Later | None:
        """Tell everything that is not told; return when to go on if the desk cannot now."""
        try:
            story = await self._reader.story(conversation_id)
        except ConversationUnknown:
            return None
        try:
            record = await self._ledger.record(conversation_id)
            for step in await self._reader.steps(story, record):
                await self._take(story, step)
            for note in await self._ledger.notes(conversation_id):
                await self._bring(story, note)
        except _NotSettled as unsettled:
            return Later(unsettled.pause)
        except SystemFailure as failure:
            return await self._put_off(conversation_id, failure)
        return None

    async def send_again(self, conversation_id: ConversationId, number: int) -> Later | None:
        """Tell what was given up, as an operator wants; what the desk has of it stays as it is."""
        try:
            story = await self._reader.story(conversation_id)
        except ConversationUnknown:
            return None
        step = await self._reader.step(story, number)
        if step is None:
            return None
        try:
            for telling in story.tellings(step, await self._reader.said_before(story, step)):
                await self._tell(story, telling, maybe_told=True)
        except DeskRefused as refused:
            await self._give_up(conversation_id, step, refused.detail)
        except SystemFailure as failure:
            return await self._put_off(conversation_id, failure)
        return None

    async def _take(self, story: Story, step: Step) -> None:
        """Tell a step, and write down that it was told, or that it never will be."""
        conversation_id = story.conversation.conversation_id
        tellings = story.tellings(step, await self._reader.said_before(story, step))
        if tellings and self._now() - step.at > GIVE_UP_AFTER:
            await self._give_up(conversation_id, step, TOO_OLD)
            tellings = []
        done = (await self._ledger.record(conversation_id)).steps
        try:
            for telling in tellings[done:]:
                await self._try(story, telling)
                done += 1
                await self._ledger.write(conversation_id, steps=done, **_NOTHING_TRIED)
        except DeskRefused as refused:
            await self._give_up(conversation_id, step, refused.detail)
        told = {"position": step.position} if isinstance(step, Entry) else {"epoch": step.epoch}
        await self._ledger.write(conversation_id, steps=None, **told)

    async def _try(self, story: Story, telling: Telling) -> None:
        """Tell one thing; where an earlier try of it has no known end, ask for it first."""
        record = await self._ledger.record(story.conversation.conversation_id)
        tried = isinstance(telling, DeskMessage) and record.trying == telling.key
        if tried and record.since is not None:
            early = record.since + SETTLED_AFTER - self._now()
            if early > timedelta(0):
                raise _NotSettled(early)
        await self._tell(story, telling, maybe_told=tried)

    async def _tell(self, story: Story, telling: Telling, *, maybe_told: bool) -> None:
        conversation_id = story.conversation.conversation_id
        place = await self._place(story)
        if isinstance(telling, Standing):
            # Written first: what the desk tells back of it is no news then.
            await self._ledger.write(conversation_id, standing=telling.value)
            await self._desk.stand(place, telling)
            return
        if not maybe_told or await self._desk.find(place, telling.key) is None:
            # Written before the try: whoever finds it after a crash knows to ask first.
            await self._ledger.write(conversation_id, trying=telling.key, since=self._now())
            try:
                await self._desk.tell(place, telling)
            except (SystemRateLimited, SystemLeftAlone):
                # It was certainly not taken: there is nothing to ask about.
                await self._ledger.write(conversation_id, trying=None, since=None)
                raise
        log.info("desk_told", conversation_id=conversation_id, note=telling.note)

    async def _place(self, story: Story) -> Place:
        """Return where the conversation is at the desk, opening it there first."""
        conversation_id = story.conversation.conversation_id
        record = await self._ledger.record(conversation_id)
        if record.place is not None:
            return record.place
        await self._ledger.write(conversation_id, standing=Standing.OPEN.value)
        place = await self._desk.open(opening(story.conversation, story.request))
        await self._ledger.write(
            conversation_id, contact=place.contact, conversation=place.conversation
        )
        return place

    async def _bring(self, story: Story, note: DeskMessage) -> None:
        """Bring one of the gateway's notes: why an agent's words did not reach the customer."""
        conversation_id = story.conversation.conversation_id
        try:
            await self._tell(story, note, maybe_told=True)
        except DeskRefused as refused:
            log.warning("desk_note_refused", conversation_id=conversation_id, reason=refused.detail)
        await self._ledger.note_brought(conversation_id)

    async def _put_off(self, conversation_id: ConversationId, failure: SystemFailure) -> Later:
        tries = (await self._ledger.record(conversation_id)).tries + 1
        await self._ledger.write(conversation_id, tries=tries)
        log.info(
            "desk_put_off",
            conversation_id=conversation_id,
            tries=tries,
            system=failure.system,
            kind=type(failure).__name__,
        )
        asked = failure.retry_after if isinstance(failure, SystemRateLimited) else None
        return Later(asked or pause_after(tries))

    async def _give_up(self, conversation_id: ConversationId, step: Step, reason: str) -> None:
        """Leave a step to operators, and go on with the next one."""
        number = number_of(step)
        letter = DeadLetter(
            conversation_id=conversation_id,
            position=number,
            channel=LINE,
            reason=reason,
            at=self._now(),
            line=LINE,
        )
        await self._dead_letters.add(letter)
        await self._ledger.write(conversation_id, **_NOTHING_TRIED)
        log.warning(
            "desk_not_told", conversation_id=conversation_id, position=number, reason=reason
        )


class _NotSettled(Exception):
    """It is too early to ask what became of the last try."""

    def __init__(self, pause: timedelta) -> None:
        self.pause = pause
        super().__init__(f"to be asked in {pause.total_seconds():.1f} s")
