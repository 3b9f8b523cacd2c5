"""What customers come for: whole conversations about every topic, and what follows the answer."""

import pytest

from tests.end_to_end.customer import Customer
from tests.end_to_end.tables import Row, hold, presses, says

CONTACT_ASKED = "utter_ask_identity_form_contact"
NUMBER_ASKED = "utter_ask_identity_form_order_number"
SAMS = "where is my order 410200341, sam@example.com"
TOMS = "where is my order 410200347, tom@example.com"
GRACES = "where is my order 410200350, grace@example.com"

TOPICS = {
    "what a status means": [
        says("what does out for delivery mean", "utter_status_meaning_out_for_delivery"),
        says("and shipped?", lacks=["utter_trouble"]),
    ],
    "what all statuses mean": [says("what do the statuses mean", "utter_status_meaning_all")],
    "when it comes": [
        says("when will 410200341 arrive, sam@example.com", "utter_parcel_eta_promised"),
    ],
    "tracking stands still": [
        says(
            "tracking hasnt moved in over a week 410200354 zara@example.com",
            "utter_tracking_stuck",
        ),
    ],
    "no tracking yet": [
        says(
            "i havent got a tracking number for 410200342, sam@example.com",
            "utter_tracking_after_dispatch",
            "Status: Processing",
        ),
    ],
    "late": [
        says(
            "my order is late 410200354 zara@example.com", "running late", "utter_ask_which_remedy"
        ),
    ],
    "recorded as delivered, not there": [
        says("my parcel says delivered but its not here", NUMBER_ASKED),
        says("410200347", CONTACT_ASKED),
        says("tom@example.com", "Status: Delivered", "utter_ask_looked_around"),
    ],
    "not there, and not delivered either": [
        says(
            "it says delivered but i dont have it, 410200341 sam@example.com",
            "utter_missing_parcel_not_delivered",
        ),
    ],
    "recorded as collected, not collected": [
        says(
            "it says my order was collected but i never got it, 410200363 hugo@example.com",
            "Status: Collected",
            "utter_parcel_collected",
        ),
    ],
    "some of it is missing": [
        says(
            "half my order is missing 410200350 grace@example.com",
            "3 parcels",
            "utter_missing_items_other_parcels",
        ),
    ],
    "broken": [
        says("it arrived smashed 410200347 tom@example.com", "utter_report_damaged"),
    ],
    "the wrong address, not sent yet": [
        says(
            "i put the wrong address on 410200342, sam@example.com",
            "utter_address_before_dispatch",
            lacks=["utter_address_after_dispatch"],
        ),
    ],
    "the right address at once, read back, and nothing done without a code": [
        says(
            "wrong address on 410200342, it should be 12 Smith St Geelong VIC 3220 sam@example.com",
            "utter_ask_confirm_address",
            "12 Smith St, Geelong VIC 3220",
            lacks=["utter_ask_new_address"],
        ),
        presses("Yes", "utter_code_sent_by_email", lacks=["utter_case_opened"]),
        says("000000", lacks=["utter_case_opened"]),
    ],
    "the wrong address, on its way": [
        says(
            "its going to the wrong address!! 410200341 sam@example.com",
            "utter_address_after_dispatch",
        ),
    ],
    "the wrong address, arrived": [
        says(
            "you sent it to the wrong address 410200347 tom@example.com",
            "utter_ask_looked_around",
        ),
    ],
    "a Marketplace seller": [
        says(
            "its from a marketplace seller, 410200349 noah@example.com",
            "utter_marketplace_advice",
            "Marketplace seller",
        ),
    ],
    "Click & Collect, ready": [
        says(
            "is my click and collect ready? 410200344 jack@example.com",
            "Status: Ready to collect",
            "Kmart Geelong",
            "Opening hours",
        ),
    ],
    "Click & Collect, not ready": [
        says(
            "can i pick up my click and collect 410200345, jack@example.com",
            "utter_parcel_processing_collect",
        ),
    ],
    "a case": [
        says("whats happening with my case", NUMBER_ASKED, lacks=["Status:"]),
        says("410200341 sam@example.com", "utter_case_none"),
    ],
    "money back": [says("i want a refund", "utter_refund_or_return")],
    "an order to cancel": [says("i want to cancel my order", "utter_cancel_order")],
    "an order to change": [says("can i add something to my order", "utter_change_order")],
    "a cancelled order": [
        says(
            "where is 410200352, chloe@example.com",
            "utter_order_cancelled",
            "utter_order_refunded_amount",
        ),
    ],
    "a tracking number alone": [
        says(
            "track JDQ019457101000930308",
            "utter_tracking_public",
            lacks=["Status:", "Items:", NUMBER_ASKED],
        ),
    ],
    "a person": [says("let me talk to a person", "utter_request_human")],
    "a complaint": [says("i want to make a complaint", "utter_complaint")],
}

FOLLOW_UPS = {
    "what is in it, who has it, where it goes": [
        says(SAMS, "Status: Shipped"),
        says("whats in it", "utter_detail_order", lacks=[NUMBER_ASKED]),
        says("who has it", "Australia Post", lacks=["Status: Shipped"]),
        says("what address is it going to", "utter_detail_address"),
        says("when will it get here", "utter_parcel_eta_promised"),
    ],
    "not here, then who took it": [
        says(TOMS, "Status: Delivered", "utter_next_arrived"),
        says("its not here", "utter_ask_looked_around", lacks=[CONTACT_ASKED]),
        says("who signed for it", "safe place"),
    ],
    "yes, something is wrong": [
        says(TOMS, "utter_next_arrived"),
        says("yes", "utter_which_problem"),
        says("the first one", "utter_ask_looked_around"),
    ],
    "no, nothing is wrong": [
        says(TOMS, "utter_next_arrived"),
        says("no all good thanks", lacks=["utter_ask_looked_around", NUMBER_ASKED]),
    ],
    "one parcel of three": [
        says(GRACES, "3 parcels"),
        says("the second one", "Parcel 2 of 3", "StarTrack", lacks=["Parcel 1 of 3"]),
        says("who is delivering it", "StarTrack", lacks=["Parcel 1 of 3"]),
    ],
    "every scan": [
        says(SAMS, "utter_next_coming"),
        presses("Show every scan", "utter_tracking_history"),
    ],
    "the address, from the button": [
        says(SAMS, "utter_next_coming"),
        presses("The address is wrong", "utter_address_after_dispatch", lacks=[CONTACT_ASKED]),
    ],
    "late, from the button": [
        says("where is 410200354 zara@example.com", "utter_next_late"),
        presses("What can I do?", "utter_ask_which_remedy"),
    ],
    "that missed the point": [
        says(SAMS, "Status: Shipped"),
        says("thats not what i asked", "utter_answer_missed_the_point"),
        presses("Something's missing or broken", "utter_missing_items_nothing_here"),
    ],
}


@pytest.mark.parametrize("rows", TOPICS.values(), ids=TOPICS.keys())
def test_a_conversation_about_a_topic(customer: Customer, rows: list[Row]) -> None:
    hold(customer, rows)


@pytest.mark.parametrize("rows", FOLLOW_UPS.values(), ids=FOLLOW_UPS.keys())
def test_a_conversation_that_goes_on_after_the_answer(customer: Customer, rows: list[Row]) -> None:
    hold(customer, rows)
