"""Customers who want no more messages: nobody is offered somebody who may not be written to."""

import pytest
from redis.asyncio import Redis

from gateway.handover import AgentId, Ticket
from gateway.ownership import OwnershipEvent
from support.handover import PersonRequest, Priority, Reason
from support.ids import ConversationId
from tests.gateway.handover_desk import KIM, LEE, Desk


@pytest.fixture
def desk(redis: Redis) -> Desk:
    return Desk(redis)


async def asks_for(
    desk: Desk, reason: Reason = Reason.ASKED, priority: Priority = Priority.NORMAL
) -> ConversationId:
    conversation_id = await desk.customer("sms")
    request = PersonRequest(reason=reason, summary="Wants to talk.", priority=priority)
    await desk.handover.customers.request_person(conversation_id, request)
    return conversation_id


async def stop(desk: Desk, conversation_id: ConversationId, *, stopped: bool = True) -> None:
    await desk.handover.customers.stop(conversation_id, stopped=stopped)


async def last_event(desk: Desk, conversation_id: ConversationId) -> OwnershipEvent:
    return (await desk.handover.store.history(conversation_id))[-1].event


async def test_who_waits_leaves_the_queue_without_a_word(desk: Desk):
    await desk.online(KIM)
    conversation_id = await asks_for(desk)
    told = await desk.told(conversation_id)
    await stop(desk, conversation_id)
    assert await desk.owner(conversation_id) == "BOT"
    assert await desk.told(conversation_id) == told
    assert await last_event(desk, conversation_id) is OwnershipEvent.CUSTOMER_STOPPED
    assert await desk.handover.store.waiting() == []
    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "BOT"


async def test_who_is_offered_is_taken_back_and_the_seat_is_free(desk: Desk):
    await desk.online(KIM)
    conversation_id = await asks_for(desk)
    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "RESERVED"
    await stop(desk, conversation_id)
    assert await desk.owner(conversation_id) == "BOT"
    [kim] = await desk.handover.duty.on_duty(now=desk.now)
    assert kim.seats_taken == 0


@pytest.mark.parametrize(
    ("reason", "priority", "owner"),
    [
        (Reason.ASKED, Priority.NORMAL, "BOT"),
        (Reason.NOT_UNDERSTOOD, Priority.REPEATED_CONTACT, "BOT"),
        (Reason.ASKED, Priority.VULNERABLE, "TICKET"),
        (Reason.COMPLAINT, Priority.NORMAL, "TICKET"),
        (Reason.DISTRESS, Priority.NORMAL, "TICKET"),
        (Reason.ESCALATED, Priority.NORMAL, "TICKET"),
    ],
)
@pytest.mark.parametrize("offered", [False, True], ids=["waiting", "offered"])
async def test_only_who_must_be_reached_becomes_a_ticket(
    desk: Desk, reason: Reason, priority: Priority, owner: str, *, offered: bool
):
    await desk.online(KIM)
    conversation_id = await asks_for(desk, reason, priority)
    if offered:
        await desk.handover.routine.round()
    told = await desk.told(conversation_id)
    await stop(desk, conversation_id)
    held = await desk.handover.store.read(conversation_id)
    assert (held.owner.value, held.stopped) == (owner, True)
    assert (held.handling.ticket is not None) == (owner == "TICKET")
    assert await desk.told(conversation_id) == told


async def test_an_agents_conversation_that_comes_back_is_offered_to_nobody(desk: Desk):
    await desk.online(KIM, LEE)
    conversation_id = await asks_for(desk)
    await desk.handover.agents.take_over(conversation_id, KIM.agent_id)
    await stop(desk, conversation_id)
    assert await desk.owner(conversation_id) == "AGENT"
    await desk.handover.agents.transfer(conversation_id, KIM.agent_id, note="", to=AgentId("lee"))
    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "TICKET"


async def test_others_are_offered_in_the_same_round(desk: Desk):
    await desk.online(KIM)
    stopped, other = await asks_for(desk), await asks_for(desk)
    # As where a process died between noting the word and acting on it.
    await desk.redis.hset(f"conv:{{{stopped}}}:meta", "stopped", "1")
    await desk.handover.store.settle(stopped, at=desk.now)
    await desk.handover.routine.round()
    assert [await desk.owner(stopped), await desk.owner(other)] == ["BOT", "RESERVED"]


async def test_who_asks_for_a_person_after_stop_gets_one_ticket(desk: Desk):
    await desk.online(KIM)
    conversation_id = await desk.customer("sms")
    await stop(desk, conversation_id)
    request = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")
    got = [await desk.handover.customers.request_person(conversation_id, request) for _ in range(2)]
    assert isinstance(got[0], Ticket)
    assert isinstance(got[1], Ticket)
    assert got[0].reference == got[1].reference
    assert await desk.owner(conversation_id) == "TICKET"


async def test_after_start_a_person_can_come_again(desk: Desk):
    await desk.online(KIM)
    conversation_id = await asks_for(desk)
    await stop(desk, conversation_id)
    await stop(desk, conversation_id, stopped=False)
    request = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")
    await desk.handover.customers.request_person(conversation_id, request)
    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "RESERVED"


async def test_an_agent_who_may_not_write_is_not_silent(desk: Desk):
    await desk.online(KIM)
    conversation_id = await asks_for(desk)
    await desk.handover.agents.take_over(conversation_id, KIM.agent_id)
    await stop(desk, conversation_id)
    await desk.after(seconds=130)
    assert await desk.owner(conversation_id) == "AGENT"
    await stop(desk, conversation_id, stopped=False)
    await desk.after(seconds=110)
    assert await desk.owner(conversation_id) == "AGENT"
    await desk.after(seconds=20)
    assert await desk.owner(conversation_id) != "AGENT"
