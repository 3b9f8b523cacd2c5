"""Orders and deeds at the desk, with the actions' own code behind a signed call in between."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from actions.desk_deeds import do
from actions.desk_picture import picture
from gateway.desk.action_server import ActionServer
from gateway.desk.services import DeskServices
from support.decisions.identity import Level
from support.desk import PATH_PICTURE, DeedRequest, PictureRequest
from support.ids import ConversationId, OrderNumber
from support.systems.orders.errors import OrderNotFound
from support.turn_signature import sign
from tests.actions.services import services_for_tests
from tests.fakes.chat import Chat, RunningGateway
from tests.fakes.problems import problem
from tests.gateway.desk.agents import DeskBrowser, SignIn, asks_for_person
from tests.orders import order, parcel_json

NUMBER = OrderNumber("410200341")
KEY = SecretStr("desk-key-for-tests-0123456789abcdef")


@pytest.fixture
async def kim(
    gateway: RunningGateway, chat: Chat, sign_in: SignIn, redis: Redis
) -> AsyncIterator[DeskBrowser]:
    """Kim has the conversation of a customer who was identified, about a delivered order."""
    delivered = parcel_json(status="delivered", delivered_at="2026-11-20T10:00:00+11:00")
    services = services_for_tests(order(delivered), redis=redis)
    await services.verified.remember(ConversationId(chat.id), NUMBER, Level.MATCHED)

    async def answer(request: httpx.Request) -> httpx.Response:
        signature = sign(
            KEY.get_secret_value(), request.headers["x-desk-timestamp"], request.content
        )
        assert request.headers["x-desk-signature"] == signature
        try:
            if request.url.path == PATH_PICTURE:
                asked = PictureRequest.model_validate_json(request.content)
                return httpx.Response(
                    200, json=(await picture(asked, services)).model_dump(mode="json")
                )
            done = await do(DeedRequest.model_validate_json(request.content), services)
            return httpx.Response(200, json=done.model_dump(mode="json"))
        except OrderNotFound:
            return httpx.Response(404)

    app = gateway.server.config.app.state  # type: ignore[union-attr]
    desk: DeskServices = app.desk
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    app.desk = replace(desk, actions=ActionServer("http://actions/webhook", KEY, client))
    browser = await sign_in()
    await asks_for_person(gateway, chat, order_number=NUMBER, topic="missing_parcel")
    await browser.done(f"conversations/{chat.id}/take-over")
    yield browser
    await client.aclose()


async def test_an_order_is_shown_with_its_customers_data_hidden(kim: DeskBrowser, chat: Chat):
    seen = await kim.get(f"conversations/{chat.id}/order", number=NUMBER)

    shown = seen["order"]
    assert shown["email"] == "s•••@example.com"
    assert shown["phone"].endswith("001")
    assert "Example St" not in str(seen)
    assert shown["address"].endswith("Geelong VIC 3220")
    assert shown["parcels"][0]["status"] == "delivered"


async def test_a_detail_is_revealed(kim: DeskBrowser, chat: Chat):
    told = await kim.done(f"conversations/{chat.id}/reveal", detail="address", order_number=NUMBER)

    assert told["text"] == "1 Example St, Geelong VIC 3220"


async def test_an_investigation_ticks_its_step(kim: DeskBrowser, chat: Chat):
    done = await kim.done(
        f"conversations/{chat.id}/deeds",
        request_id="request-1",
        kind="open_investigation",
        order_number=NUMBER,
    )

    seen = await kim.get(f"conversations/{chat.id}/order", number=NUMBER)
    steps = {one["title"]: one for one in seen["procedure"]["steps"]}
    assert done["done"] is True
    assert done["reference"] in steps["Open a missing parcel investigation"]["done"]["outcome"]
    assert "Check with the store" not in steps


async def test_a_code_goes_from_the_customers_message_to_the_check_unseen(
    kim: DeskBrowser, chat: Chat
):
    path = f"conversations/{chat.id}/deeds"
    asked = {"order_number": NUMBER, "kind": "send_code", "request_id": "request-1"}
    await kim.done(path, **asked)
    await chat.say("it is 000 000")
    position = (await chat.messages())[-1]["position"]

    checked = await kim.done(
        path, **{**asked, "kind": "check_code", "request_id": "request-2", "position": position}
    )

    assert checked["done"] is False
    assert checked["says"].startswith("The code is wrong")


async def test_only_who_has_the_conversation_acts_in_it(
    kim: DeskBrowser, chat: Chat, sign_in: SignIn
):
    lee = await sign_in("lee")

    answer = await lee.post(
        f"conversations/{chat.id}/deeds",
        request_id="request-1",
        kind="send_code",
        order_number=NUMBER,
    )

    assert problem(answer) == (409, "not_yours")
    assert kim.csrf != lee.csrf


async def test_an_order_that_is_not_there_is_said_to_be_so(kim: DeskBrowser, chat: Chat):
    answer = await kim.http.get(
        f"/v1/desk/conversations/{chat.id}/order", params={"number": "410999999"}
    )

    assert problem(answer) == (404, "no_such_order")
