"""The sandbox's Twilio: as strict as the real one, and signing as the real one's package does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from sandbox.app import create_app
from sandbox.settings import Settings
from sandbox.twilio_rules import NUMBER, SERVICE
from support.systems.errors import SystemRateLimited, SystemRefused
from support.systems.messaging.errors import MessageRejected, RecipientOptedOut
from support.systems.messaging.models import OutgoingMessage
from support.systems.messaging.twilio.http import TwilioAccount, TwilioSms
from tests.sandbox.conftest import NOW

ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "auth-token-for-tests-0123456789abcd"
PHONE = "+61491570006"
WEBHOOK = "https://chat.example.com/v1/channels/sms"
CALLBACK = f"{WEBHOOK}/status"
PATH = f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages"
AUTH = (ACCOUNT, TOKEN)


@dataclass
class Gateway:
    """Takes what is posted, if the provider's own package finds it signed."""

    posts: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url, parameters = (
            str(request.url),
            dict(parse_qsl(request.content.decode(), keep_blank_values=True)),
        )
        signature = request.headers["X-Twilio-Signature"]
        if not RequestValidator(TOKEN).validate(url, parameters, signature):
            return httpx.Response(403)
        self.posts.append((url, parameters))
        return httpx.Response(200)

    def statuses(self, sid: str) -> list[str]:
        return [told["MessageStatus"] for _, told in self.posts if told["MessageSid"] == sid]


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
async def client(settings: Settings, gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    with_account = settings.model_copy(
        update={
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SecretStr(TOKEN),
            "sandbox_sms_webhook": WEBHOOK,
        }
    )
    app = create_app(with_account, now=lambda: NOW, transport=httpx.MockTransport(gateway))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8800") as client:
        yield client


async def send(client: httpx.AsyncClient, auth: Any = AUTH, **different: str) -> httpx.Response:
    given = {"To": PHONE, "MessagingServiceSid": SERVICE, "Body": "Hello"} | different
    parameters = {name: value for name, value in given.items() if value}
    return await client.post(f"{PATH}.json", data=parameters, auth=auth)


async def sent(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await client.get("/sandbox/sent", params={"channel": "sms"})
    return list(answer.json()["sent"])


async def test_a_message_is_taken_and_kept(client: httpx.AsyncClient) -> None:
    answer = await send(client, Body="é" * 161)

    assert answer.status_code == 201
    assert answer.json()["sid"].startswith("SM")
    (kept,) = await sent(client)
    assert (kept["to"], kept["segments"], kept["encoding"]) == (PHONE, 2, "GSM-7")


@pytest.mark.parametrize(
    ("different", "code"),
    [
        pytest.param({"To": ""}, 21604, id="no recipient"),
        pytest.param({"To": "0491570006"}, 21211, id="a recipient that is not E.164"),
        pytest.param({"To": "+0491570006"}, 21211, id="a country that there is not"),
        pytest.param({"MessagingServiceSid": ""}, 21603, id="no sender"),
        pytest.param({"MessagingServiceSid": "MG1"}, 21701, id="another service"),
        pytest.param({"MessagingServiceSid": "", "From": "+61480000999"}, 21606, id="not ours"),
        pytest.param({"MessagingServiceSid": "", "From": "Kmart"}, 21212, id="no phone"),
        pytest.param({"Body": ""}, 21602, id="no words"),
        pytest.param({"Body": "n" * 1601}, 21617, id="too many words"),
        pytest.param({"StatusCallback": "/v1/status"}, 21609, id="a callback without a host"),
    ],
)
async def test_what_twilio_would_refuse_is_refused(
    client: httpx.AsyncClient, different: dict[str, str], code: int
) -> None:
    answer = await send(client, **different)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert await sent(client) == []


@pytest.mark.parametrize(
    "auth", [None, (ACCOUNT, "wrong"), ("AC2", TOKEN)], ids=["none", "wrong token", "other account"]
)
async def test_strangers_are_refused(client: httpx.AsyncClient, auth: Any) -> None:
    answer = await send(client, auth)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


async def test_the_number_sends_too(client: httpx.AsyncClient) -> None:
    assert (await send(client, MessagingServiceSid="", From=NUMBER)).status_code == 201


async def test_a_text_message_is_posted_with_a_signature_that_twilio_would_give(
    client: httpx.AsyncClient, gateway: Gateway
) -> None:
    answer = await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": "where is it?"})

    assert answer.json()["answered"] == 200
    ((url, posted),) = gateway.posts
    assert url == WEBHOOK
    assert (posted["From"], posted["Body"]) == (PHONE, "where is it?")
    assert posted["MessagingServiceSid"] == SERVICE
    assert posted["AccountSid"] == ACCOUNT


async def test_the_same_sid_is_the_same_message_again(
    client: httpx.AsyncClient, gateway: Gateway
) -> None:
    sid = "SM" + "0" * 32
    for _ in range(2):
        await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": "hi", "sid": sid})

    assert [posted["MessageSid"] for _, posted in gateway.posts] == [sid, sid]


async def test_a_picture_comes_without_words(client: httpx.AsyncClient, gateway: Gateway) -> None:
    await client.post("/sandbox/sms/inbound", json={"from": PHONE, "media": 1})

    ((_, posted),) = gateway.posts
    assert (posted["NumMedia"], posted["MediaContentType0"]) == ("1", "image/jpeg")
    assert posted["MessageSid"].startswith("MM")


async def test_each_message_reports_its_way(client: httpx.AsyncClient, gateway: Gateway) -> None:
    sid = (await send(client, StatusCallback=CALLBACK)).json()["sid"]

    assert gateway.statuses(sid) == ["sent", "delivered"]
    assert (await sent(client))[0]["status"] == "delivered"


async def test_a_phone_out_of_reach_gets_nothing(
    client: httpx.AsyncClient, gateway: Gateway
) -> None:
    await client.put(f"/sandbox/sms/phones/{PHONE}", json={"in_reach": False})

    sid = (await send(client, StatusCallback=CALLBACK)).json()["sid"]

    assert gateway.statuses(sid) == ["sent", "undelivered"]
    assert gateway.posts[-1][1]["ErrorCode"] == "30003"


@pytest.mark.parametrize("word", ["STOP", " stop ", "Revoke", "QUIT"])
async def test_nothing_is_sent_after_stop(
    client: httpx.AsyncClient, gateway: Gateway, word: str
) -> None:
    await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": word})

    assert (await send(client)).json()["code"] == 21610
    assert gateway.posts[0][1]["OptOutType"] == "STOP"


async def test_start_lets_messages_through_again(client: httpx.AsyncClient) -> None:
    for word in ("STOP", "START"):
        await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": word})

    assert (await send(client)).status_code == 201


@pytest.mark.parametrize("word", ["cancel", "END", "Yes"])
async def test_what_customers_say_about_orders_is_no_keyword(
    client: httpx.AsyncClient, gateway: Gateway, word: str
) -> None:
    await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": word})

    assert "OptOutType" not in gateway.posts[0][1]
    assert (await send(client)).status_code == 201


async def test_a_sentence_with_stop_in_it_stops_nothing(client: httpx.AsyncClient) -> None:
    await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": "stop my order"})

    assert (await send(client)).status_code == 201


async def test_what_was_sent_is_listed_newest_first(client: httpx.AsyncClient) -> None:
    for body in ("first", "second"):
        await send(client, Body=body)
    await send(client, To="+61491570007")

    listed = await client.get(
        f"{PATH}.json", params={"To": PHONE, "DateSent>": NOW.date().isoformat()}, auth=AUTH
    )
    later = await client.get(f"{PATH}.json", params={"DateSent>": "2026-11-25"}, auth=AUTH)

    assert [one["body"] for one in listed.json()["messages"]] == ["second", "first"]
    assert later.json()["messages"] == []


async def test_one_message_is_looked_up(client: httpx.AsyncClient) -> None:
    sid = (await send(client)).json()["sid"]

    assert (await client.get(f"{PATH}/{sid}.json", auth=AUTH)).json()["body"] == "Hello"
    assert (await client.get(f"{PATH}/SM0.json", auth=AUTH)).status_code == 404


async def test_without_an_account_there_is_no_twilio(settings: Settings) -> None:
    transport = httpx.ASGITransport(create_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        inbound = await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": "hi"})

        assert (await send(client)).status_code == 404
        assert inbound.status_code == 503


class TestOurOwnSender:
    """Our adapter against it: what one sends, the other takes."""

    @pytest.fixture
    def sender(self, client: httpx.AsyncClient) -> TwilioSms:
        account = TwilioAccount(ACCOUNT, SecretStr(TOKEN), messaging_service=SERVICE)
        return TwilioSms(client, "http://127.0.0.1:8800/twilio", account, CALLBACK)

    @pytest.fixture
    def message(self, sender: TwilioSms) -> OutgoingMessage:
        [piece] = sender.pieces(OutgoingMessage(key="m-1", to=PHONE, text="It\u2019s on its way"))
        return piece

    async def test_it_sends_and_finds_what_it_sent(
        self, sender: TwilioSms, message: OutgoingMessage, client: httpx.AsyncClient
    ) -> None:
        sid = await sender.send(message)

        assert await sender.find(message, since=NOW, known=frozenset()) == sid
        assert (await sent(client))[0]["text"] == "It's on its way"

    async def test_a_long_text_is_taken_in_pieces(
        self, sender: TwilioSms, client: httpx.AsyncClient
    ) -> None:
        text = "The parcel is on its way. " * 100
        for piece in sender.pieces(OutgoingMessage(key="m-1", to=PHONE, text=text)):
            await sender.send(piece)

        taken = [one["text"] for one in await sent(client)]
        assert len(taken) == 2
        assert " ".join(sorted(taken, key=len, reverse=True)) == text.strip()

    async def test_it_finds_nothing_that_it_did_not_send(
        self, sender: TwilioSms, message: OutgoingMessage
    ) -> None:
        assert await sender.find(message, since=NOW, known=frozenset()) is None

    async def test_it_knows_an_opted_out_recipient(
        self, sender: TwilioSms, message: OutgoingMessage, client: httpx.AsyncClient
    ) -> None:
        await client.post("/sandbox/sms/inbound", json={"from": PHONE, "text": "STOP"})

        with pytest.raises(RecipientOptedOut):
            await sender.send(message)

    async def test_it_knows_what_is_never_taken(
        self, sender: TwilioSms, message: OutgoingMessage
    ) -> None:
        with pytest.raises(MessageRejected):
            await sender.send(message.model_copy(update={"to": "0491570006"}))

    @pytest.mark.parametrize(
        ("mode", "failure"), [("rate_limited", SystemRateLimited), ("error", SystemRefused)]
    )
    async def test_it_knows_a_failure_that_passes(
        self,
        sender: TwilioSms,
        message: OutgoingMessage,
        client: httpx.AsyncClient,
        mode: str,
        failure: type[Exception],
    ) -> None:
        await client.put("/sandbox/faults/sms", json={"mode": mode})

        with pytest.raises(failure):
            await sender.send(message)
        assert await sent(client) == []
