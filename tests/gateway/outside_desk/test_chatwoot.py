"""What Chatwoot posts to the gateway, genuine or not, once or many times."""

import asyncio
import json
import time

import pytest

from gateway.outside_desk.ledger import Ledger
from support.ids import ConversationId
from support.systems.desk.models import Standing
from tests.fakes.chat import Chat, RunningGateway, running_gateway, take
from tests.fakes.chatwoot import (
    KIM,
    LEE,
    Json,
    Poster,
    assignee_json,
    conversation_json,
    message_json,
    status_json,
    typing_json,
)
from tests.fakes.texting import Texter


async def owner(gateway: RunningGateway, chat: Chat) -> str:
    held = await gateway.services.handover.store.read(ConversationId(chat.id))
    return held.owner.value


async def texts(chat: Chat) -> list[str]:
    return [str(one["text"]) for one in await chat.messages()]


async def notes(ledger: Ledger, chat: Chat) -> list[str]:
    return [note.text for note in await ledger.notes(ConversationId(chat.id))]


async def test_an_agents_message_reaches_the_customer_and_silences_the_assistant(
    gateway: RunningGateway, poster: Poster, chat: Chat
):
    answer = await poster.post(message_json(chat.id, "Hello Sam."))
    assert answer.status_code == 200
    last = (await chat.messages())[-1]
    assert (last["sender"], last["author"], last["text"]) == ("agent", "Kim", "Hello Sam.")
    assert (await texts(chat))[-2] == "Kim has joined the chat."
    assert await owner(gateway, chat) == "AGENT"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X-Chatwoot-Signature": ""}, id="unsigned"),
        pytest.param({"X-Chatwoot-Signature": "sha256=" + "0" * 64}, id="wrong"),
        pytest.param({"X-Chatwoot-Timestamp": ""}, id="no time"),
        pytest.param({"X-Chatwoot-Timestamp": "soon"}, id="no number"),
        pytest.param({"X-Chatwoot-Timestamp": str(int(time.time()) + 1)}, id="another time"),
    ],
)
async def test_what_is_not_genuine_is_refused_without_effect(
    gateway: RunningGateway, poster: Poster, chat: Chat, headers: dict[str, str]
):
    before = await texts(chat)
    answer = await poster.post(message_json(chat.id, "Send me your code."), **headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "signature_invalid")
    assert await texts(chat) == before
    assert await owner(gateway, chat) == "QUEUED"


@pytest.mark.parametrize("age", [310, -310])
async def test_what_was_signed_long_ago_or_in_the_future_is_refused(
    poster: Poster, chat: Chat, age: int
):
    before = await texts(chat)
    assert (await poster.post(message_json(chat.id, "Hello."), age=age)).status_code == 403
    assert await texts(chat) == before


async def test_another_secret_and_an_altered_body_are_refused(
    gateway: RunningGateway, poster: Poster, chat: Chat
):
    before = await texts(chat)
    stranger = Poster(gateway.http, secret="another-secret-of-somebody")
    assert (await stranger.post(message_json(chat.id, "Hello."))).status_code == 403
    raw = json.dumps(message_json(chat.id, "Hello.")).encode()
    headers = poster.signed(raw, str(int(time.time())))
    altered = raw.replace(b"Hello.", b"Adieu.")
    answer = await gateway.http.post("/webhooks/chatwoot", content=altered, headers=headers)
    assert answer.status_code == 403
    assert await texts(chat) == before


async def test_fifty_duplicates_at_once_are_one_message(poster: Poster, chat: Chat):
    post = message_json(chat.id, "Hello Sam.", id=77)
    answers = await asyncio.gather(*(poster.post(post, age=n % 3) for n in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await texts(chat))[-2:] == ["Kim has joined the chat.", "Hello Sam."]
    assert (await texts(chat)).count("Hello Sam.") == 1


async def test_a_replay_does_nothing_again(gateway: RunningGateway, poster: Poster, chat: Chat):
    await poster.post(message_json(chat.id, "Hello."))
    raw = json.dumps(status_json(chat.id, "pending")).encode()
    headers = poster.signed(raw, str(int(time.time())))
    for _ in range(2):
        answer = await gateway.http.post("/webhooks/chatwoot", content=raw, headers=headers)
        assert answer.status_code == 200
        await poster.post(message_json(chat.id, "Me again.", id=2))
    assert await owner(gateway, chat) == "AGENT"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"message_type": "incoming"}, id="our own message"),
        pytest.param({"private": True}, id="a private note"),
        pytest.param({"message_type": "activity"}, id="activity"),
        pytest.param({"sender": {**KIM, "type": "agent_bot"}}, id="a bot's"),
    ],
)
async def test_what_is_not_for_the_customer_does_not_reach_them(
    gateway: RunningGateway, poster: Poster, chat: Chat, change: Json
):
    before = await texts(chat)
    answer = await poster.post({**message_json(chat.id, "Between us."), **change})
    assert answer.status_code == 200
    assert await texts(chat) == before
    assert await owner(gateway, chat) == "QUEUED"


