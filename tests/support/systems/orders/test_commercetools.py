"""The commercetools adapter against the mock of commercetools' API."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from support.ids import CaseReference, CustomerId, OrderNumber, ParcelId
from support.systems.errors import (
    SystemAnswerMalformed,
    SystemConflict,
    SystemFailure,
    SystemRateLimited,
    SystemRefused,
)
from support.systems.orders.commercetools.adapter import CommercetoolsOrderSystem
from support.systems.orders.commercetools.tokens import ClientCredentials
from support.systems.orders.errors import ParcelHasLeft
from support.systems.orders.models import FulfilmentNote, ParcelStatus
from tests.support.systems.orders import commercetools as ct

NUMBER = OrderNumber("410200341")
NOTE = FulfilmentNote(case=CaseReference("C100001"), text="Another address was asked for.")
WRITTEN = "C100001: Another address was asked for."
ALL = [ct.of("kettle", 2), ct.of("mug", 1)]


class Between(httpx.AsyncHTTPTransport):
    """Reaches the mock, and lets something happen before each change of an order."""

    def __init__(self, happens: list[ct.Json], mock: ct.Mock) -> None:
        super().__init__()
        self.happens = happens
        self.mock = mock
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        if request.method == "POST" and "/orders/" in request.url.path and self.happens:
            self.mock.add("order", self.happens.pop(0))
        return await super().handle_async_request(request)


async def raw(mock: ct.Mock, client: httpx.AsyncClient) -> ct.Json:
    system = mock.system(client)
    response = await client.get(f"{mock.address}/kmart/orders/id-of-{NUMBER}", auth=system.auth)
    return dict(response.json())


async def test_the_states_of_lines_are_expanded(commercetools: ct.Mock, client: httpx.AsyncClient):
    lines = [ct.line_item("kettle", 2, state=ct.in_states({"ready-to-collect": 1, "picking": 1}))]
    commercetools.add("order", ct.commercetools_order(lineItems=lines))
    order = await commercetools.system(client).order(NUMBER)
    assert {parcel.status for parcel in order.parcels} == {
        ParcelStatus.PICKING,
        ParcelStatus.READY_TO_COLLECT,
    }


async def test_a_note_is_written_from_the_newest_version(
    commercetools: ct.Mock, client: httpx.AsyncClient
):
    commercetools.add("order", ct.commercetools_order())
    system = commercetools.system(client)
    await system.note(NUMBER, NOTE)
    await system.note(NUMBER, NOTE)
    order = await raw(commercetools, client)
    assert (order["custom"]["fields"], order["version"]) == ({"fulfilmentNotes": WRITTEN}, 5)


async def test_an_order_that_changed_meanwhile_is_read_again(commercetools: ct.Mock):
    commercetools.add("order", ct.commercetools_order())
    changed = ct.commercetools_order(version=9)
    async with httpx.AsyncClient(transport=Between([changed], commercetools)) as client:
        await commercetools.system(client).note(NUMBER, NOTE)
        order = await raw(commercetools, client)
    assert (order["custom"]["fields"], order["version"]) == ({"fulfilmentNotes": WRITTEN}, 10)


async def test_an_order_that_keeps_changing_is_given_up(commercetools: ct.Mock):
    commercetools.add("order", ct.commercetools_order())
    changes = [ct.commercetools_order(version=version) for version in range(9, 30)]
    between = Between(changes, commercetools)
    async with httpx.AsyncClient(transport=between) as client:
        with pytest.raises(SystemConflict):
            await commercetools.system(client).note(NUMBER, NOTE)
    assert len([one for one in between.asked if one.startswith("POST /kmart/orders/")]) == 3


async def test_a_parcel_that_left_meanwhile_gets_no_note(commercetools: ct.Mock):
    commercetools.add("order", ct.commercetools_order())
    shipment = ct.shipping(ct.delivery(ct.parcel(), items=ALL))
    changed = ct.commercetools_order(version=9, shippingInfo=shipment)
    async with httpx.AsyncClient(transport=Between([changed], commercetools)) as client:
        with pytest.raises(ParcelHasLeft):
            await commercetools.system(client).note(NUMBER, NOTE)


async def test_commercetools_would_take_the_note_but_the_parcels_decide(
    commercetools: ct.Mock, client: httpx.AsyncClient
):
    shipment = ct.shipping(ct.delivery(ct.parcel(), items=[ct.of("kettle", 2)]))
    commercetools.add("order", ct.commercetools_order(shippingInfo=shipment))
    system = commercetools.system(client)
    with pytest.raises(ParcelHasLeft):
        await system.note(NUMBER, NOTE.model_copy(update={"parcel_id": ParcelId("P1")}))
    order = await raw(commercetools, client)
    address = {"action": "setShippingAddress", "address": {"country": "AU"}}
    taken = await client.post(
        f"{commercetools.address}/kmart/orders/{order['id']}",
        json={"version": order["version"], "actions": [address]},
        auth=system.auth,
    )
    assert (taken.status_code, order["custom"]["fields"]) == (200, {})


async def test_a_token_is_asked_for_once_and_again_after_it_was_withdrawn(commercetools: ct.Mock):
    commercetools.add("order", ct.commercetools_order())
    between = Between([], commercetools)
    async with httpx.AsyncClient(transport=between) as client:
        system = commercetools.system(client)
        await system.order(NUMBER)
        await system.order(NUMBER)
        assert between.asked.count("POST /oauth/token") == 1
        commercetools.withdraw_tokens()
        await system.order(NUMBER)
        assert between.asked.count("POST /oauth/token") == 2


async def test_one_malformed_order_does_not_hide_the_others(
    commercetools: ct.Mock, client: httpx.AsyncClient
):
    commercetools.add("order", ct.commercetools_order())
    commercetools.add("order", ct.commercetools_order("410200342", version="four"))
    orders = await commercetools.system(client).orders_of(CustomerId("c-1001"))
    assert [order.number for order in orders] == [NUMBER]


TOKEN = httpx.Response(200, json={"access_token": "t", "expires_in": 3600})
CLOCK = datetime(2026, 11, 24, tzinfo=UTC)


def answering(*answers: httpx.Response) -> tuple[list[httpx.Request], httpx.MockTransport]:
    asked: list[httpx.Request] = []
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        prepared = left.pop(0) if len(left) > 1 else left[0]
        return httpx.Response(
            prepared.status_code, headers=prepared.headers, content=prepared.read()
        )

    return asked, httpx.MockTransport(answer)


def system_over(client: httpx.AsyncClient, now: datetime = CLOCK) -> CommercetoolsOrderSystem:
    auth = ClientCredentials(
        "https://auth.test",
        client_id="a",
        client_secret="very-secret",
        scope="view_orders:k",
        now=lambda: now,
    )
    return CommercetoolsOrderSystem(client, "https://api.test/", "kmart", auth)


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ([httpx.Response(401)], SystemRefused),
        ([httpx.Response(429)], SystemRateLimited),
        ([httpx.Response(503)], SystemRefused),
        ([httpx.Response(200, json={"access_token": ""})], SystemAnswerMalformed),
        ([httpx.Response(200, text="<html>")], SystemAnswerMalformed),
        ([TOKEN, httpx.Response(401), TOKEN, httpx.Response(401)], SystemRefused),
        ([TOKEN, httpx.Response(404, text="<html>")], SystemRefused),
        ([TOKEN, httpx.Response(404, json={"errors": [{"code": "NoProject"}]})], SystemRefused),
        ([TOKEN, httpx.Response(429, headers={"retry-after": "7"})], SystemRateLimited),
        ([TOKEN, httpx.Response(500)], SystemRefused),
        ([TOKEN, httpx.Response(200, json=[])], SystemAnswerMalformed),
        ([TOKEN, httpx.Response(200, json=ct.commercetools_order("1"))], SystemAnswerMalformed),
    ],
)
async def test_every_failure_is_one_of_ours(
    answers: list[httpx.Response], failure: type[SystemFailure]
):
    _, transport = answering(*answers)
    async with httpx.AsyncClient(transport=transport) as client:
        with pytest.raises(failure) as caught:
            await system_over(client).order(NUMBER)
    assert caught.value.system == "orders"


async def test_the_client_names_itself_and_its_scope_and_hides_its_secret():
    asked, transport = answering(TOKEN, httpx.Response(200, json=ct.commercetools_order()))
    async with httpx.AsyncClient(transport=transport) as client:
        system = system_over(client)
        await system.order(NUMBER)
    assert asked[0].headers["authorization"] == httpx.BasicAuth("a", "very-secret")._auth_header
    assert asked[0].read() == b"grant_type=client_credentials&scope=view_orders%3Ak"
    assert asked[1].headers["authorization"] == "Bearer t"
    assert "very-secret" not in repr(system)


async def test_a_token_is_renewed_before_it_ends():
    now = [CLOCK]
    asked, transport = answering(
        TOKEN,
        httpx.Response(200, json=ct.commercetools_order()),
        TOKEN,
        httpx.Response(200, json=ct.commercetools_order()),
    )
    auth = ClientCredentials(
        "https://auth.test", client_id="a", client_secret="b", now=lambda: now[0]
    )
    async with httpx.AsyncClient(transport=transport) as client:
        system = CommercetoolsOrderSystem(client, "https://api.test", "kmart", auth)
        await system.order(NUMBER)
        now[0] += timedelta(minutes=59, seconds=30)
        await system.order(NUMBER)
    assert [request.url.path for request in asked].count("/oauth/token") == 2
