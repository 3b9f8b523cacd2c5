from datetime import datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationClosed, Sender
from gateway.handover import (
    Agent,
    AgentId,
    AgentUnknown,
    CustomerStopped,
    Limits,
    NotYours,
    Queued,
    SeatsTaken,
    Ticket,
    WithAgent,
)
from gateway.ownership import OwnershipRefused
from support.decisions.opening_hours import OpeningHours
from support.handover import PersonRequest, Priority, Reason, Skill
from support.ids import ConversationId
from support.places.states import State
from support.redis_client import connect
from tests.gateway.handover_desk import KIM, LEE, Desk
from tests.redis_servers import RestartableRedis

REQUEST = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.", order_number="410200341")


@pytest.fixture
def desk(redis: Redis) -> Desk:
    return Desk(redis)


async def with_kim(desk: Desk) -> ConversationId:
    """A conversation that Kim has accepted."""
    await desk.online(KIM)
    conversation_id = await desk.asks()
    await desk.handover.routine.round()
    await desk.handover.agents.accept(conversation_id, KIM.agent_id)
    return conversation_id


async def test_a_request_is_queued_offered_accepted_and_answered(desk: Desk):
    await desk.online(KIM)
    conversation_id = await desk.customer()
    got = await desk.handover.customers.request_person(conversation_id, REQUEST)
    assert got == Queued(position=1, wait_minutes=None)
    assert await desk.owner(conversation_id) == "QUEUED"

    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "RESERVED"

    await desk.handover.agents.accept(conversation_id, KIM.agent_id)
    for _ in range(2):
        await desk.handover.agents.say(
            conversation_id, KIM.agent_id, "Hi, I'm looking.", client_message_id="1"
        )
    entries = await desk.read(conversation_id)
    assert [(one.sender, one.body.author) for one in entries] == [
        (Sender.SYSTEM, None),
        (Sender.SYSTEM, None),
        (Sender.AGENT, "Kim"),
    ]
    assert entries[0].text.startswith("You're next in the queue for a person. I can't say how long")
    assert entries[1].text == "Kim has joined the chat."
    assert await desk.handover.store.request_of(conversation_id) == REQUEST


async def test_asking_again_tells_how_it_stands_and_changes_nothing(desk: Desk):
    await desk.online(KIM)
    first = await desk.asks()
    second = await desk.asks()
    again = await desk.handover.customers.request_person(second, REQUEST)
    assert again == Queued(position=2, wait_minutes=None)
    await desk.handover.agents.take_over(first, KIM.agent_id)
    known = await desk.handover.customers.request_person(first, REQUEST)
    assert known == WithAgent(first_name="Kim")


async def test_without_anybody_online_there_is_a_ticket_and_no_dead_end(desk: Desk):
    conversation_id = await desk.customer()
    got = await desk.handover.customers.request_person(conversation_id, REQUEST)
    assert isinstance(got, Ticket)
    told = await desk.told(conversation_id)
    assert got.reference in told[0]
    assert "send me the phone number or email" in told[0]
    again = await desk.handover.customers.request_person(conversation_id, REQUEST)
    assert isinstance(again, Ticket)
    assert again.reference == got.reference

    await desk.online(KIM)
    later = await desk.handover.customers.request_person(conversation_id, REQUEST)
    assert isinstance(later, Queued)


async def test_outside_opening_hours_the_ticket_says_when_somebody_is_back(redis: Redis):
    hours = OpeningHours.read({State.VIC: "Mo-Fr 08:00-20:00"})
    desk = Desk(redis, hours=hours, now=datetime.fromisoformat("2026-11-28T12:00:00+11:00"))
    await desk.online(KIM)
    conversation_id = await desk.asks()
    assert await desk.owner(conversation_id) == "TICKET"
    told = await desk.told(conversation_id)
    assert "They're back Monday 30 November at 8:00 AM, Melbourne time." in told[0]


async def test_a_full_queue_makes_tickets(redis: Redis):
    desk = Desk(redis, limits=Limits(queue_length=1))
    await desk.online(KIM)
    assert await desk.owner(await desk.asks()) == "QUEUED"
    assert await desk.owner(await desk.asks()) == "TICKET"


