import asyncio
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from support.ids import CustomerId, OrderNumber
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
    SystemUnreachable,
)
from support.systems.orders.http import HttpOrderSystem
from support.systems.orders.models import Brand, ParcelStatus
from support.systems.requests import ReadLimits
from tests.support.systems.orders.conftest import URL, Json, order_json

NUMBER = OrderNumber("410200341")
CUSTOMER = CustomerId("c-1001")
QUICK = ReadLimits(connect=0.05, attempt=0.1, budget=0.3)


class Answers:
    """Gives the prepared answers one after the other, the last one again and again."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def system_over(answers: Callable[[httpx.Request], httpx.Response]) -> HttpOrderSystem:
    client = httpx.AsyncClient(transport=httpx.MockTransport(answers))
    return HttpOrderSystem(client, URL + "/", "secret-key", QUICK)


async def ask(answers: Callable[[httpx.Request], httpx.Response], number: OrderNumber = NUMBER):
    system = system_over(answers)
    async with system.client:
        return await system.order(number)


async def ask_list(orders: object):
    system = system_over(Answers(httpx.Response(200, json=orders)))
    async with system.client:
        return await system.orders_of(CUSTOMER)


async def test_the_key_is_sent_and_not_shown():
    answers = Answers(httpx.Response(200, json=order_json()))
    await ask(answers)
    assert answers.requests[0].headers["authorization"] == "Bearer secret-key"
    assert str(answers.requests[0].url) == f"{URL}/orders/{NUMBER}"
    assert "secret-key" not in repr(system_over(answers))


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (httpx.Response(500), SystemRefused),
        (httpx.Response(503), SystemRefused),
        (httpx.Response(401), SystemRefused),
        (httpx.Response(302, headers={"location": "/login"}), SystemRefused),
        (httpx.Response(404, text="<h1>Not found</h1>"), SystemRefused),
        (httpx.Response(429), SystemRateLimited),
        (httpx.Response(200, text="<html>"), SystemAnswerMalformed),
        (httpx.Response(200, content=b"\xff\xfe"), SystemAnswerMalformed),
        (httpx.Response(200, json=[]), SystemAnswerMalformed),
        (httpx.Response(200, json={"number": "410200341"}), SystemAnswerMalformed),
        (httpx.Response(200, json=order_json(number="410200342")), SystemAnswerMalformed),
        (httpx.Response(200, json=order_json(placed_at="yesterday")), SystemAnswerMalformed),
        (httpx.ConnectError("refused"), SystemUnreachable),
        (httpx.ReadTimeout("slow"), SystemUnreachable),
        (httpx.RemoteProtocolError("closed"), SystemUnreachable),
    ],
)
async def test_every_failure_is_one_of_ours(
    answer: httpx.Response | Exception, failure: type[SystemFailure]
):
    with pytest.raises(failure) as caught:
        await ask(Answers(answer))
    assert caught.value.system == "orders"


@pytest.mark.parametrize(
    "passing",
    [
        httpx.ConnectError("refused"),
        httpx.RemoteProtocolError("closed"),
        httpx.Response(502),
        httpx.Response(503),
    ],
)
async def test_a_passing_fault_is_tried_once_more(passing: httpx.Response | Exception):
    answers = Answers(passing, httpx.Response(200, json=order_json()))
    assert (await ask(answers)).number == NUMBER


@pytest.mark.parametrize(
    "lasting", [httpx.Response(500), httpx.Response(429), httpx.ReadTimeout("")]
)
async def test_a_lasting_fault_is_not_tried_again(lasting: httpx.Response | Exception):
    answers = Answers(lasting, httpx.Response(200, json=order_json()))
    with pytest.raises(SystemFailure):
        await ask(answers)
    assert len(answers.requests) == 1


async def test_an_answer_that_trickles_is_given_up_within_the_budget():
    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        return httpx.Response(200)

    client = httpx.AsyncClient(transport=httpx.MockTransport(never))
    async with client, asyncio.timeout(2):
        with pytest.raises(SystemUnreachable):
            await HttpOrderSystem(client, URL, "key", QUICK).order(NUMBER)


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("soon", None), ("9" * 30, 86400)])
async def test_a_rate_limit_says_when_to_come_back(header: str, seconds: int | None):
    with pytest.raises(SystemRateLimited) as caught:
        await ask(Answers(httpx.Response(429, headers={"retry-after": header})))
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert caught.value.retry_after == expected


async def test_a_malformed_order_does_not_put_personal_data_into_the_error():
    with pytest.raises(SystemAnswerMalformed) as caught:
        await ask(Answers(httpx.Response(200, json=order_json(lines="sam@example.com"))))
    assert (caught.value.detail, caught.value.__cause__) == ("lines", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"surprise": {"deep": [1]}},
        {"customer_id": None},
        {"refunds": None, "parcels": None, "cancelled_at": None},
        {"contact": {}},
    ],
)
async def test_unknown_and_missing_optional_fields_are_fine(changes: Json):
    order = await ask(Answers(httpx.Response(200, json=order_json(**changes))))
    assert order.number == NUMBER


async def test_unknown_words_become_unknown():
    changed = order_json(brand="anko", parcels=[{"id": "P1", "status": "teleported"}])
    order = await ask(Answers(httpx.Response(200, json=changed)))
    assert (order.brand, order.parcels[0].status) == (Brand.UNKNOWN, ParcelStatus.UNKNOWN)


async def test_one_malformed_order_does_not_hide_the_others():
    orders = await ask_list({"orders": [{"number": 1}, order_json(), "nonsense", None]})
    assert [order.number for order in orders] == [NUMBER]


async def test_another_customers_order_in_the_list_is_left_out():
    assert await ask_list({"orders": [order_json(customer_id="c-2")]}) == ()


@pytest.mark.parametrize("payload", [{}, [], {"orders": {}}, {"orders": ["nonsense"]}])
async def test_a_list_in_which_nothing_can_be_read_is_malformed(payload: object):
    with pytest.raises(SystemAnswerMalformed):
        await ask_list(payload)


async def test_a_missing_customer_page_is_a_failure_not_an_empty_list():
    system = system_over(Answers(httpx.Response(404, text="nothing here")))
    async with system.client:
        with pytest.raises(SystemRefused):
            await system.orders_of(CUSTOMER)
