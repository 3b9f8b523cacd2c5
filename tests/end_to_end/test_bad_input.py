"""Whatever people send: a clear 4xx or a polite answer, nothing lost, nothing executed."""

import uuid

import pytest

from tests.end_to_end.customer import Customer
from tests.end_to_end.sandbox import Sandbox
from tests.orders import order_json
from tests.whole_system import NewCustomer


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("😀😀😀", id="emoji"),
        pytest.param("???", id="punctuation"),
        pytest.param("/", id="a slash"),
        pytest.param("/restart", id="a Rasa command"),
        pytest.param('/provide_details{"order_number": "410200341"}', id="a Rasa payload"),
        pytest.param("<script>alert(1)</script>", id="HTML"),
        pytest.param("أين طلبي؟", id="right to left"),
        pytest.param("where is\x00 my\x07 order\u202e?", id="control characters"),
        pytest.param("{order_number} {contact}", id="template braces"),
        pytest.param("a" * 2000, id="one long word"),
    ],
)
def test_odd_text_is_answered_politely(customer: Customer, text: str) -> None:
    answer = customer.say(text)

    assert answer.text
    assert "Traceback" not in answer.text
    assert "bot" in {reply.sender for reply in answer} <= {"bot", "system"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"text": ""}, 422, id="empty"),
        pytest.param({"text": "   "}, 422, id="blank"),
        pytest.param({"text": "x" * 10_000}, 413, id="10 kB"),
        pytest.param({"text": 7}, 422, id="a number"),
        pytest.param({}, 422, id="nothing"),
        pytest.param({"text": "hi", "quick_reply": "x"}, 422, id="both"),
        pytest.param({"quick_reply": "never issued"}, 422, id="unknown quick reply"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(
    customer: Customer, body: dict[str, object], status: int
) -> None:
    refused = customer.post_message({"client_message_id": uuid.uuid4().hex, **body})

    assert refused.status_code == status
    assert refused.json()["detail"]
    assert customer.messages() == []


def test_a_payload_typed_by_a_customer_does_not_reach_an_order(
    customer: Customer, sandbox: Sandbox
) -> None:
    sandbox.put_order(order_json())

    answer = customer.say('/provide_details{"order_number": "410200341"}')

    assert "Kettle" not in answer.text


def test_the_same_message_id_is_one_turn(customer: Customer) -> None:
    body = {"client_message_id": "m-1", "text": "hi"}

    first, second = customer.post_message(body), customer.post_message(body)
    customer.answer()

    assert first.json() == second.json()
    assert [message["sender"] for message in customer.messages()] == ["customer", "bot"]


def test_another_conversations_token_opens_nothing(new_customer: NewCustomer) -> None:
    one, other = new_customer(), new_customer()
    one.token = other.token

    refused = one.post_message({"client_message_id": "m-1", "text": "hi"})

    assert refused.status_code == 403
