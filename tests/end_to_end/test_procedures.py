"""What is done where something is wrong, from the complaint to what the systems then hold."""

import time

import pytest

from tests.end_to_end.customer import Answer, Customer
from tests.end_to_end.sandbox import Sandbox
from tests.orders import line_json, order_json, parcel_json
from tests.whole_system import NewCustomer

WHO = "410200341, sam@example.com"
DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")
PICKING = parcel_json(
    status="picking", carrier=None, tracking_number=None, dispatched_at=None, promised_by=None
)
LATE = parcel_json(promised_by="2026-11-20")
SELLER = {"id": "toy-haven", "name": "Toy Haven", "marketplace": True}
NEWS_SECONDS = 60


def after_all_checks(customer: Customer) -> Answer:
    """Say that a delivered parcel is not there, and that it was looked for everywhere."""
    customer.say(f"it says delivered but its not here {WHO}")
    customer.choose("It's not there")
    customer.say("nah neighbours havent got it either")
    return customer.choose("No card")


def test_a_parcel_that_is_not_there_ends_in_an_investigation(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(DELIVERED))

    offered = after_all_checks(customer)
    assert sandbox.cases() == []
    opened = customer.say("yes please")

    (case,) = sandbox.cases()
    assert "proof of delivery" in offered.text
    assert case["kind"] == "missing_parcel"
    assert case["request"]["ask_for_proof_of_delivery"]
    assert case["reference"] in opened.text
    assert "Kmart case system" in opened.sources


def test_what_happens_with_a_case_is_told_when_asked(customer: Customer, sandbox: Sandbox) -> None:
    sandbox.put_order(order_json(DELIVERED))
    after_all_checks(customer)
    customer.say("yes")
    reference = sandbox.cases()[0]["reference"]
    sandbox.move_case(reference, "proof_received", next_by="2026-12-01")

    answer = customer.say("what's happening with my case")

    assert reference in answer.text
    assert "proof of delivery came" in answer.text
    assert "1 December" in answer.text


def test_a_second_complaint_opens_no_second_case(
    new_customer: NewCustomer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(DELIVERED))
    first, second = new_customer(), new_customer()
    after_all_checks(first)
    first.say("yes")

    answer = second.say(f"it says delivered but its not here {WHO}")

    assert len(sandbox.cases()) == 1
    assert sandbox.cases()[0]["reference"] in answer.text


def test_a_wrong_address_is_asked_for_with_a_code_and_never_said_to_be_changed(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(PICKING))

    read_back = customer.say(
        f"wrong address! send it to 5/88 marine pde redcliffe qld 4020 instead. {WHO}"
    )
    asked = customer.say("yep thats right")
    assert sandbox.cases() == []
    wrong = customer.say("000000" if sandbox.code_sent_last() != "000000" else "111111")
    done = customer.say(f"oops its {sandbox.code_sent_last()}")

    (case,) = sandbox.cases()
    assert "5/88 Marine Pde, Redcliffe QLD 4020" in read_back.text
    assert "sam@example.com" not in asked.text
    assert "not the code" in wrong.text
    assert case["kind"] == "address_before_dispatch"
    assert case["request"]["urgent"]
    assert "Redcliffe" in str(case["request"]["details"])
    assert case["reference"] in done.text
    assert "can't promise" in done.text


def test_a_refund_is_asked_for_and_never_promised(
    new_customer: NewCustomer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(LATE))
    customer = new_customer(signed_in_as="c-1001")

    offered = customer.say("410200341 is late")
    done = customer.say("i just want my money back")

    (case,) = sandbox.cases()
    assert {"Ask for a refund", "Wait"} & set(offered.choices)
    assert case["kind"] == "refund_request"
    assert "can't promise" in done.text


def test_a_marketplace_seller_is_asked_and_their_answer_quoted(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(DELIVERED, lines=[line_json(seller=SELLER)]))
    after_all_checks(customer)
    opened = customer.say("yes")
    (ticket,) = sandbox.tickets()
    sandbox.change_ticket(ticket["reference"], state="seller_answered", answer="We sent another.")

    answer = customer.say("any news from the seller about my ticket?")

    assert ticket["reference"] in opened.text
    assert "Toy Haven" in opened.text
    assert "We sent another." in answer.text


@pytest.mark.timeout(240)
def test_whoever_wants_it_is_told_when_a_case_changes_until_they_have_had_enough(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json(DELIVERED))
    after_all_checks(customer)
    customer.say("yes")
    customer.say("yes")
    reference = sandbox.cases()[0]["reference"]
    sandbox.move_case(reference, "with_carrier")

    news = _news(customer)
    stopped = customer.say("stop telling me")

    assert reference in news.text
    assert "with the carrier" in news.text
    assert "case system" in str(news.sources)
    assert "won't" in stopped.text


def _news(customer: Customer) -> Answer:
    """Return what the assistant says without being asked."""
    deadline = time.monotonic() + NEWS_SECONDS
    while not (news := customer.new_replies()):
        assert time.monotonic() < deadline, f"no news within {NEWS_SECONDS} s"
        time.sleep(0.5)
    return news
