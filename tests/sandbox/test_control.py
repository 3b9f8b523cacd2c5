import httpx
import jwt
import pytest

from support.ids import OrderNumber
from support.systems.orders.http import HttpOrderSystem
from tests.orders import order_json
from tests.sandbox.conftest import ORDER_KEY, TOKEN_KEY

ORDER = "/order-system/orders/410209999"


async def test_an_order_can_be_put_and_read_as_it_is(
    client: httpx.AsyncClient, order_key: dict[str, str]
):
    order = order_json(number="410209999", surprise={"kept": True})
    assert (await client.put("/sandbox/orders/410209999", json=order)).json() == order
    assert (await client.get(ORDER, headers=order_key)).json() == order


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"number": "410209999"}, "placed_at"),
        (order_json(number="410209999", placed_at="yesterday"), "placed_at"),
        (order_json(number="410200000"), "410200000"),
        (["no order"], "dictionary"),
    ],
)
async def test_what_is_no_order_is_refused_with_its_reason(
    client: httpx.AsyncClient, order: object, reason: str
):
    answer = await client.put("/sandbox/orders/410209999", json=order)
    assert answer.status_code == 422
    assert reason in answer.text


async def test_reset_goes_back_to_the_shipped_data(
    client: httpx.AsyncClient, order_key: dict[str, str]
):
    await client.put("/sandbox/orders/410209999", json=order_json(number="410209999"))
    await client.put("/sandbox/faults/orders", json={"mode": "error"})
    assert (await client.delete("/sandbox")).status_code == 204
    assert (await client.get(ORDER, headers=order_key)).status_code == 404
    orders = HttpOrderSystem(client, "http://127.0.0.1:8800/order-system", ORDER_KEY)
    assert (await orders.order(OrderNumber("410200341"))).number == "410200341"


@pytest.mark.parametrize(
    ("system", "fault", "reason"),
    [
        ("weather", {"mode": "down"}, "orders, carriers, cases, marketplace, notifications"),
        ("orders", {"mode": "sleepy"}, "rate_limited"),
        ("orders", {"mode": "slow", "delay_ms": -1}, "delay_ms"),
        ("orders", {}, "mode"),
    ],
)
async def test_an_impossible_fault_is_refused_with_its_reason(
    client: httpx.AsyncClient, system: str, fault: dict[str, object], reason: str
):
    answer = await client.put(f"/sandbox/faults/{system}", json=fault)
    assert answer.status_code == 422
    assert reason in answer.text


@pytest.mark.parametrize("system", ["cases", "marketplace", "notifications", "couriersplease"])
async def test_every_system_can_be_told_to_fail(client: httpx.AsyncClient, system: str):
    answer = await client.put(f"/sandbox/faults/{system}", json={"mode": "down", "delay_ms": 5})
    assert answer.json() == {"mode": "down", "delay_ms": 5}


@pytest.mark.parametrize("path", ["cases", "marketplace", "sent", "sent?channel=sms"])
async def test_nothing_was_filed_or_sent_yet(client: httpx.AsyncClient, path: str):
    answer = await client.get(f"/sandbox/{path}")
    assert answer.status_code == 200
    assert [] in answer.json().values()


async def test_a_customers_token_is_the_web_shops(client: httpx.AsyncClient):
    listed = (await client.get("/sandbox/customers")).json()["customers"]
    assert listed[0] == {"customer_id": "c-1001", "given_name": "Sam"}
    made = await client.post("/sandbox/customer-tokens", json={"customer_id": "c-1001"})
    claims = jwt.decode(
        made.json()["token"],
        TOKEN_KEY,
        algorithms=["HS256"],
        audience="order-assistant",
        options={"verify_exp": False},
    )
    assert (claims["sub"], claims["given_name"]) == ("c-1001", "Sam")


async def test_nobody_elses_token_is_made(client: httpx.AsyncClient):
    made = await client.post("/sandbox/customer-tokens", json={"customer_id": "c-9"})
    assert made.status_code == 404


async def test_only_pages_of_this_machine_may_call(client: httpx.AsyncClient):
    for origin, allowed in (("http://127.0.0.1:8000", True), ("https://evil.example", False)):
        answer = await client.get("/sandbox/customers", headers={"Origin": origin})
        assert ("access-control-allow-origin" in answer.headers) is allowed


async def test_a_strange_name_of_this_machine_is_refused(client: httpx.AsyncClient):
    answer = await client.get("/sandbox/customers", headers={"Host": "evil.example"})
    assert answer.status_code == 400
