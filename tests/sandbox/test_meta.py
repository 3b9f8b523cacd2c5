"""The sandbox's Meta: as strict as the real one, and signing what it posts."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from sandbox.app import create_app
from sandbox.meta import NUMBER_ID, PAGE_ID
from sandbox.settings import Settings
from support.systems.errors import SystemRefused
from support.systems.messaging.errors import WindowClosed
from support.systems.messaging.meta.graph import Graph
from support.systems.messaging.meta.messenger import Messenger
from support.systems.messaging.meta.signature import is_signed
from support.systems.messaging.meta.webhooks import MetaPost
from support.systems.messaging.meta.whatsapp import Template, WhatsApp
from support.systems.messaging.models import Choice, OutgoingMessage
from tests.sandbox.conftest import NOW

SECRET = SecretStr("app-secret-for-tests-0123456789abcd")
TOKEN = SecretStr("token-for-tests")
PHONE = "61491570006"


@dataclass
class Gateway:
    """Takes what is posted, if it is signed."""

    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        given = request.headers["X-Hub-Signature-256"]
        if not is_signed(SECRET, request.content, given=given):
            return httpx.Response(403)
        MetaPost.model_validate_json(request.content)
        self.posts.append((request.url.path, json.loads(request.content)))
        return httpx.Response(200)


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
async def client(settings: Settings, gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    with_app = settings.model_copy(update={"whatsapp_app_secret": SECRET, "whatsapp_token": TOKEN})
    app = create_app(with_app, lambda: NOW, httpx.MockTransport(gateway))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8800") as client:
        yield client


async def nothing_taken(_: str) -> str | None:
    return None


def graph(client: httpx.AsyncClient, token: SecretStr = TOKEN) -> Graph:
    return Graph("meta", client, "http://127.0.0.1:8800/graph", token)


def whatsapp(client: httpx.AsyncClient, **more: Any) -> WhatsApp:
    return WhatsApp(graph(client, **more), NUMBER_ID, nothing_taken, now=lambda: NOW)


def message(*titles: str, to: str = f"+{PHONE}", heard_at: datetime = NOW) -> OutgoingMessage:
    choices = tuple(Choice(id=f"c{n}", title=title) for n, title in enumerate(titles))
    return OutgoingMessage(key="m-1", to=to, text="Well?", choices=choices, last_heard_at=heard_at)


async def write(client: httpx.AsyncClient, channel: str, **more: str) -> httpx.Response:
    return await client.post(f"/sandbox/{channel}/inbound", json={"from": PHONE, **more})


@pytest.mark.parametrize("titles", [(), ("Yes", "No"), ("A", "B", "C", "D")])
async def test_what_we_send_by_whatsapp_is_taken_and_reported(
    client: httpx.AsyncClient, gateway: Gateway, titles: tuple[str, ...]
):
    assert (await write(client, "whatsapp", text="hello")).json()["answered"] == 200
    sent_id = await whatsapp(client).send(message(*titles))
    statuses = [
        body["entry"][0]["changes"][0]["value"]["statuses"][0]
        for path, body in gateway.posts[1:]
        if path.endswith("/whatsapp")
    ]
    assert [(one["id"], one["status"]) for one in statuses] == [
        (sent_id, "sent"),
        (sent_id, "delivered"),
    ]
    assert {one["biz_opaque_callback_data"] for one in statuses} == {"m-1"}
    sent = (await client.get("/sandbox/sent", params={"channel": "whatsapp"})).json()["sent"]
    assert [(one["to"], one["text"]) for one in sent] == [(PHONE, "Well?")]


async def test_who_has_not_written_may_only_be_sent_a_template(client: httpx.AsyncClient):
    with pytest.raises(WindowClosed):
        await whatsapp(client).send(message())
    template = WhatsApp(graph(client), NUMBER_ID, nothing_taken, Template("news"), lambda: NOW)
    assert await template.send(message(heard_at=NOW - timedelta(days=2)))


async def test_another_token_is_refused(client: httpx.AsyncClient):
    await write(client, "whatsapp", text="hello")
    with pytest.raises(SystemRefused):
        await whatsapp(client, token=SecretStr("guess")).send(message())


async def test_messenger_is_taken_and_echoed(client: httpx.AsyncClient, gateway: Gateway):
    await write(client, "messenger", text="hello")
    messenger = Messenger(graph(client), PAGE_ID, nothing_taken, now=lambda: NOW)
    sent_id = await messenger.send(message("Yes", to=PHONE))
    events = [body["entry"][0]["messaging"][0] for _, body in gateway.posts[1:]]
    assert (events[0]["message"]["mid"], events[0]["message"]["metadata"]) == (sent_id, "m-1")
    assert events[1]["delivery"]["mids"] == [sent_id]


async def test_a_press_is_posted_as_meta_does(client: httpx.AsyncClient, gateway: Gateway):
    await write(client, "whatsapp", text="Yes", press="c0")
    [(_, body)] = gateway.posts
    posted = body["entry"][0]["changes"][0]["value"]["messages"][0]
    assert posted["interactive"]["button_reply"] == {"id": "c0", "title": "Yes"}


async def test_a_message_without_text_is_no_message(client: httpx.AsyncClient):
    assert (await write(client, "whatsapp")).status_code == 422
