"""What the desk has done here: under the same decisions as when the assistant does it."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from actions.desk_api import _answer
from actions.desk_deeds import do
from actions.desk_picture import picture
from actions.services import Services
from support.decisions.identity import Level
from support.desk import DeedKind, DeedRequest, PictureRequest
from support.ids import ConversationId, OrderNumber
from support.systems.cases.memory import MemoryCaseSystem
from support.systems.cases.models import CaseKind
from support.turn_signature import sign
from tests.actions.services import services_for_tests
from tests.orders import order, parcel_json

CONVERSATION = ConversationId("c-desk")
NUMBER = OrderNumber("410200341")
KEY = "desk-key-for-tests-0123456789abcdef"
DELIVERED = {"status": "delivered", "delivered_at": "2026-11-20T10:00:00+11:00"}


def deed(kind: DeedKind, **more: Any) -> DeedRequest:
    return DeedRequest(
        conversation_id=CONVERSATION,
        channel="web",
        order_number=NUMBER,
        request_id=more.pop("request_id", "request-1"),
        agent="kim",
        kind=kind,
        **more,
    )


@pytest.fixture
def services(redis: Redis) -> Services:
    return services_for_tests(order(parcel_json(**DELIVERED)), redis=redis)


async def verified(services: Services, level: Level) -> None:
    await services.verified.remember(CONVERSATION, NUMBER, level)


async def test_the_picture_says_how_the_order_stands_and_what_may_be_done(services: Services):
    await verified(services, Level.MATCHED)
    asked = PictureRequest(conversation_id=CONVERSATION, channel="web", order_number=NUMBER)

    seen = await picture(asked, services)

    assert seen.level == "matched"
    assert seen.parcels[0].status == "delivered"
    assert seen.parcels[0].source == "Kmart order system"
    assert set(seen.allowed) == {
        DeedKind.OPEN_INVESTIGATION,
        DeedKind.SEND_CODE,
        DeedKind.CHECK_CODE,
    }


async def test_an_agent_sees_what_a_claim_would_be_judged_by_once_it_arrived(redis: Redis):
    asked = PictureRequest(conversation_id=CONVERSATION, channel="web", order_number=NUMBER)
    still_coming = await picture(asked, services_for_tests(order(), redis=redis))
    services = services_for_tests(order(parcel_json(**DELIVERED)), redis=redis)
    await verified(services, Level.CODE)
    arrived = await picture(asked, services)

    assert still_coming.parcels[0].signals == ()
    assert [one.code for one in arrived.parcels[0].signals] == ["identity_strong"]


async def test_an_investigation_needs_a_customer_who_was_identified(services: Services):
    result = await do(deed(DeedKind.OPEN_INVESTIGATION), services)

    assert not result.done
    assert "Send them a code" in result.says
    assert await services.cases.cases_of(NUMBER) == ()


async def test_an_investigation_is_opened_once(services: Services):
    await verified(services, Level.MATCHED)

    first = await do(deed(DeedKind.OPEN_INVESTIGATION), services)
    again = await do(deed(DeedKind.OPEN_INVESTIGATION, request_id="request-2"), services)

    (case,) = await services.cases.cases_of(NUMBER)
    assert case.kind is CaseKind.MISSING_PARCEL
    assert isinstance(services.cases, MemoryCaseSystem)
    (request,) = services.cases.requests
    assert [one.code for one in request.signals] == ["identity_by_details"]
    assert "by the customer" not in request.details["checked"]
    assert first.reference == again.reference == case.reference


async def test_the_picture_says_why_a_deed_is_withheld(redis: Redis):
    services = services_for_tests(order(), redis=redis)
    await verified(services, Level.MATCHED)
    asked = PictureRequest(conversation_id=CONVERSATION, channel="web", order_number=NUMBER)

    seen = await picture(asked, services)

    assert set(seen.allowed) | set(seen.withheld) == set(DeedKind)
    assert not set(seen.allowed) & set(seen.withheld)
    assert "delivered" in seen.withheld[DeedKind.OPEN_INVESTIGATION]
    assert "one-time code" in seen.withheld[DeedKind.REQUEST_REFUND]
    assert "Marketplace" in seen.withheld[DeedKind.OPEN_TICKET]


async def test_nothing_is_missing_while_no_source_says_delivered(redis: Redis):
    services = services_for_tests(order(), redis=redis)
    await verified(services, Level.MATCHED)

    result = await do(deed(DeedKind.OPEN_INVESTIGATION), services)

    assert not result.done
    assert "nothing is missing yet" in result.says


@pytest.mark.parametrize("kind", [DeedKind.REQUEST_REDIRECT, DeedKind.REQUEST_REFUND])
async def test_what_changes_the_order_or_costs_money_needs_a_code(redis: Redis, kind: DeedKind):
    services = services_for_tests(order(), redis=redis)
    await verified(services, Level.MATCHED)

    result = await do(deed(kind, text="5/88 Marine Pde, Redcliffe QLD 4020"), services)

    assert not result.done
    assert await services.cases.cases_of(NUMBER) == ()


async def test_a_redirect_is_asked_for_with_an_address_that_will_do(redis: Redis):
    services = services_for_tests(order(), redis=redis)
    await verified(services, Level.CODE)

    refused = await do(deed(DeedKind.REQUEST_REDIRECT, text="somewhere else"), services)
    asked = await do(
        deed(DeedKind.REQUEST_REDIRECT, text="5/88 Marine Pde, Redcliffe QLD 4020"), services
    )

    assert not refused.done
    assert asked.done
    (case,) = await services.cases.cases_of(NUMBER)
    assert case.kind is CaseKind.CARRIER_REDIRECT
    assert asked.reference == case.reference


async def test_a_code_is_sent_and_checked_without_the_agent_seeing_it(services: Services):
    sent = await do(deed(DeedKind.SEND_CODE), services)
    text = services.notifications.sent[-1].text.get_secret_value()  # type: ignore[attr-defined]
    code = next(word for word in text.replace(".", " ").split() if word.isdigit())

    wrong = await do(deed(DeedKind.CHECK_CODE, text="000000"), services)
    right = await do(deed(DeedKind.CHECK_CODE, text=code), services)

    assert sent.done
    assert code not in sent.says
    assert not wrong.done
    assert right.done
    levels = await services.verified.levels_of(CONVERSATION)
    assert levels[NUMBER] is Level.CODE


BODY = PictureRequest(
    conversation_id=CONVERSATION, channel="web", order_number=NUMBER
).model_dump_json()


def signed(key: str, at: float) -> dict[str, str]:
    timestamp = str(int(at))
    signature = sign(key, timestamp, BODY.encode())
    return {"X-Desk-Timestamp": timestamp, "X-Desk-Signature": signature}


@pytest.mark.parametrize(
    ("key", "age", "status"),
    [
        pytest.param(KEY, 0, 200, id="signed"),
        pytest.param(None, 0, 401, id="unsigned"),
        pytest.param("x" * 32, 0, 401, id="another key"),
        pytest.param(KEY, 600, 401, id="too old"),
    ],
)
async def test_only_signed_calls_are_answered(
    services: Services, key: str | None, age: int, status: int
):
    headers = signed(key, time.time() - age) if key else {}
    lower = {name.lower(): value for name, value in headers.items()}
    request: Any = SimpleNamespace(headers=lower, body=BODY.encode())

    answer = await _answer(
        request, SecretStr(KEY), PictureRequest, lambda asked: picture(asked, services)
    )

    assert answer.status == status