async def test_a_reservation_that_runs_out_keeps_the_place_and_goes_to_somebody_else(desk: Desk):
    await desk.online(KIM)
    first = await desk.asks()
    await desk.handover.routine.round()
    await desk.online(LEE)
    second = await desk.asks()
    await desk.handover.duty.go_away(LEE.agent_id)
    await desk.online(Agent(agent_id=LEE.agent_id, first_name="Lee", capacity=1))
    await desk.after(seconds=21)
    held = await desk.handover.store.read(first)
    assert (held.owner, held.handling.agent) == ("RESERVED", LEE.agent_id)
    with pytest.raises(NotYours):
        await desk.handover.agents.accept(first, KIM.agent_id)
    board = await desk.handover.lookout.board(now=desk.now)
    assert [one.held.conversation_id for one in board.waiting] == [first, second]


async def test_an_agent_has_no_more_conversations_than_seats(desk: Desk):
    await desk.online(KIM)
    asked = [await desk.asks() for _ in range(5)]
    await desk.handover.routine.round()
    owners = [await desk.owner(one) for one in asked]
    assert owners == ["RESERVED"] * 3 + ["QUEUED"] * 2
    for one in asked:
        await desk.handover.agents.take_over(one, KIM.agent_id)
    with pytest.raises(SeatsTaken):
        await desk.handover.agents.take_over(await desk.customer(), KIM.agent_id)


async def test_skills_and_priority_decide_who_gets_whom(desk: Desk):
    await desk.online(
        KIM.model_copy(update={"capacity": 1}), LEE.model_copy(update={"capacity": 1})
    )
    plain = await desk.asks()
    urgent = await desk.asks(priority=Priority.VULNERABLE)
    marketplace = await desk.asks(skill=Skill.MARKETPLACE, priority=Priority.VULNERABLE)
    await desk.handover.routine.round()
    agents = [
        (await desk.handover.store.read(one)).handling.agent for one in (plain, urgent, marketplace)
    ]
    assert agents == [None, KIM.agent_id, LEE.agent_id]


async def test_a_long_wait_outweighs_priority(desk: Desk):
    await desk.online(KIM)
    await desk.handover.duty.go_away(KIM.agent_id)
    await desk.online(LEE.model_copy(update={"capacity": 1}))
    for _ in range(1):
        await desk.handover.agents.take_over(await desk.customer(), LEE.agent_id)
    early = await desk.asks()
    desk.now += timedelta(minutes=11)
    await desk.online(LEE.model_copy(update={"capacity": 1}))
    late = await desk.asks(priority=Priority.REPEATED_CONTACT)
    board = await desk.handover.lookout.board(now=desk.now)
    assert [one.held.conversation_id for one in board.waiting] == [early, late]


async def test_leaving_the_queue_gives_the_word_to_the_assistant(desk: Desk):
    await desk.online(KIM)
    conversation_id = await desk.asks()
    assert await desk.handover.customers.leave_queue(conversation_id)
    assert await desk.owner(conversation_id) == "BOT"
    assert not await desk.handover.customers.leave_queue(conversation_id)
    assert (await desk.told(conversation_id))[-1].startswith("No worries, you're out of the queue.")


