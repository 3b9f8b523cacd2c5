import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from support.systems.errors import SystemRateLimited, SystemRefused, SystemUnreachable
from support.systems.messaging.errors import MessageRejected, SendingUncertain, WindowClosed
from support.systems.messaging.meta.graph import Graph
from support.systems.messaging.meta.messenger import Messenger
from support.systems.messaging.meta.whatsapp import Template, WhatsApp
from support.systems.messaging.models import Choice, OutgoingMessage
from support.systems.messaging.pieces import pieces

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
Answer = Callable[[httpx.Request], httpx.Response]


def message(text: str = "It's on its way.", *titles: str, heard: int = 1) -> OutgoingMessage:
    return OutgoingMessage(
        key="m-1",
        to="+61491570006",
        text=text,
        choices=tuple(Choice(id=f"c{n}", title=title) for n, title in enumerate(titles)),
        last_heard_at=NOW - timedelta(hours=heard),
    )


async def nothing_taken(_: str) -> str | None:
    return None


class Meta:
    """Keeps what was posted and answers."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.posted: list[dict[str, Any]] = []
        self._answer = answer

    def take(self, request: httpx.Request) -> httpx.Response:
        self.posted.append(json.loads(request.content))
        if self._answer:
            return self._answer(request)
        return httpx.Response(200, json={"messages": [{"id": "wamid.1"}], "message_id": "m_1"})

    def graph(self) -> Graph:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self.take))
        return Graph("meta", client, "https://graph.example.com/v23.0", SecretStr("t"))

    async def take_all(
        self, sender: WhatsApp | Messenger, message: OutgoingMessage
    ) -> list[dict[str, Any]]:
        """Return what was posted for a message, in all its pieces."""
        for piece in sender.pieces(message):
            await sender.send(piece)
        return self.posted

    def whatsapp(self, template: Template | None = None) -> WhatsApp:
        return WhatsApp(self.graph(), "106", nothing_taken, template, now=lambda: NOW)

    def messenger(self) -> Messenger:
        return Messenger(self.graph(), "682", nothing_taken, now=lambda: NOW)


async def test_a_text_goes_to_the_number_with_our_key():
    meta = Meta()
    assert await meta.whatsapp().send(message()) == "wamid.1"
    assert meta.posted == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "61491570006",
            "biz_opaque_callback_data": "m-1",
            "type": "text",
            "text": {"preview_url": False, "body": "It's on its way."},
        }
    ]


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("Yes", "No"), "button"),
        (("Yes", "No", "Maybe"), "button"),
        (("Yes", "No", "Maybe", "Later"), "list"),
        (("A title of more than twenty characters",), "list"),
    ],
)
async def test_few_choices_are_buttons_and_more_a_list(titles: tuple[str, ...], kind: str):
    meta = Meta()
    [posted] = await meta.take_all(meta.whatsapp(), message("Well?", *titles))
    interactive = posted["interactive"]
    assert interactive["type"] == kind
    rows = interactive["action"].get("sections", [{"rows": []}])[0]["rows"]
    assert all(len(row["title"]) <= 24 for row in rows)


async def test_more_choices_than_a_list_holds_are_numbered():
    meta = Meta()
    many = message("Well?", *(f"Choice {n}" for n in range(11)))
    [posted] = await meta.take_all(meta.whatsapp(), many)
    assert posted["text"]["body"].endswith("11 = Choice 10")


async def test_a_long_question_is_asked_after_its_text():
    meta = Meta()
    posted = await meta.take_all(meta.whatsapp(), message("A sentence. " * 200, "Yes"))
    assert [body["type"] for body in posted] == ["text", "text", "interactive"]
    assert len(posted[-1]["interactive"]["body"]["text"]) <= 1024
    keys = [body["biz_opaque_callback_data"] for body in posted]
    assert keys == ["m-1:0", "m-1:1", "m-1:2"]


async def test_a_long_text_is_told_in_pieces_with_keys_of_their_own():
    whatsapp, messenger = Meta(), Meta()
    long = message("A sentence. " * 400, "Yes")
    without = long.model_copy(update={"choices": ()})
    texts = await whatsapp.take_all(whatsapp.whatsapp(), without)
    assert [len(body["text"]["body"]) <= 4096 for body in texts] == [True, True]
    pieces = [body["message"] for body in await messenger.take_all(messenger.messenger(), long)]
    assert all(len(piece["text"]) <= 2000 for piece in pieces)
    assert [piece["metadata"] for piece in pieces] == ["m-1:0", "m-1:1", "m-1:2"]
    assert ["quick_replies" in piece for piece in pieces] == [False, False, True]


async def test_a_title_that_messenger_would_cut_is_numbered_in_the_text():
    meta = Meta()
    [posted] = await meta.take_all(meta.messenger(), message("Well?", "A title that is too long"))
    assert posted["message"]["text"] == "Well?\n1 = A title that is too long"


async def test_after_a_day_only_a_template_is_sent():
    meta = Meta()
    late = message("Your parcel\nwas delivered.", heard=25)
    [posted] = await meta.take_all(meta.whatsapp(Template("order_news")), late)
    template = posted["template"]
    assert template["name"] == "order_news"
    assert template["components"][0]["parameters"] == [
        {"type": "text", "text": "Your parcel was delivered."}
    ]


async def test_a_template_is_one_message_however_long_the_text():
    meta = Meta()
    late = message("A sentence. " * 400, heard=25)
    [posted] = await meta.take_all(meta.whatsapp(Template("order_news")), late)
    [parameter] = posted["template"]["components"][0]["parameters"]
    assert len(parameter["text"]) == 900
    assert parameter["text"].endswith("\u2026")


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
async def test_after_a_day_without_a_template_nothing_is_sent(name: str):
    meta = Meta()
    with pytest.raises(WindowClosed):
        await getattr(meta, name)().send(message(heard=25))
    assert meta.posted == []


def refusal(status: int, code: int, subcode: int | None = None) -> Answer:
    error = {"message": "no", "code": code, "error_subcode": subcode}
    return lambda _: httpx.Response(status, json={"error": error})


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(400, 131047), WindowClosed),
        (refusal(403, 10, 2018278), WindowClosed),
        (refusal(400, 131026), MessageRejected),
        (refusal(400, 100), MessageRejected),
        (refusal(401, 190), SystemRefused),
        (refusal(400, 130429), SystemRateLimited),
        (refusal(429, 4), SystemRateLimited),
        (refusal(500, 131000), SystemRefused),
        (lambda _: httpx.Response(502, text="<html>"), SystemRefused),
    ],
)
async def test_what_is_refused_is_told_apart(name: str, answer: Answer, error: type[Exception]):
    with pytest.raises(error):
        await getattr(Meta(answer), name)().send(message())


@pytest.mark.parametrize(
    ("broken", "error"),
    [(httpx.ConnectError("no"), SystemUnreachable), (httpx.ReadTimeout("slow"), SendingUncertain)],
)
async def test_only_what_surely_did_not_arrive_is_called_so(
    broken: httpx.HTTPError, error: type[Exception]
):
    def fail(_: httpx.Request) -> httpx.Response:
        raise broken

    with pytest.raises(error):
        await Meta(fail).whatsapp().send(message())


async def test_messenger_gets_quick_replies_and_our_key():
    meta = Meta()
    assert await meta.messenger().send(message("Well?", "Yes", "No")) == "m_1"
    assert meta.posted[0]["message"] == {
        "text": "Well?",
        "quick_replies": [
            {"content_type": "text", "title": "Yes", "payload": "c0"},
            {"content_type": "text", "title": "No", "payload": "c1"},
        ],
        "metadata": "m-1",
    }


@given(st.text(min_size=1, max_size=300), st.integers(min_value=10, max_value=80))
def test_pieces_are_short_enough_and_lose_no_word(text: str, longest: int):
    found = pieces(text, longest)
    assert all(len(piece) <= longest for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
