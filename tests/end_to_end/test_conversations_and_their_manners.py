"""How people really write: short, rude, long, unclear, in distress. Whole conversations."""

import pytest

from tests.end_to_end.customer import Customer
from tests.end_to_end.tables import Row, hold, presses, says

NUMBER_ASKED = "utter_ask_identity_form_order_number"
CONTACT_ASKED = "utter_ask_identity_form_contact"

CONVERSATIONS = {
    "as in a text message": [
        says("wer is my ordr pls", NUMBER_ASKED),
        says("410200341 sam@example.com thx", "Status: Shipped"),
        says("k wen will it b here", "utter_parcel_eta_promised"),
        says("ty", "utter_thanks"),
    ],
    "in capitals": [
        says("WHERE IS MY ORDER 410200341 SAM@EXAMPLE.COM", "Status: Shipped"),
    ],
    "rude, with the point at the end": [
        says(
            "absolutely bloody useless you lot, took the day off work for nothing and got "
            "fobbed off twice. where the hell is 410200341?? sam@example.com",
            "Status: Shipped",
        ),
    ],
    "several sentences": [
        says(
            "Hi there. I ordered a few things last week for my daughter's birthday on Saturday. "
            "I haven't heard anything since. The order number is 410200341 and I used "
            "sam@example.com. Could you tell me when it will arrive?",
            "utter_parcel_eta_promised",
        ),
    ],
    "two wishes at once": [
        says(
            "it says delivered but its not here, can i talk to someone. 410200347 tom@example.com",
            "utter_ask_looked_around",
            "You asked for a person",
        ),
    ],
    "somebody in danger after the answer": [
        says("where is 410200341, sam@example.com", "Status: Shipped"),
        says(
            "i cant do this anymore i want to end my life",
            "utter_distress",
            lacks=["Status:", NUMBER_ASKED],
        ),
    ],
    "somebody in danger between the questions": [
        says("where is my order", NUMBER_ASKED),
        says(
            "the driver hit me and i dont feel safe",
            "utter_distress",
            lacks=[NUMBER_ASKED, CONTACT_ASKED],
        ),
    ],
    "another language": [
        says("我的包裹在哪里", "utter_other_language"),
        says("where is my parcel", NUMBER_ASKED),
    ],
    "outside, then inside": [
        says("whats the weather tomorrow", "utter_out_of_scope"),
        says("fine, where is 410200341 sam@example.com", "Status: Shipped"),
    ],
    "cancel, which may be the order": [
        says("cancel", "utter_cancel_what"),
        presses("Cancel the order", "utter_cancel_order"),
    ],
    "no answer to any question": [
        says("where is my order", NUMBER_ASKED),
        says("where is it", NUMBER_ASKED),
        says("just tell me where my order is", NUMBER_ASKED),
        says("where is my order", "utter_identity_left", lacks=[NUMBER_ASKED]),
    ],
    "the same question three times": [
        says("where is my order", "Sure."),
        says("where is my order", lacks=["Sure."]),
        says("where is my order", lacks=["Sure."]),
    ],
}


@pytest.mark.parametrize("rows", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_a_conversation(customer: Customer, rows: list[Row]) -> None:
    hold(customer, rows)