async def test_a_long_wait_offers_a_call_back_once(desk: Desk):
    await desk.online(KIM.model_copy(update={"capacity": 1}))
    await desk.handover.agents.take_over(await desk.customer(), KIM.agent_id)
    conversation_id = await desk.asks()
    for _ in range(16 * 60 // 30 * 2):
        await desk.after(seconds=30)
    offers = [one for one in await desk.read(conversation_id) if "taking so long" in one.text]
    assert len(offers) == 1
    assert [choice.title for choice in offers[0].body.quick_replies] == ["Get back to me instead"]
    ticket = await desk.handover.customers.choose_ticket(conversation_id)
    assert ticket is not None
    assert await desk.owner(conversation_id) == "TICKET"


async def test_waits_are_told_as_far_as_recent_handling_tells(desk: Desk):
    for _ in range(3):
        conversation_id = await with_kim(desk)
        await desk.after(seconds=100)
        await desk.handover.agents.close(conversation_id, KIM.agent_id, "solved")
    await desk.asks()
    got = await desk.handover.customers.request_person(await desk.customer(), REQUEST)
    assert got == Queued(position=2, wait_minutes=4)


async def test_an_agent_who_is_silent_loses_the_conversation_to_the_front(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.handover.agents.say(conversation_id, KIM.agent_id, "Hi", client_message_id="1")
    await desk.log.append_customer_message(conversation_id, client_message_id="a", text="well?")
    await desk.handover.customers.wrote(conversation_id)
    waiting = (await desk.handover.store.read(conversation_id)).waiting_since
    assert waiting is not None
    desk.now = waiting
    await desk.online(KIM)
    await desk.after(seconds=119)
    assert await desk.owner(conversation_id) == "AGENT"
    await desk.after(seconds=2)
    held = await desk.handover.store.read(conversation_id)
    assert held.handling.front
    assert any(text.startswith("I'm sorry, Kim") for text in await desk.told(conversation_id))
    with pytest.raises(NotYours):
        await desk.handover.agents.say(conversation_id, KIM.agent_id, "ah", client_message_id="2")


async def test_an_agent_whose_page_is_gone_loses_the_conversation(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.online(LEE)
    desk.now += timedelta(seconds=46)
    await desk.online(LEE)
    await desk.handover.routine.round()
    held = await desk.handover.store.read(conversation_id)
    assert (held.owner, held.handling.agent) == ("RESERVED", LEE.agent_id)
    history = await desk.handover.store.history(conversation_id)
    lost = [event for event in history if event.event == "agent lost"]
    assert [(event.agent, event.details["alert"]) for event in lost] == [(KIM.agent_id, True)]


async def test_the_queue_becomes_tickets_when_nobody_has_been_there_for_a_while(desk: Desk):
    await desk.online(KIM)
    await desk.handover.duty.go_away(KIM.agent_id)
    await desk.online(KIM)
    conversation_id = await desk.asks()
    desk.now += timedelta(seconds=46)
    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "QUEUED"
    desk.now += timedelta(minutes=2)
    await desk.handover.routine.round()
    assert await desk.owner(conversation_id) == "TICKET"


async def test_an_agent_who_types_is_not_silent(desk: Desk):
    await desk.online(KIM)
    conversation_id = await desk.asks()
    await desk.handover.agents.take_over(conversation_id, KIM.agent_id)
    await desk.after(seconds=100)
    await desk.handover.agents.at_work(conversation_id, KIM.agent_id)

    await desk.after(seconds=119)
    assert await desk.owner(conversation_id) == "AGENT"
    await desk.after(seconds=2)
    assert await desk.owner(conversation_id) != "AGENT"


async def test_a_silent_customer_sleeps_and_wakes_to_the_same_agent(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.handover.agents.say(conversation_id, KIM.agent_id, "Hi", client_message_id="1")
    desk.now = (await desk.handover.store.read(conversation_id)).spoke_at or desk.now
    await desk.online(KIM)
    for _ in range(21):
        await desk.after(seconds=30)
    assert await desk.owner(conversation_id) == "SNOOZED"
    held = await desk.handover.customers.wrote(conversation_id)
    assert (held.owner, held.handling.agent) == ("AGENT", KIM.agent_id)


async def test_a_customer_who_comes_back_to_nobody_goes_to_the_front(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.handover.agents.snooze(conversation_id, KIM.agent_id)
    await desk.handover.duty.sign_off(KIM.agent_id)
    held = await desk.handover.customers.wrote(conversation_id)
    assert (held.owner, held.handling.front) == ("QUEUED", True)


async def test_a_transfer_goes_to_whom_it_was_meant_for(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.online(LEE)
    await desk.handover.agents.transfer(
        conversation_id, KIM.agent_id, note="Needs Lee.", to=LEE.agent_id
    )
    await desk.handover.routine.round()
    held = await desk.handover.store.read(conversation_id)
    assert (held.owner, held.handling.agent, held.handling.note) == (
        "RESERVED",
        LEE.agent_id,
        "Needs Lee.",
    )


async def test_a_supervisor_takes_over_from_an_agent(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.online(LEE)
    await desk.handover.agents.take_over(conversation_id, LEE.agent_id)
    with pytest.raises(NotYours):
        await desk.handover.agents.say(conversation_id, KIM.agent_id, "hm", client_message_id="1")
    with pytest.raises(NotYours):
        await desk.handover.agents.take_over(conversation_id, LEE.agent_id)
    assert (await desk.told(conversation_id))[-1] == "Lee has joined the chat."


async def test_a_closed_conversation_is_rated_once_and_takes_no_more(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.handover.agents.close(conversation_id, KIM.agent_id, "solved")
    cards = [card for entry in await desk.read(conversation_id) for card in entry.body.cards]
    assert [card["kind"] for card in cards] == ["queue", "joined", "csat"]
    with pytest.raises(ConversationClosed):
        await desk.log.append_customer_message(conversation_id, client_message_id="1", text="x")
    with pytest.raises(OwnershipRefused):
        await desk.handover.agents.close(conversation_id, KIM.agent_id, "again")


async def test_after_stop_nothing_is_said_and_no_rating_asked_for(desk: Desk):
    conversation_id = await with_kim(desk)
    await desk.handover.customers.stop(conversation_id)
    with pytest.raises(CustomerStopped):
        await desk.handover.agents.say(conversation_id, KIM.agent_id, "hi", client_message_id="1")
    await desk.handover.agents.close(conversation_id, KIM.agent_id, "solved")
    cards = [card for entry in await desk.read(conversation_id) for card in entry.body.cards]
    assert "csat" not in [card["kind"] for card in cards]


async def test_given_back_the_assistant_says_so_and_has_the_summary(desk: Desk, redis: Redis):
    conversation_id = await with_kim(desk)
    await desk.handover.agents.give_back(
        conversation_id, KIM.agent_id, summary="Sent again.", slots={"order_number": "410200341"}
    )
    held = await desk.handover.store.read(conversation_id)
    assert held.owner == "BOT"
    assert held.hand_back is not None
    assert held.hand_back.summary == "Sent again."
    assert "I'm the assistant again" in (await desk.told(conversation_id))[-1]
    assert await redis.xlen("turns") == 1


async def test_every_change_is_recorded_once_with_its_times(desk: Desk, redis: Redis):
    conversation_id = await with_kim(desk)
    await desk.after(seconds=90)
    await desk.handover.agents.close(conversation_id, KIM.agent_id, "solved")
    await desk.handover.store.settle(conversation_id, at=desk.now)
    history = await desk.handover.store.history(conversation_id)
    assert [(event.epoch, event.before, event.after) for event in history] == [
        (2, "BOT", "QUEUED"),
        (3, "QUEUED", "RESERVED"),
        (4, "RESERVED", "AGENT"),
        (5, "AGENT", "CLOSED"),
    ]
    assert history[-1].details["handled_seconds"] == 90
    everywhere = [fields["event"] for _, fields in await redis.xrange("{handover}:events")]
    assert everywhere == [event.model_dump_json() for event in history]


async def test_a_change_whose_maker_died_is_made_good(desk: Desk, redis: Redis):
    await desk.online(KIM)
    conversation_id = await desk.asks()
    # As if the process had died before the desk's view had it.
    await redis.delete(
        *(f"{{handover}}:{name}" for name in ("held", "waiting", "indexed", "timers"))
    )
    await redis.zadd("{handover}:unsettled", {f"{conversation_id} x": desk.now.timestamp()})
    await desk.after(seconds=4)
    await desk.after(seconds=1)
    assert await desk.owner(conversation_id) == "RESERVED"


async def test_nobody_of_an_unknown_name_takes_anything_over(desk: Desk):
    conversation_id = await desk.customer()
    with pytest.raises(AgentUnknown):
        await desk.handover.agents.take_over(conversation_id, AgentId("nobody"))


async def test_the_queue_and_its_timers_outlive_redis(tmp_path: Path):
    server = RestartableRedis(tmp_path)
    redis = connect(server.url)
    try:
        desk = Desk(redis)
        await desk.online(KIM)
        first, second = await desk.asks(), await desk.asks()
        await desk.handover.routine.round()
        server.kill()
        server.start()
        await desk.online(LEE)
        await desk.after(seconds=21)
        owners = [await desk.owner(one) for one in (first, second)]
        assert owners == ["RESERVED", "RESERVED"]
        history = await desk.handover.store.history(first)
        assert [event.event for event in history] == [
            "person needed",
            "agent picked",
            "reservation expired",
            "agent picked",
        ]
    finally:
        await redis.aclose()
        server.stop()
