"""News that customers asked for, from the system that knows it to the customer's screen."""

import time

from tests.end_to_end.customer import Answer, Customer
from tests.end_to_end.sandbox import Sandbox
from tests.orders import order_json, parcel_json

NUMBER = "777200341"
SOON = 8.0
"""Well below the time between two looks, in seconds."""

PICKING = parcel_json(status="picking", dispatched_at=None, carrier=None, tracking_number=None)
SENT = parcel_json(carrier=None, tracking_number=None)


def news(customer: Customer) -> Answer:
    """Wait for a message that nobody asked for just now."""
    deadline = time.monotonic() + SOON
    while not (told := customer.new_replies()):
        assert time.monotonic() < deadline, customer.texts()
        time.sleep(0.1)
    return told


def test_whoever_asked_is_told_when_it_ships_and_not_after_stop(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(PICKING, number=NUMBER))
    customer.say(f"where is my order {NUMBER}, sam@example.com")
    agreed = customer.say("tell me when it ships")
    assert NUMBER in agreed.text
    time.sleep(2)  # the first look has found that nothing is new

    sandbox.put_order(order_json(SENT, number=NUMBER))
    told = news(customer)
    assert "News about your order" in told.text
    assert "Status: Shipped" in told.text
    assert told.sources == {"Kmart order system"}

    customer.say("stop telling me")
    sandbox.put_order(order_json({**SENT, "status": "out_for_delivery"}, number=NUMBER))
    time.sleep(3)
    assert customer.new_replies() == ()
