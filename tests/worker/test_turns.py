import asyncio
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from redis.asyncio import Redis

from gateway import texts
from gateway.conversation_log import ConversationLog, Understood
from gateway.ownership import OwnershipEvent
from support.ids import ConversationId
from tests.fakes.chat import CUSTOMER_KEY, Chat, RunningGateway
from tests.fakes.desk import change_owner
from tests.fakes.rasa import FakeRasa
from tests.fakes.waiting import eventually
from tests.fakes.workers import running_worker
from worker.metrics import WorkerMetrics


@pytest.fixture
async def worker(redis_url: str, rasa: FakeRasa, gateway: RunningGateway):
    assert gateway.server.started
    async with running_worker(redis_url, rasa.url) as metrics:
        yield metrics


def said(messages: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(message["sender"], message["text"]) for message in messages]


def count(metrics: WorkerMetrics, outcome: str) -> float | None:
    return metrics.registry.get_sample_value("worker_turns_total", {"outcome": outcome})


@pytest.mark.usefixtures("worker")
async def test_a_message_is_answered_with_evidence_cards_and_choices(chat: Chat, rasa: FakeRasa):
    evidence = [{"source": "Kmart order system", "at": "2026-11-20T10:00:00+11:00"}]
    rasa.answers["where is it?"] = [
        {
            "text": "It was sent.",
            "quick_replies": [{"title": "Track it", "payload": "/check_tracking"}],
            "evidence": evidence,
            "cards": [{"parcel": "P1"}],
        },
        {"text": "Anything else?"},
    ]
    await chat.say("where is it?")
    _, first, second = await chat.wait_for(3)
    assert (first["sender"], first["text"]) == ("bot", "It was sent.")
    assert (first["evidence"], first["cards"]) == (evidence, [{"parcel": "P1"}])
    assert [choice["title"] for choice in first["quick_replies"]] == ["Track it"]
    assert second["text"] == "Anything else?"


@pytest.mark.usefixtures("worker")
async def test_why_something_was_said_is_kept_and_not_shown_to_customers(
    chat: Chat, rasa: FakeRasa, log: ConversationLog
):
    understood = {"intent": "track_order", "confidence": 0.93}
    rasa.answers["where is it?"] = [
        {"text": "It was sent.", "said": ["utter_sent", "utter_carrier"]},
        {"text": "Anything else?", "said": ["utter_anything_else"]},
    ]
    rasa.understood["where is it?"] = understood
    await chat.say("where is it?")
    shown = await chat.wait_for(3)
    assert not [message for message in shown if {"said", "understood"} & message.keys()]
    _, first, second = await log.read(ConversationId(chat.id), after=0)
    assert first.body.said == ["utter_sent", "utter_carrier"]
    assert first.body.understood == Understood.model_validate(understood)
    assert (second.body.said, second.body.understood) == (["utter_anything_else"], None)


@pytest.mark.usefixtures("worker")
async def test_rasa_is_told_what_the_gateway_has_checked(gateway: RunningGateway, rasa: FakeRasa):
    exp = datetime.now(UTC) + timedelta(minutes=5)
    claims = {"sub": "c-1001", "aud": "order-assistant", "exp": exp, "given_name": "Sam"}
    chat = await gateway.start_chat(customer_token=jwt.encode(claims, CUSTOMER_KEY))
    message_id = await chat.say("/restart")
    await chat.wait_for(2)
    (turn,) = rasa.asked
    sender_key = turn["metadata"].pop("sender_key")
    assert len(sender_key) == 32
    assert turn == {
        "conversation_id": chat.id,
        "message_id": message_id,
        "text": "/restart",
        "payload": None,
        "may_be_silent": False,
        "metadata": {
            "channel": "web",
            "customer_id": "c-1001",
            "customer_first_name": "Sam",
            "sender_phone": None,
        },
    }


@pytest.mark.usefixtures("worker")
async def test_a_pressed_choice_brings_its_payload_to_rasa(chat: Chat, rasa: FakeRasa):
    choice = {"title": "Track it", "payload": '/check_tracking{"n": 1}'}
    rasa.answers["hi"] = [{"text": "Hello", "quick_replies": [choice]}]
    await chat.say("hi")
    (offered,) = (await chat.wait_for(2))[1]["quick_replies"]
    await chat.post({"client_message_id": "pressed", "quick_reply": offered["id"]})
    await chat.wait_for(4)
    assert rasa.asked[1]["text"] == "Track it"
    assert rasa.asked[1]["payload"] == '/check_tracking{"n": 1}'


