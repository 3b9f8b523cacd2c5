"""The handover where people answer at the desk of another product."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from gateway.handover import Agent, CustomerStopped, Queued, ReplyWindowClosed
from gateway.handover.outside import LONGEST, outside_agent
from gateway.ownership import OwnershipRefused
from support.decisions.opening_hours import OpeningHours
from support.handover import PersonRequest, Reason
from support.ids import ConversationId
from support.places.states import State
from tests.gateway.handover_desk import KIM as PAGE_KIM
from tests.gateway.handover_desk import Desk

KIM = outside_agent("3", "Kim")
LEE = outside_agent("4", "Lee")
ASKED = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")


@pytest.fixture
def desk(redis: Redis) -> Desk:
    return Desk(redis, has_outside_desk=True)


async def says(
    desk: Desk, conversation_id: ConversationId, text: str, who: Agent = KIM, key: str = "1"
) -> None:
    await desk.handover.outside.say(conversation_id, who, text, message_id=key)


async def test_who_asks_waits_although_nobody_is_known_to_be_there(desk: Desk):
    conversation_id = await desk.customer()
    got = await desk.handover.customers.request_person(conversation_id, ASKED)
    assert got == Queued(position=None, wait_minutes=None)
    [told] = await desk.told(conversation_id)
    assert told.startswith("You're in the queue for a person. I can't say how long it will take.")
    status = await desk.handover.lookout.status(conversation_id, now=desk.now)
    assert (status.owner, status.position, status.wait_minutes) == ("QUEUED", None, None)


async def test_nobody_is_offered_to_agents_of_our_page(desk: Desk):
    await desk.online(PAGE_KIM)
    conversation_id = await desk.asks()
    await desk.after(seconds=1)
    assert await desk.owner(conversation_id) == "QUEUED"


async def test_the_first_word_of_an_agent_takes_over(desk: Desk):
    conversation_id = await desk.asks()
    await says(desk, conversation_id, "Hello Sam.")
    assert await desk.owner(conversation_id) == "AGENT"
    assert (await desk.told(conversation_id))[1:] == ["Kim has joined the chat.", "Hello Sam."]


async def test_an_agent_may_have_any_number_of_conversations_and_needs_no_page(desk: Desk):
    conversations = [await desk.asks() for _ in range(7)]
    for number, conversation_id in enumerate(conversations):
        await says(desk, conversation_id, "Hello.", key=str(number))
    await desk.after(minutes=5)
    assert {await desk.owner(one) for one in conversations} == {"AGENT"}


async def test_the_same_message_again_is_said_once_and_takes_nothing_back(desk: Desk):
    conversation_id = await desk.asks()
    await asyncio.gather(*(says(desk, conversation_id, "Hello Sam.") for _ in range(50)))
    told = await desk.told(conversation_id)
    assert told[1:] == ["Kim has joined the chat.", "Hello Sam."]
    await desk.handover.outside.give_back(conversation_id, KIM, summary="Done.")
    await says(desk, conversation_id, "Hello Sam.")
    assert await desk.owner(conversation_id) == "BOT"


async def test_a_long_message_comes_in_pieces_each_once(desk: Desk):
    conversation_id = await desk.asks()
    text = "word " * (LONGEST // 5 * 2 + 10)
    for _ in range(2):
        await says(desk, conversation_id, text.strip())
    said = [one.text for one in await desk.read(conversation_id) if one.sender == "agent"]
    assert len(said) == 3
    assert max(len(one) for one in said) <= LONGEST
    assert " ".join(said).split() == text.split()


async def test_another_agent_who_speaks_or_is_named_has_it_then(desk: Desk):
    conversation_id = await desk.asks()
    await desk.handover.outside.name(conversation_id, LEE)
    assert await desk.owner(conversation_id) == "QUEUED"
    await says(desk, conversation_id, "Hello.")
    await desk.handover.outside.name(conversation_id, LEE)
    held = await desk.handover.store.read(conversation_id)
    assert (held.owner, held.handling.agent_name) == ("AGENT", "Lee")
    await says(desk, conversation_id, "Me again.", key="2")
    assert (await desk.told(conversation_id))[-2:] == ["Kim has joined the chat.", "Me again."]


async def test_given_back_the_assistant_knows_what_was_settled(desk: Desk):
    conversation_id = await desk.asks()
    await says(desk, conversation_id, "Hello.")
    await desk.handover.outside.give_back(conversation_id, LEE, summary="Sent again.")
    held = await desk.handover.store.read(conversation_id)
    assert held.owner == "BOT"
    assert held.hand_back is not None
    assert held.hand_back.summary == "Sent again."
    await desk.handover.outside.give_back(conversation_id, KIM, summary="Again.")
    assert (await desk.handover.store.read(conversation_id)).epoch == held.epoch


async def test_who_ends_what_nobody_answered_joins_first(desk: Desk):
    conversation_id = await desk.asks()
    await desk.handover.outside.close(conversation_id, KIM, "resolved")
    assert await desk.owner(conversation_id) == "CLOSED"
    assert (await desk.told(conversation_id))[1:3] == [
        "Kim has joined the chat.",
        "This chat has ended. Thanks for getting in touch.",
    ]
    with pytest.raises(OwnershipRefused):
        await says(desk, conversation_id, "Hello?")


async def test_what_the_assistant_has_is_not_ended(desk: Desk):
    conversation_id = await desk.customer()
    await desk.handover.outside.close(conversation_id, KIM, "resolved")
    assert await desk.owner(conversation_id) == "BOT"


async def test_after_stop_nothing_is_said_and_nobody_joins(desk: Desk):
    conversation_id = await desk.asks()
    await desk.handover.customers.stop(conversation_id)
    with pytest.raises(CustomerStopped):
        await says(desk, conversation_id, "Hello.")
    assert await desk.owner(conversation_id) == "BOT"


async def test_outside_whatsapps_window_nothing_is_said(desk: Desk):
    conversation_id = await desk.customer("whatsapp")
    await desk.log.append_customer_message(conversation_id, client_message_id="1", text="hi")
    await desk.handover.customers.request_person(conversation_id, ASKED)
    said = (await desk.read(conversation_id))[0].at
    desk.now = said + timedelta(hours=25)
    with pytest.raises(ReplyWindowClosed):
        await says(desk, conversation_id, "Hello.")
    desk.now = said + timedelta(hours=23)
    await says(desk, conversation_id, "Hello.")
    assert (await desk.told(conversation_id))[-1] == "Hello."


async def customer_is_silent(desk: Desk, conversation_id: ConversationId) -> None:
    spoke_at = (await desk.handover.store.read(conversation_id)).spoke_at
    assert spoke_at is not None
    desk.now = max(desk.now, spoke_at)
    await desk.after(minutes=11)
    assert await desk.owner(conversation_id) == "SNOOZED"


async def test_a_silent_customer_who_returns_finds_the_same_agent(desk: Desk):
    conversation_id = await desk.asks()
    await says(desk, conversation_id, "Hello.")
    await customer_is_silent(desk, conversation_id)
    await says(desk, conversation_id, "Are you there?", key="2")
    assert await desk.owner(conversation_id) == "AGENT"
    assert (await desk.told(conversation_id))[1:] == [
        "Kim has joined the chat.",
        "Hello.",
        "Are you there?",
    ]
    await customer_is_silent(desk, conversation_id)
    await desk.handover.customers.wrote(conversation_id)
    held = await desk.handover.store.read(conversation_id)
    assert (held.owner, held.handling.agent_name) == ("AGENT", "Kim")


async def test_a_customer_left_without_an_answer_is_not_forgotten(desk: Desk):
    conversation_id = await desk.asks()
    await says(desk, conversation_id, "Hello.")
    await desk.log.append_customer_message(conversation_id, client_message_id="1", text="And?")
    await desk.handover.customers.wrote(conversation_id)
    waited_since = (await desk.handover.store.read(conversation_id)).waiting_since
    assert waited_since is not None
    desk.now = waited_since
    await desk.after(minutes=5)
    assert await desk.owner(conversation_id) == "AGENT"
    await desk.after(minutes=11)
    assert await desk.owner(conversation_id) == "QUEUED"


async def test_who_waits_long_is_offered_a_call_back_and_then_gets_a_ticket(desk: Desk):
    conversation_id = await desk.asks()
    await desk.after(minutes=16)
    assert "somebody gets back to you instead" in (await desk.told(conversation_id))[-1]
    await desk.after(minutes=13)
    assert await desk.owner(conversation_id) == "QUEUED"
    await desk.after(minutes=2)
    assert await desk.owner(conversation_id) == "TICKET"
    assert "Your reference is CB-" in (await desk.told(conversation_id))[-1]
    await says(desk, conversation_id, "Here I am.")
    assert await desk.owner(conversation_id) == "AGENT"


async def test_when_the_desk_closes_who_waits_gets_a_ticket(redis: Redis):
    hours = OpeningHours.read({State.VIC: "Mo-Fr 08:00-17:00"})
    desk = Desk(redis, hours=hours, has_outside_desk=True)
    conversation_id = await desk.asks()
    assert await desk.owner(conversation_id) == "QUEUED"
    await desk.after(hours=5)
    assert await desk.owner(conversation_id) == "TICKET"
    other = await desk.asks()
    assert await desk.owner(other) == "TICKET"
