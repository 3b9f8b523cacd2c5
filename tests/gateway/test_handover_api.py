"""What customers' programs see of a handover."""

from gateway.ownership import Owner
from support.handover import PersonRequest, Reason
from support.ids import ConversationId
from support.times import utc_now
from tests.fakes.chat import Chat, RunningGateway, take
from tests.fakes.desk import KIM

REQUEST = PersonRequest(reason=Reason.ASKED, summary="Wants to talk.")


async def test_the_stream_says_whose_turn_it_is_and_who_wrote(gateway: RunningGateway, chat: Chat):
    handover, conversation_id = gateway.services.handover, ConversationId(chat.id)
    await handover.duty.come_online(KIM, now=utc_now())
    async with chat.stream() as events:
        await handover.customers.request_person(conversation_id, REQUEST)
        told, waits = await take(events, 2)
        assert told["text"].startswith("You're next in the queue")
        assert waits == {
            "status": True,
            "owner": Owner.QUEUED,
            "position": 1,
            "wait_minutes": None,
            "agent": None,
        }
        await handover.agents.take_over(conversation_id, KIM.agent_id)
        joined, with_kim = await take(events, 2)
        assert joined["text"] == "Kim has joined the chat."
        assert (with_kim["owner"], with_kim["agent"]) == (Owner.AGENT, "Kim")
        await handover.agents.say(conversation_id, KIM.agent_id, "Hi there.", client_message_id="1")
        (said,) = await take(events, 1)
        assert (said["sender"], said["author"], said["text"]) == ("agent", "Kim", "Hi there.")


async def test_the_customer_can_end_a_conversation_in_the_queue(
    gateway: RunningGateway, chat: Chat
):
    handover, conversation_id = gateway.services.handover, ConversationId(chat.id)
    await handover.duty.come_online(KIM, now=utc_now())
    await handover.customers.request_person(conversation_id, REQUEST)
    response = await gateway.http.post(f"{chat.path}/close", headers=chat.headers)
    assert response.status_code == 204
    assert (await handover.store.read(conversation_id)).owner is Owner.CLOSED
    assert await handover.store.waiting() == []
