import json
import time

import httpx
import respx
from pydantic import SecretStr

from gateway.system_signature import is_signed
from sandbox.events import Events
from support.times import utc_now

KEY = SecretStr("events-key-for-tests-0123456789abcdef")
URL = "http://127.0.0.1:8000"


@respx.mock
async def test_a_change_is_said_in_the_way_that_the_gateway_checks():
    taken = respx.post(f"{URL}/v1/systems/orders/events").respond(202)
    await Events(URL, order_key=KEY).order_changed("410200341")
    request = taken.calls.last.request
    assert json.loads(request.content)["order_number"] == "410200341"
    assert is_signed(
        KEY,
        timestamp=request.headers["X-Timestamp"],
        signature=request.headers["X-Signature"],
        body=request.content,
        now=utc_now(),
    )
    assert abs(int(request.headers["X-Timestamp"]) - time.time()) < 60


@respx.mock
async def test_each_change_is_an_event_of_its_own():
    taken = respx.post(f"{URL}/v1/systems/cases/events").respond(202)
    events = Events(URL, case_key=KEY)
    await events.case_changed("C100001")
    await events.case_changed("C100001")
    ids = {json.loads(call.request.content)["event_id"] for call in taken.calls}
    assert len(ids) == 2


@respx.mock
async def test_nobody_to_tell_is_no_trouble():
    respx.post(f"{URL}/v1/systems/orders/events").respond(503)
    await Events(URL, order_key=KEY).order_changed("410200341")
    await Events(None, order_key=KEY).order_changed("410200341")
    await Events(URL).order_changed("410200341")
    assert len(respx.calls) == 1


@respx.mock
async def test_a_gateway_that_is_not_there_is_no_trouble():
    gone = respx.post(f"{URL}/v1/systems/cases/events").mock(side_effect=httpx.ConnectError)
    await Events(URL, case_key=KEY).case_changed("C100001")
    assert gone.called
