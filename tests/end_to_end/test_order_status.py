"""The main job, message in, reply text out: every stated fact is the sandbox's."""

import pytest

from tests.end_to_end.customer import Customer
from tests.end_to_end.sandbox import Sandbox
from tests.orders import line_json, order_json, parcel_json
from tests.whole_system import NewCustomer

QUESTION = "where is my order 410200341, sam@example.com"
NUMBER = "JDQ019457101000930308"


def tracked(status: str, description: str, at: str) -> dict[str, object]:
    """Return Australia Post's answer about one article with one scan."""
    event = {"location": "SUNSHINE WEST VIC", "description": description, "date": at}
    article = {"article_id": NUMBER, "events": [event], "status": status}
    result = {"tracking_id": NUMBER, "status": status, "trackable_items": [article]}
    return {"tracking_results": [result]}


def test_one_sentence_gets_the_whole_answer(customer: Customer, sandbox: Sandbox) -> None:
    sandbox.put_order(order_json())
    sandbox.put_tracking(
        "australia_post", NUMBER, tracked("In transit", "In transit", "2026-11-20T10:42:00+11:00")
    )

    answer = customer.say(QUESTION)

    assert "Status: Shipped" in answer.text
    assert "Items: Kettle" in answer.text
    assert "25 November" in answer.text
    assert "Carrier: Australia Post" in answer.text
    assert f"https://auspost.com.au/mypost/track/details/{NUMBER}" in answer.text
    assert '"In transit", SUNSHINE WEST VIC, at 10:42 am on Friday 20 November' in answer.text
    assert answer.sources == {"Kmart order system", "Australia Post"}


@pytest.mark.parametrize(
    "turns",
    [
        ["where is my order", "410200341", "sam@example.com"],
        ["where's my parcel", "sam@example.com", "410200341"],
        ["hi", "whats happening with my order", "410200341 and my mobile is 0400 000 001"],
        ["my order number is 410200341", "Sam@Example.COM"],
        ["where is my order", "its 410 200 341", "0400000001"],
    ],
    ids=["number first", "contact first", "after a greeting", "number alone", "typed with gaps"],
)
def test_details_may_come_in_any_order_over_several_turns(
    customer: Customer, sandbox: Sandbox, turns: list[str]
) -> None:
    sandbox.put_order(order_json())

    *questions, last = [customer.say(text) for text in turns]

    assert all("Status:" not in answer.text for answer in questions)
    assert "Status: Shipped" in last.text


def test_a_detail_that_was_given_is_not_asked_again(customer: Customer, sandbox: Sandbox) -> None:
    sandbox.put_order(order_json())

    asked = customer.say("where is my order 410200341")

    assert "email or mobile" in asked.text
    assert "What's the order number" not in asked.text


def test_a_correction_replaces_the_number(customer: Customer, sandbox: Sandbox) -> None:
    sandbox.put_order(order_json())
    sandbox.put_order(order_json(number="410200342", lines=[line_json(name="Doona cover")]))
    customer.say(QUESTION)

    corrected = customer.say("no, it's 410200342")

    assert "410200342" in corrected.text
    assert "Doona cover" in corrected.text


def test_unknown_order_and_wrong_contact_read_the_same(
    new_customer: NewCustomer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json())

    unknown = new_customer().say("where is my order 999999999, sam@example.com")
    wrong = new_customer().say("where is my order 410200341, someone@example.com")

    assert unknown.text == wrong.text
    assert "couldn't find an order with that number and that email or phone" in wrong.text
    assert "Kettle" not in wrong.text


def test_a_corrected_contact_is_enough_after_a_mismatch(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json())
    customer.say("where is my order 410200341, sma@example.com")

    corrected = customer.say("sorry, sam@example.com")

    assert "Status: Shipped" in corrected.text


