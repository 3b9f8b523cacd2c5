from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from pydantic import SecretStr

from support.systems.errors import SystemRateLimited, SystemRefused, SystemUnreachable
from support.systems.messaging.errors import (
    MessageRejected,
    RecipientOptedOut,
    SendingUncertain,
)
from support.systems.messaging.models import Choice, OutgoingMessage
from support.systems.messaging.twilio.http import TwilioAccount, TwilioSms

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
MESSAGE = OutgoingMessage(
    key="m-1",
    to="+61491570006",
    text="It\u2019s on its way. Shall I tell you?",
    choices=(Choice(id="a", title="Yes"), Choice(id="b", title="No")),
)
TEXT = "It's on its way. Shall I tell you?\n1 = Yes\n2 = No"


def sms(answer: Callable[[httpx.Request], httpx.Response], **account: Any) -> TwilioSms:
    return TwilioSms(
        httpx.AsyncClient(transport=httpx.MockTransport(answer)),
        "https://api.example.com",
        TwilioAccount("AC1", SecretStr("token"), **(account or {"messaging_service": "MG1"})),
        status_callback="https://chat.example.com/v1/channels/sms/status",
    )


def refusal(status: int, code: int = 0, **headers: str) -> Callable[..., httpx.Response]:
    return lambda _: httpx.Response(status, json={"code": code}, headers=headers)


async def test_a_message_is_sent_plain_with_numbered_choices():
    asked: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(201, json={"sid": "SM1", "status": "queued"})

    [piece] = sms(take).pieces(MESSAGE)
    assert await sms(take).send(piece) == "SM1"
    [request] = asked
    assert request.url.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert request.headers["Authorization"].startswith("Basic ")
    assert parse_qs(request.content.decode()) == {
        "To": ["+61491570006"],
        "Body": [TEXT],
        "MessagingServiceSid": ["MG1"],
        "StatusCallback": ["https://chat.example.com/v1/channels/sms/status"],
    }


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(400, 21211), MessageRejected),
        (refusal(400, 21610), RecipientOptedOut),
        (refusal(401, 20003), SystemRefused),
        (refusal(429, 20429), SystemRateLimited),
        (refusal(500), SystemRefused),
        (lambda _: httpx.Response(503, text="<html>"), SystemRefused),
    ],
)
async def test_what_is_refused_is_told_apart(
    answer: Callable[..., httpx.Response], error: type[Exception]
):
    with pytest.raises(error):
        await sms(answer).send(MESSAGE)


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (httpx.ConnectError("refused"), SystemUnreachable),
        (httpx.ConnectTimeout("slow"), SystemUnreachable),
        (httpx.ReadTimeout("slow"), SendingUncertain),
        (httpx.RemoteProtocolError("gone"), SendingUncertain),
    ],
)
async def test_only_what_surely_did_not_arrive_is_called_so(
    broken: httpx.HTTPError, error: type[Exception]
):
    def fail(_: httpx.Request) -> httpx.Response:
        raise broken

    with pytest.raises(error):
        await sms(fail).send(MESSAGE)


async def test_how_long_to_wait_is_told():
    with pytest.raises(SystemRateLimited) as caught:
        await sms(refusal(429, 20429, **{"Retry-After": "7"})).send(MESSAGE)
    assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("listed", "known", "found"),
    [
        pytest.param({}, set(), "SM1", id="it is there"),
        pytest.param({"body": "Another"}, set(), None, id="another text"),
        pytest.param({"to": "+61491570156"}, set(), None, id="another number"),
        pytest.param({}, {"SM1"}, None, id="that of an earlier message"),
        pytest.param(
            {"date_created": format_datetime(NOW - timedelta(hours=1))}, set(), None, id="older"
        ),
        pytest.param({"date_created": "yesterday"}, set(), "SM1", id="unreadable time"),
    ],
)
async def test_a_message_that_may_have_been_taken_is_looked_for(
    listed: dict[str, str], known: set[str], found: str | None
):
    one = {"sid": "SM1", "body": TEXT, "to": MESSAGE.to, "date_created": format_datetime(NOW)}
    answer = httpx.Response(200, json={"messages": [one | listed]})
    client = sms(lambda _: answer)
    [piece] = client.pieces(MESSAGE)
    assert await client.find(piece, since=NOW, known=frozenset(known)) == found


def test_a_text_that_twilio_would_refuse_goes_in_pieces():
    ellipses = "Well\u2026 it is late. " * 90
    found = sms(refusal(500)).pieces(MESSAGE.model_copy(update={"text": ellipses}))
    assert [piece.key for piece in found] == ["m-1:0", "m-1:1"]
    assert all(len(piece.text) <= 1600 and piece.text.isascii() for piece in found)
    assert found[0].text.endswith(".")
    assert found[1].text.endswith("1 = Yes\n2 = No")
