"""Which conversations the outside desk is told about, and until when."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog
from gateway.handover import Handover
from gateway.outside_desk.ledger import Ledger
from support.handover import PersonRequest, Reason
from support.ids import ConversationId, SenderKey
from support.systems.desk.memory import MemoryDesk
from support.systems.desk.models import DeskMessage
from worker.outbound.dead_letters import DeadLetters
from worker.outside_desk.feed import LINE, DeskFeed
from worker.outside_desk.line import DeskLine
from worker.outside_desk.reading import StoryReader

ASKED = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")
NOTE = DeskMessage(key="refused-1", text="Not delivered.", note=True)


class World:
    def __init__(self, redis: Redis) -> None:
        self.log = ConversationLog(redis, keep=timedelta(days=1))
        self.handover = Handover.on(redis, self.log, has_outside_desk=True)
        self.ledger = Ledger(redis, keep=timedelta(days=1))
        self.desk = MemoryDesk()
        letters = DeadLetters(redis, LINE)
        feed = DeskFeed(StoryReader(self.handover.store), self.desk, self.ledger, letters)
        self.line = DeskLine(redis, feed, self.ledger, letters)

    async def asks(self) -> ConversationId:
        conversation_id = await self.log.create(channel="web", sender_key=SenderKey("s"))
        await self.handover.customers.request_person(conversation_id, ASKED)
        return conversation_id

    async def behind(self) -> list[ConversationId]:
        return [one async for one in self.line.all_behind()]


@pytest.fixture
def world(redis: Redis) -> World:
    return World(redis)


async def test_who_asks_for_a_person_is_found_and_told_until_it_is_over(world: World):
    other = await world.log.create(channel="web", sender_key=SenderKey("s"))
    conversation_id = await world.asks()
    assert not await world.line.has(conversation_id)
    assert await world.behind() == [conversation_id]
    assert await world.line.has(conversation_id)
    assert not await world.line.has(other)
    await world.line.send_all(conversation_id)
    assert not await world.line.is_behind(conversation_id)
    assert await world.behind() == []
    assert await world.line.has(conversation_id)
    await world.handover.customers.end(conversation_id)
    assert await world.behind() == [conversation_id]
    await world.line.send_all(conversation_id)
    assert await world.behind() == []
    assert not await world.line.has(conversation_id)


async def test_a_note_brings_back_what_was_let_go(world: World):
    conversation_id = await world.asks()
    await world.line.send_all(conversation_id)
    await world.handover.customers.end(conversation_id)
    await world.line.send_all(conversation_id)
    await world.behind()
    await world.ledger.add_note(conversation_id, NOTE)
    assert await world.behind() == [conversation_id]
    await world.line.send_all(conversation_id)
    assert world.desk.messages["1"][-1] == NOTE


async def test_what_comes_in_while_it_is_let_go_stays(world: World):
    conversation_id = await world.asks()
    await world.behind()
    joined = (await world.ledger.joined())[conversation_id]
    await world.ledger.add_note(conversation_id, NOTE)
    await world.ledger.leave(conversation_id, joined)
    assert await world.line.has(conversation_id)
    await world.ledger.leave(conversation_id, (await world.ledger.joined())[conversation_id])
    assert not await world.line.has(conversation_id)