def test_parcels_are_told_one_by_one(customer: Customer, sandbox: Sandbox) -> None:
    seller = {"id": "s-7", "name": "Outback Toys", "marketplace": True}
    lines = [line_json(), line_json(id="2", name="Kite", seller=seller)]
    delivered = parcel_json(
        status="delivered", delivered_at="2026-11-20T14:00:00+11:00", tracking_number=None
    )
    coming = parcel_json(
        id="P2", items=[{"line_id": "2", "quantity": 1}], carrier="sendle", tracking_number="S1"
    )
    sandbox.put_order(order_json(delivered, coming, lines=lines))

    answer = customer.say(QUESTION)

    overview, first, second, *_ = (reply.text for reply in answer)
    assert "2 parcels" in overview
    assert "Delivered" not in overview
    assert "Parcel 1 of 2: Kettle" in first
    assert "Status: Delivered" in first
    assert "Delivered at 2:00 pm on Friday 20 November" in first
    assert "Parcel 2 of 2: Kite" in second
    assert "Sold and sent by Outback Toys" in second
    assert "Status: Shipped" in second
    assert "Carrier: Sendle. Tracking number: S1." in second


def test_click_and_collect_names_the_store(customer: Customer, sandbox: Sandbox) -> None:
    store = {
        "id": "1",
        "name": "Kmart Geelong",
        "address": "1 High St, VIC",
        "hours": "8am to 10pm",
    }
    parcel = parcel_json(status="ready_to_collect", carrier=None, tracking_number=None)
    delivery = {"method": "click_and_collect", "address": None, "store": store}
    sandbox.put_order(order_json(parcel, delivery=delivery))

    answer = customer.say(QUESTION)

    assert "Status: Ready to collect" in answer.text
    assert "Store: Kmart Geelong" in answer.text
    assert "8am to 10pm" in answer.text


def test_an_unknown_status_is_said_to_be_unknown(customer: Customer, sandbox: Sandbox) -> None:
    parcel = parcel_json(status="teleporting", carrier=None, tracking_number=None)
    sandbox.put_order(order_json(parcel))

    answer = customer.say(QUESTION)

    assert "Status: unknown to me" in answer.text


def test_where_sources_disagree_both_are_told(customer: Customer, sandbox: Sandbox) -> None:
    sandbox.put_order(order_json())
    sandbox.put_tracking(
        "australia_post", NUMBER, tracked("Delivered", "Delivered", "2026-11-21T09:00:00+11:00")
    )

    answer = customer.say(QUESTION)

    assert "Status: Delivered" in answer.text
    assert "Delivered at 9:00 am on Saturday 21 November" in answer.text
    assert 'Kmart order system says something else: "shipped"' in answer.text


def test_signed_in_customers_choose_from_their_orders(
    new_customer: NewCustomer, sandbox: Sandbox
) -> None:
    own = {"customer_id": "c-1001"}
    sandbox.put_order(order_json(number="510200001", placed_at="2030-01-01T09:00:00+11:00", **own))
    customer = new_customer(signed_in_as="c-1001")

    offer = customer.say("where is my order?")
    chosen = customer.choose(next(one for one in offer.choices if "510200001" in one))

    assert "510200001" in offer.text
    assert "Status: Shipped" in chosen.text
    assert "510200001" in chosen.text


def test_yes_takes_the_latest_order_that_was_offered(
    new_customer: NewCustomer, sandbox: Sandbox
) -> None:
    sandbox.put_order(
        order_json(number="510200001", placed_at="2030-01-01T09:00:00+11:00", customer_id="c-1001")
    )
    customer = new_customer(signed_in_as="c-1001")
    customer.say("where is my order?")

    assert "510200001" in customer.say("yes").text


def test_every_scan_can_be_asked_for(customer: Customer, sandbox: Sandbox) -> None:
    sandbox.put_order(order_json())
    sandbox.put_tracking(
        "australia_post", NUMBER, tracked("In transit", "In transit", "2026-11-20T10:42:00+11:00")
    )
    customer.say(QUESTION)

    history = customer.choose("Show every scan")

    assert "• 10:42 am on Friday 20 November: In transit, SUNSHINE WEST VIC" in history.text


def test_the_same_answer_has_its_own_buttons_for_what_arrived(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(parcel_json(status="delivered", tracking_number=None)))

    answer = customer.say(QUESTION)
    checks = customer.choose("It isn't here")

    assert "Show every scan" not in answer.choices
    assert "porch" in checks.text
