import hashlib
import hmac

import httpx
import pytest
import respx
from pydantic import SecretStr

from support.ids import ConversationId, MessageId, SenderKey
from worker.rasa_client import (
    RasaClient,
    RasaRefusedTurn,
    RasaTurnFailed,
    RasaUnavailable,
    Turn,
    TurnMetadata,
)

URL = "http://rasa.example"
KEY = "k" * 32
TURN = Turn(
    conversation_id=ConversationId("c-1"),
    message_id=MessageId("m-1"),
    text="where is it? 🦘",
    payload=None,
    metadata=TurnMetadata(
        channel="web", customer_id=None, customer_first_name=None, sender_key=SenderKey("s")
    ),
)
GOOD = {"status": "answered", "turn_id": "m-1", "messages": [{"text": "Hi"}]}


@pytest.fixture
async def client():
    async with httpx.AsyncClient(base_url=URL) as http:
        yield RasaClient(http, key=SecretStr(KEY), clock=lambda: 1_764_000_000.9)


@pytest.mark.respx(base_url=URL)
async def test_a_turn_is_signed_over_time_and_raw_body(
    respx_mock: respx.MockRouter, client: RasaClient
):
    route = respx_mock.post("/webhooks/gateway/turns").respond(json=GOOD)
    answer = await client.answer(TURN)
    request = route.calls.last.request
    signed = b"1764000000." + request.content
    assert answer.messages[0].text == "Hi"
    assert request.headers["X-Turn-Timestamp"] == "1764000000"
    assert (
        request.headers["X-Turn-Signature"]
        == hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()
    )


@pytest.mark.respx(base_url=URL)
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, RasaUnavailable),
        (404, RasaUnavailable),
        (413, RasaRefusedTurn),
        (422, RasaRefusedTurn),
        (500, RasaTurnFailed),
        (503, RasaUnavailable),
        (504, RasaUnavailable),
    ],
)
async def test_every_status_has_its_meaning(
    respx_mock: respx.MockRouter, client: RasaClient, status: int, error: type[Exception]
):
    respx_mock.post("/webhooks/gateway/turns").respond(status, json={"status": "x"})
    with pytest.raises(error):
        await client.answer(TURN)


@pytest.mark.respx(base_url=URL)
@pytest.mark.parametrize(
    "failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError]
)
async def test_no_answer_means_unavailable(
    respx_mock: respx.MockRouter, client: RasaClient, failure: type[Exception]
):
    respx_mock.post("/webhooks/gateway/turns").mock(side_effect=failure)
    respx_mock.get("/webhooks/gateway/health").mock(side_effect=failure)
    with pytest.raises(RasaUnavailable):
        await client.answer(TURN)
    assert not await client.healthy()


@pytest.mark.respx(base_url=URL)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"status": "answered"}, id="incomplete"),
        pytest.param({**GOOD, "turn_id": "m-2"}, id="another turn's"),
        pytest.param({**GOOD, "messages": [{"words": "Hi"}]}, id="message without text"),
        pytest.param([], id="not an object"),
    ],
)
async def test_an_answer_that_is_none_is_a_failed_turn(
    respx_mock: respx.MockRouter, client: RasaClient, body: object
):
    respx_mock.post("/webhooks/gateway/turns").respond(json=body)
    with pytest.raises(RasaTurnFailed):
        await client.answer(TURN)