@pytest.mark.usefixtures("worker")
async def test_fifty_identical_posts_at_once_are_one_turn(chat: Chat, rasa: FakeRasa):
    await asyncio.gather(*(chat.say("hello", "same") for _ in range(50)))
    await chat.wait_for(2)
    await asyncio.sleep(0.5)
    assert len(await chat.messages()) == 2
    assert rasa.texts == ["hello"]


@pytest.mark.usefixtures("worker")
async def test_quick_messages_are_answered_one_at_a_time_in_order(chat: Chat, rasa: FakeRasa):
    rasa.seconds = 0.2
    texts_said = [f"message {number}" for number in range(5)]
    for text in texts_said:
        await chat.say(text)
    messages = await chat.wait_for(10)
    assert rasa.texts == texts_said
    answers = [message["text"] for message in messages if message["sender"] == "bot"]
    assert answers == [f"You said: {text}" for text in texts_said]


@pytest.mark.usefixtures("worker")
async def test_conversations_do_not_wait_for_one_another(gateway: RunningGateway, rasa: FakeRasa):
    rasa.seconds = 1.0
    chats = [await gateway.start_chat() for _ in range(8)]
    started = asyncio.get_running_loop().time()
    await asyncio.gather(*(chat.say("hi") for chat in chats))
    await asyncio.gather(*(chat.wait_for(2) for chat in chats))
    assert asyncio.get_running_loop().time() - started < 4


async def test_silence_from_rasa_becomes_an_apology(
    chat: Chat, rasa: FakeRasa, worker: WorkerMetrics
):
    rasa.answers["hmm"] = []
    await chat.say("hmm")
    assert said(await chat.wait_for(2))[1] == ("system", texts.NO_ANSWER)
    assert count(worker, "empty") == 1


async def test_a_reply_is_held_back_when_an_agent_took_over_meanwhile(
    chat: Chat, rasa: FakeRasa, redis: Redis, worker: WorkerMetrics
):
    log = ConversationLog(redis, keep=timedelta(days=1))
    conversation_id = ConversationId(chat.id)
    rasa.seconds = 0.5

    async def rasa_was_asked() -> bool:
        return bool(rasa.asked)

    async def turn_is_over() -> bool:
        return (await log.conversation(conversation_id)).answered == 1

    await chat.say("hello")
    await eventually(rasa_was_asked)
    await change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER)
    await eventually(turn_is_over)
    assert said(await chat.messages()) == [
        ("customer", "hello"),
        ("system", "Kim has joined the chat."),
    ]
    assert await redis.xlen(f"conv:{{{chat.id}}}:suppressed") == 1
    suppressed = worker.registry.get_sample_value("worker_replies_total", {"outcome": "suppressed"})
    assert suppressed == 1


async def test_nothing_goes_to_rasa_while_an_agent_has_the_conversation(
    chat: Chat, rasa: FakeRasa, redis: Redis, worker: WorkerMetrics
):
    log = ConversationLog(redis, keep=timedelta(days=1))
    conversation_id = ConversationId(chat.id)
    await change_owner(log, conversation_id, OwnershipEvent.AGENT_TOOK_OVER)
    await chat.say("for the agent")

    async def passed_by() -> bool:
        return count(worker, "not_ours") == 1

    async def answered() -> bool:
        return count(worker, "answered") == 1

    await eventually(passed_by)
    await change_owner(log, conversation_id, OwnershipEvent.AGENT_GAVE_BACK)
    await chat.say("for the bot")
    await eventually(answered)
    assert "for the agent" not in rasa.texts


@pytest.mark.usefixtures("worker")
async def test_the_queue_is_empty_when_all_is_answered(chat: Chat, redis: Redis):
    for number in range(3):
        await chat.say(f"message {number}")
    await chat.wait_for(6)

    async def queue_is_empty() -> bool:
        return await redis.xlen("turns") == 0

    # What another entry's holder answered is taken off when it is looked at again.
    await eventually(queue_is_empty)
    assert (await redis.xpending("turns", "workers"))["pending"] == 0


@pytest.mark.usefixtures("worker")
async def test_the_gateway_is_ready_while_a_worker_sees_rasa_and_actions(
    gateway: RunningGateway,
):
    async def ready() -> bool:
        return (await gateway.http.get("/health/ready")).status_code == 200

    await eventually(ready)
