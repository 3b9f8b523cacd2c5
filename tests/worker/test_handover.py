"""What a turn does by owner, with a real worker and a Rasa that says what it is told to."""

from typing import Any

from gateway.handover import Handover
from gateway.ownership import Owner
from support.ids import ConversationId
from support.times import utc_now
from tests.fakes.chat import Chat, RunningGateway
from tests.fakes.desk import KIM
from tests.fakes.rasa import FakeRasa
from tests.fakes.waiting import eventually
from tests.fakes.workers import running_worker

PERSON: dict[str, Any] = {"reason": "asked", "summary": "Asked for a person."}


async def owner(handover: Handover, chat: Chat) -> Owner:
    return (await handover.store.read(ConversationId(chat.id))).owner


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]


async def test_a_person_is_asked_for_told_about_and_left_again(
    gateway: RunningGateway, chat: Chat, redis_url: str, rasa: FakeRasa
):
    handover = gateway.services.handover
    await handover.duty.come_online(KIM, now=utc_now())
    await handover.duty.go_away(KIM.agent_id)
    await handover.duty.come_online(KIM, now=utc_now())
    rasa.persons["a person please"] = PERSON
    async with running_worker(redis_url, rasa.url):
        await chat.say("a person please")
        told = texts(await chat.wait_for(3))
        assert told[2].startswith("You're next in the queue for a person.")
        await chat.say("where is my order")
        assert "You said: where is my order" in texts(await chat.wait_for(5))
        await chat.say("never mind, i'm good")
        assert texts(await chat.wait_for(7))[6].startswith("No worries, you're out of the queue.")
    assert await owner(handover, chat) is Owner.BOT
    assert "never mind, i'm good" not in rasa.texts


async def test_whoever_waits_is_offered_to_an_agent_by_the_worker(
    gateway: RunningGateway, chat: Chat, redis_url: str, rasa: FakeRasa
):
    handover = gateway.services.handover
    await handover.duty.come_online(KIM, now=utc_now())
    rasa.persons["a person please"] = PERSON

    async def offered() -> bool:
        return await owner(handover, chat) is Owner.RESERVED

    async with running_worker(redis_url, rasa.url):
        await chat.say("a person please")
        await eventually(offered)
    await handover.agents.accept(ConversationId(chat.id), KIM.agent_id)
    assert await owner(handover, chat) is Owner.AGENT


async def test_a_ticket_takes_the_number_to_call(
    gateway: RunningGateway, chat: Chat, redis_url: str, rasa: FakeRasa
):
    rasa.persons["a person please"] = PERSON
    async with running_worker(redis_url, rasa.url):
        await chat.say("a person please")
        assert "send me the phone number or email" in texts(await chat.wait_for(3))[2]
        await chat.say("call me on 0412 345 678")
        told = texts(await chat.wait_for(5))
        assert told[4].startswith("Thanks, I've put that on request CB-")
        await chat.say("and where is it")
        assert texts(await chat.wait_for(7))[5:] == ["and where is it", "You said: and where is it"]
    held = await gateway.services.handover.store.read(ConversationId(chat.id))
    assert (held.owner, held.handling.contact) == (Owner.TICKET, "+61412345678")


async def test_a_number_that_the_assistant_asked_for_goes_to_the_ticket_and_to_the_assistant(
    gateway: RunningGateway, chat: Chat, redis_url: str, rasa: FakeRasa
):
    rasa.persons["a person please"] = PERSON
    async with running_worker(redis_url, rasa.url):
        await chat.say("a person please")
        await chat.wait_for(3)
        await chat.say("where is my order")
        await chat.wait_for(5)
        await chat.say("0412 345 678")
        told = texts(await chat.wait_for(8))
    assert told[6].startswith("Thanks, I've put that on request CB-")
    assert told[7] == "You said: 0412 345 678"
    held = await gateway.services.handover.store.read(ConversationId(chat.id))
    assert held.handling.contact == "+61412345678"


async def test_rasa_learns_what_an_agent_left(
    gateway: RunningGateway, chat: Chat, redis_url: str, rasa: FakeRasa
):
    handover, conversation_id = gateway.services.handover, ConversationId(chat.id)
    await handover.duty.come_online(KIM, now=utc_now())
    await handover.agents.take_over(conversation_id, KIM.agent_id)
    payload = '/give_back{"summary": "Sent again.", "order_number": "410200341"}'
    rasa.answers[payload] = [{"text": "Is there anything else?"}]
    await handover.agents.give_back(
        conversation_id,
        KIM.agent_id,
        summary="Sent again.",
        slots={"order_number": "410200341", "nonsense": "x"},
    )
    async with running_worker(redis_url, rasa.url):
        told = texts(await chat.wait_for(3))
    assert "I'm the assistant again" in told[1]
    assert told[2] == "Is there anything else?"
    conversation = await handover.store.log.conversation(conversation_id)
    assert conversation.handed_back is None


async def test_a_customer_who_writes_to_a_sleeping_conversation_wakes_it(
    gateway: RunningGateway, chat: Chat, redis_url: str, rasa: FakeRasa
):
    handover, conversation_id = gateway.services.handover, ConversationId(chat.id)
    await handover.duty.come_online(KIM, now=utc_now())
    await handover.agents.take_over(conversation_id, KIM.agent_id)
    await handover.agents.snooze(conversation_id, KIM.agent_id)

    async def awake() -> bool:
        return await owner(handover, chat) is Owner.AGENT

    async with running_worker(redis_url, rasa.url):
        await chat.say("i'm back")
        await eventually(awake)
    assert rasa.texts == []