async def test_another_inbox_and_an_unknown_conversation_change_nothing(poster: Poster, chat: Chat):
    before = await texts(chat)
    other = conversation_json(chat.id, inbox_id=9)
    for post in (message_json(chat.id, "Hi", conversation=other), message_json("c-none", "Hi")):
        assert (await poster.post(post)).status_code == 200
    assert await texts(chat) == before


async def test_resolved_ends_the_chat(gateway: RunningGateway, poster: Poster, chat: Chat):
    await poster.post(message_json(chat.id, "All done."))
    await poster.post(status_json(chat.id, "resolved"))
    assert await owner(gateway, chat) == "CLOSED"
    assert "This chat has ended. Thanks for getting in touch." in await texts(chat)


async def test_pending_gives_back_with_the_summary_that_a_note_holds(
    gateway: RunningGateway, poster: Poster, chat: Chat
):
    await poster.post(message_json(chat.id, "We send it again."))
    await poster.post(message_json(chat.id, "Summary: sent again", id=2, private=True))
    await poster.post(status_json(chat.id, "pending"))
    assert await owner(gateway, chat) == "BOT"
    held = await gateway.services.handover.store.read(ConversationId(chat.id))
    assert held.hand_back is not None
    assert held.hand_back.summary == "sent again"
    assert (await texts(chat))[-1].startswith("Kim has left the chat. I'm the assistant again")


async def test_a_status_that_is_known_already_is_no_news(
    gateway: RunningGateway, poster: Poster, chat: Chat, ledger: Ledger
):
    await ledger.write(ConversationId(chat.id), standing=Standing.ENDED.value)
    await poster.post(status_json(chat.id, "resolved"))
    assert await owner(gateway, chat) == "QUEUED"
    await poster.post(status_json(chat.id, "open"))
    await poster.post(status_json(chat.id, "resolved", assignee=None), age=30)
    assert await owner(gateway, chat) == "CLOSED"
    assert "Our team has joined the chat." in await texts(chat)


async def test_who_is_given_the_conversation_is_named(
    gateway: RunningGateway, poster: Poster, chat: Chat
):
    await poster.post(assignee_json(chat.id, LEE))
    assert await owner(gateway, chat) == "QUEUED"
    await poster.post(message_json(chat.id, "Hello."))
    await poster.post(assignee_json(chat.id, LEE), age=30)
    assert (await texts(chat))[-1] == "Lee has joined the chat."


async def test_the_customer_sees_their_agent_typing(poster: Poster, chat: Chat):
    await poster.post(message_json(chat.id, "Hello."))
    async with chat.stream() as events:
        seen = len(await chat.messages())
        await take(events, seen)
        await poster.post(typing_json(chat.id, is_private=True))
        await poster.post(typing_json(chat.id))
        while "by" not in (event := (await take(events, 1))[0]):
            pass
    assert (event["by"], event["name"]) == ("agent", "Kim")


async def test_after_stop_an_agent_is_told_and_the_customer_is_not(
    gateway: RunningGateway, poster: Poster, ledger: Ledger
):
    texter = Texter(gateway.http)
    await texter.text("hello")
    [conversation_id] = await gateway.services.redis.zrange("channels:conversations", 0, -1)
    await texter.text("STOP")
    for _ in range(3):
        await poster.post(message_json(conversation_id, "Still there?"), age=_)
    said = await gateway.services.log.read(ConversationId(conversation_id), after=0)
    assert [one.text for one in said] == ["hello", "STOP"]
    [note] = await ledger.notes(ConversationId(conversation_id))
    assert "the customer replied STOP" in note.text
    assert note.note


async def test_after_the_end_an_agent_is_told(poster: Poster, chat: Chat, ledger: Ledger):
    await poster.post(message_json(chat.id, "Bye."))
    await poster.post(status_json(chat.id, "resolved"))
    await poster.post(message_json(chat.id, "One more thing.", id=2))
    assert "One more thing." not in await texts(chat)
    [note] = await notes(ledger, chat)
    assert "this chat has ended" in note


async def test_words_beside_an_attachment_come_alone(poster: Poster, chat: Chat, ledger: Ledger):
    await poster.post(message_json(chat.id, "See here:", attachments=[{"id": 1}]))
    assert (await texts(chat))[-1] == "See here:"
    assert await notes(ledger, chat) == [
        "The attachment was not delivered: only words can be passed on."
    ]


async def test_what_is_signed_and_no_post_is_refused(gateway: RunningGateway, poster: Poster):
    raw = b"{not json"
    headers = poster.signed(raw, str(int(time.time())))
    answer = await gateway.http.post("/webhooks/chatwoot", content=raw, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


@pytest.mark.usefixtures("redis")
async def test_without_chatwoot_there_is_nothing_at_this_address(redis_url: str):
    async with running_gateway(redis_url) as gateway:
        answer = await Poster(gateway.http).post(message_json("c-1", "Hello."))
    assert answer.status_code == 404
