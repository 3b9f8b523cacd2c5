"""Who is it: whole conversations in which details come late, wrong, corrected or not at all."""

import pytest

from tests.end_to_end.customer import Customer
from tests.end_to_end.tables import Row, hold, presses, says
from tests.whole_system import NewCustomer

NUMBER_ASKED = "utter_ask_identity_form_order_number"
CONTACT_ASKED = "utter_ask_identity_form_contact"
NOT_MATCHED = "utter_identity_not_matched"
NOTHING_TOLD = ("Status:", "Items:", "Carrier:")

CONVERSATIONS = {
    "details one by one": [
        says("hi there", "utter_greet", lacks=NOTHING_TOLD),
        says("just wondering where my order is", NUMBER_ASKED),
        says("410200341", CONTACT_ASKED, lacks=NOTHING_TOLD),
        says("its sam@example.com", "Status: Shipped", lacks=[CONTACT_ASKED]),
        says("thanks heaps", "utter_thanks"),
        says("bye", "utter_goodbye"),
    ],
    "the contact first": [
        says("wheres my parcel, my email is sam@example.com", "What's the order number?"),
        says("410200341", "Status: Shipped", lacks=[CONTACT_ASKED]),
    ],
    "a contact that was given is not asked for again": [
        says("where is my order? sam@example.com", "What's the order number?"),
        says("do you sell gift cards", "utter_next_door_gift_card", lacks=["email or mobile"]),
        says("hmm", lacks=["email or mobile"]),
        says("410200341", "Status: Shipped"),
    ],
    "two orders of one customer": [
        says("where is my order 410200341, sam@example.com", "410200341", "Status: Shipped"),
        says("and 410200342?", "410200342", "Status: Processing", lacks=[CONTACT_ASKED]),
        says("what about 410200341 again", "Status: Shipped", lacks=["410200342"]),
    ],
    "two orders in one message": [
        says("where are 410200341 and 410200342, sam@example.com", "Shipped", "Processing"),
    ],
    "somebody else's order after one's own": [
        says("where is my order 410200341, sam@example.com", "Status: Shipped"),
        says("and where is 410200343", NOT_MATCHED, lacks=[*NOTHING_TOLD, "priya"]),
    ],
    "the number corrected after a mismatch": [
        says("where is my order 410200399, sam@example.com", NOT_MATCHED),
        says("sorry its 410200341", "410200341", "Status: Shipped", lacks=[CONTACT_ASKED]),
    ],
    "the contact corrected after a mismatch": [
        says("where is my order 410200341, sma@example.com", NOT_MATCHED, lacks=NOTHING_TOLD),
        says("typo, i meant sam@example.com", "Status: Shipped", lacks=[NUMBER_ASKED]),
    ],
    "a phone in place of an e-mail": [
        says("where is my order 410200341, sammy@example.com", NOT_MATCHED),
        says("maybe it was my mobile, 0400 000 001", "Status: Shipped"),
    ],
    "the number corrected between the questions": [
        says("wheres my parcel 410200342", "410200342", CONTACT_ASKED),
        says("wait no sorry its 410200341", "410200341", CONTACT_ASKED, lacks=["410200342"]),
        says("sam@example.com", "410200341", "Status: Shipped", lacks=["410200342"]),
    ],
    "a number taken back without another one": [
        says("where is my order 410200342, sam@example.com", "Status: Processing"),
        says("thats the wrong order number", "utter_detail_forgotten", lacks=["email or mobile"]),
        says("410200341", "Status: Shipped"),
    ],
    "two mismatches": [
        says("where is my order 410200341, a@example.com", NOT_MATCHED),
        says("try b@example.com", "utter_identity_not_matched_again", lacks=NOTHING_TOLD),
        presses("Where do I find them?", "utter_lost_order_number"),
    ],
    "too many mismatches": [
        says("where is my order 410200341, a@example.com"),
        *[says(f"try {name}@example.com", lacks=NOTHING_TOLD) for name in "bcde"],
        says("try sam@example.com", "utter_identity_limited", lacks=NOTHING_TOLD),
    ],
    "a word in between, and back": [
        says("where is my order", NUMBER_ASKED),
        says("oh sorry, hello", "utter_greet_between_questions"),
        says("am i talking to a robot?", "utter_bot_challenge"),
        says("410200341 sam@example.com", "Status: Shipped"),
    ],
    "a question in between, and back": [
        says("where is my order 410200341", CONTACT_ASKED),
        says("what does picking mean", "utter_status_meaning_picking", "410200341"),
        says("sam@example.com", "Status: Shipped"),
    ],
    "another topic between the questions": [
        says("where is my order 410200347", CONTACT_ASKED),
        says("it says delivered but theres nothing here", lacks=NOTHING_TOLD),
        says("tom@example.com", "Status: Delivered", "utter_ask_looked_around"),
    ],
    "stopped, and taken up again": [
        says("where is my order", NUMBER_ASKED),
        says("stop", "utter_stopped", lacks=[NUMBER_ASKED]),
        says("ok where is my order 410200341, sam@example.com", "Status: Shipped"),
    ],
    "stopped after the number, which is kept": [
        says("where is my order 410200341", CONTACT_ASKED),
        says("nah never mind", "utter_stopped"),
        says("actually yeah where is it", CONTACT_ASKED, lacks=["What's the order number"]),
        says("sam@example.com", "Status: Shipped"),
    ],
    "the number is lost, and found": [
        says("where is my order", NUMBER_ASKED),
        says("i dont have the order number", "utter_lost_order_number"),
        says("found it 410200341", CONTACT_ASKED),
        says("which email did i use?? i cant remember", "utter_lost_contact"),
        says("0400000001", "Status: Shipped"),
    ],
    "why details are asked for": [
        says("where is my order 410200341", CONTACT_ASKED),
        says("why do you need my email", "utter_why_details_are_asked", lacks=NOTHING_TOLD),
        says("ok sam@example.com", "Status: Shipped"),
    ],
    "bought as a guest": [
        says("where is my order", NUMBER_ASKED),
        says("i checked out as a guest, no account", "utter_guest_checkout"),
        says("410200341, sam@example.com", "Status: Shipped"),
    ],
}

WITH_AN_ACCOUNT = {
    "yes to the latest order": [
        says("where is my order", "utter_offer_orders", "410200342"),
        says("yes", "410200342", "Status: Processing", lacks=[CONTACT_ASKED]),
    ],
    "the other order": [
        says("hows my order going", "utter_offer_orders"),
        says("the other one", "410200341", "Status: Shipped", lacks=[CONTACT_ASKED]),
    ],
    "an order by its number": [
        says("when will 410200341 get here", "410200341", "Status: Shipped"),
        says("whats in it", "Anko", lacks=[NUMBER_ASKED]),
    ],
    "somebody else's order": [
        says("where is my order 410200343", CONTACT_ASKED, lacks=NOTHING_TOLD),
        says("priya@example.com", "Status: Picking"),
    ],
}
"""Sam, who is signed in and has two orders."""


@pytest.mark.parametrize("rows", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_a_conversation_of_somebody_who_is_not_signed_in(
    customer: Customer, rows: list[Row]
) -> None:
    hold(customer, rows)


@pytest.mark.parametrize("rows", WITH_AN_ACCOUNT.values(), ids=WITH_AN_ACCOUNT.keys())
def test_a_conversation_of_somebody_who_is_signed_in(
    new_customer: NewCustomer, rows: list[Row]
) -> None:
    hold(new_customer(signed_in_as="c-1001"), rows)
