import json

import httpx
import pytest
from standardwebhooks import Webhook

from support.systems.errors import SystemFailure, SystemRefused, SystemUnreachable
from support.systems.messaging.errors import MessageRejected, SendingUncertain
from support.systems.messaging.models import Choice, OutgoingMessage
from support.systems.messaging.webhook.apps import WebhookApp
from support.systems.messaging.webhook.callbacks import WebhookCallbacks
from tests.fakes.webhook_apps import APPS, SECRET

MESSAGE = OutgoingMessage(
    key="m-1", to="shop-app:user:1", text="It's on its way.", choices=(Choice(id="q", title="Ok"),)
)
NAMED = {name: WebhookApp.model_validate(app) for name, app in APPS.items()}


def callbacks(transport: httpx.MockTransport) -> WebhookCallbacks:
    return WebhookCallbacks(httpx.AsyncClient(transport=transport), NAMED)


async def test_an_app_can_check_what_it_is_told():
    posted: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        posted.append(request)
        return httpx.Response(204)

    assert await callbacks(httpx.MockTransport(take)).send(MESSAGE) == "m-1"
    [request] = posted
    event = Webhook(SECRET).verify(request.content, dict(request.headers))
    assert (request.url, request.headers["webhook-id"]) == (APPS["shop-app"]["callback"], "m-1")
    assert event["type"] == "message.created"
    assert event["data"] == {
        "message_id": "m-1",
        "user": "user:1",
        "text": "It's on its way.",
        "choices": [{"id": "q", "title": "Ok"}],
    }
    assert json.loads(request.content) == event


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        pytest.param(422, MessageRejected, id="never"),
        pytest.param(410, MessageRejected, id="gone"),
        pytest.param(403, SystemRefused, id="secrets differ"),
        pytest.param(503, SystemRefused, id="down"),
        pytest.param(httpx.ConnectError("refused"), SystemUnreachable, id="not there"),
        pytest.param(httpx.ReadTimeout("slow"), SendingUncertain, id="no answer"),
    ],
)
async def test_a_message_that_is_not_taken(answer: int | Exception, failure: type[SystemFailure]):
    def refuse(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    with pytest.raises(failure) as raised:
        await callbacks(httpx.MockTransport(refuse)).send(MESSAGE)
    assert type(raised.value) is failure


async def test_an_app_that_is_no_longer_known_is_never_called():
    nobody = WebhookCallbacks(httpx.AsyncClient(), {})
    with pytest.raises(MessageRejected):
        await nobody.send(MESSAGE)


@pytest.mark.parametrize("secret", ["", "whsec_", "c2hvcnQ=", "no base64!"])
def test_a_weak_secret_is_no_setting(secret: str):
    with pytest.raises(ValueError, match=r"base64|24 bytes"):
        WebhookApp.model_validate({"secret": secret, "callback": "https://app.example.com"})
