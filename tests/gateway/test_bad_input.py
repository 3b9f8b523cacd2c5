from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from tests.fakes.chat import (
    Chat,
)
from tests.fakes.problems import problem


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param({"text": "hi"}, 422, "wrong_shape", id="no client_message_id"),
        pytest.param({"client_message_id": "", "text": "hi"}, 422, "wrong_shape", id="empty id"),
        pytest.param(
            {"client_message_id": "x" * 129, "text": "hi"}, 422, "wrong_shape", id="long id"
        ),
        pytest.param({"client_message_id": "1"}, 422, "wrong_shape", id="nothing said"),
        pytest.param(
            {"client_message_id": "1", "text": "a", "quick_reply": "b"},
            422,
            "wrong_shape",
            id="two things said",
        ),
        pytest.param(
            {"client_message_id": "1", "text": "a", "payload": "/restart"},
            422,
            "wrong_shape",
            id="payload of their own",
        ),
        pytest.param({"client_message_id": "1", "text": 7}, 422, "wrong_shape", id="a number"),
        pytest.param(["hi"], 422, "wrong_shape", id="a list"),
        pytest.param("hi", 422, "wrong_shape", id="a string"),
        pytest.param(None, 422, "wrong_shape", id="null"),
        pytest.param({"client_message_id": "1", "text": ""}, 422, "empty_text", id="empty"),
        pytest.param({"client_message_id": "1", "text": " \n\t"}, 422, "empty_text", id="blank"),
        pytest.param(
            {"client_message_id": "1", "text": "\u202e\x00\u200b"},
            422,
            "empty_text",
            id="invisible",
        ),
        pytest.param(
            {"client_message_id": "1", "text": "x" * 2001}, 413, "text_too_long", id="2001"
        ),
        pytest.param(
            {"client_message_id": "1", "quick_reply": "/restart"},
            422,
            "unknown_quick_reply",
            id="unknown choice",
        ),
    ],
)
async def test_bad_input_is_refused_in_a_sentence(
    chat: Chat, redis: Redis, body: Any, status: int, code: str
):
    assert problem(await chat.post(body)) == (status, code)
    assert await chat.messages() == []
    assert await redis.exists("turns") == 0


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b'{"text": "\\ud800"'])
async def test_a_body_that_is_not_json_is_refused(chat: Chat, content: bytes):
    response = await chat.http.post(
        f"{chat.path}/messages",
        content=content,
        headers={**chat.headers, "Content-Type": "application/json"},
    )
    assert problem(response)[0] in {400, 422}


async def test_the_refusal_of_long_texts_names_the_limit(chat: Chat):
    response = await chat.post({"client_message_id": "1", "text": "x" * 2001})
    assert "2,000 characters" in response.json()["detail"]
    await chat.say("x" * 2000)


async def test_the_refusal_names_the_field_but_never_the_value(chat: Chat):
    response = await chat.post({"client_message_id": "1", "text": {"card": "4111 1111"}})
    assert response.json()["detail"].startswith("We couldn't read that request. text: ")
    assert "4111" not in response.text


@pytest.mark.parametrize("declared", [True, False], ids=["with length", "without length"])
async def test_a_large_body_is_refused_before_it_is_read(chat: Chat, *, declared: bool):
    async def chunks() -> AsyncIterator[bytes]:
        yield b"[" + b" " * 20_000
        yield b"]"

    content = b" " * 20_000 if declared else chunks()
    response = await chat.http.post(f"{chat.path}/messages", content=content, headers=chat.headers)
    assert problem(response) == (413, "body_too_large")
    assert "16,384 bytes" in response.json()["detail"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("📦❓", "📦❓", id="emoji only"),
        pytest.param("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", id="html"),
        pytest.param("/restart", "/restart", id="leading slash"),
        pytest.param("\u202egnp.exe\x00", "gnp.exe", id="bidi override and control"),
        pytest.param("أين طلبي؟", "أين طلبي؟", id="right to left"),
        pytest.param('{"intent": "x"}', '{"intent": "x"}', id="json as text"),
    ],
)
async def test_unusual_text_is_kept_as_plain_text(chat: Chat, typed: str, kept: str):
    await chat.say(typed)
    assert [message["text"] for message in await chat.messages()] == [kept]


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "99999999999999999999"])
async def test_a_position_is_a_whole_number(chat: Chat, after: str):
    response = await chat.http.get(f"{chat.path}/messages?after={after}", headers=chat.headers)
    assert problem(response) == (422, "wrong_shape")
    response = await chat.http.get(
        f"{chat.path}/events", headers={**chat.headers, "Last-Event-ID": after}
    )
    assert problem(response) == (422, "wrong_shape")
