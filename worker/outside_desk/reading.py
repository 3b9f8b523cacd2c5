"""Reads what happened in a conversation, as far as the outside desk may have to be told."""

from typing import Final

from gateway.conversation_log import Entry
from gateway.handover.store import HandoverStore
from gateway.outside_desk.ledger import Record
from support.ids import ConversationId
from worker.outside_desk.story import Step, Story, in_order, opens

TRANSCRIPT: Final = 30
"""Messages before the handover that are passed on with it."""


class StoryReader:
    """Reads from the handover's records and the log. Every method may raise RedisError."""

    def __init__(self, store: HandoverStore) -> None:
        self._store = store

    async def story(self, conversation_id: ConversationId) -> Story:
        """Return a conversation's story up to now; raises ConversationUnknown."""
        held = await self._store.read(conversation_id)
        return Story(
            conversation=await self._store.log.conversation(conversation_id),
            changes=await self._store.history(conversation_id),
            request=await self._store.request_of(conversation_id),
            ticket=held.handling.ticket,
        )

    async def steps(self, story: Story, told: Record) -> list[Step]:
        """Return what follows what was told.

        What was said after the story was read is left for the next time: whose it is, is not known.
        """
        newest = max([1, *(one.epoch for one in story.changes)])
        entries = [one for one in await self._all(story, told.position) if one.epoch <= newest]
        changes = [one for one in story.changes if one.epoch > told.epoch]
        return list(in_order(changes, entries))

    async def step(self, story: Story, number: int) -> Step | None:
        """Return one step by its number; None where it is no longer kept."""
        if number < 0:
            return next((one for one in story.changes if one.epoch == -number), None)
        entries = await self._store.log.read(story.conversation.conversation_id, after=number - 1)
        return entries[0] if entries and entries[0].position == number else None

    async def said_before(self, story: Story, step: Step) -> list[Entry]:
        """Return the last messages before a step that opens; none for any other."""
        if not opens(step):
            return []
        entries = [one for one in await self._all(story, 0) if one.epoch == step.epoch - 1]
        return entries[-TRANSCRIPT:]

    async def _all(self, story: Story, after: int) -> list[Entry]:
        entries: list[Entry] = []
        while page := await self._store.log.read(story.conversation.conversation_id, after=after):
            entries += page
            after = page[-1].position
        return entries
