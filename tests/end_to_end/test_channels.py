"""Whole conversations by SMS and in messaging apps, through what stands in for their providers."""

import time

import pytest

from tests.end_to_end.person import Person
from tests.end_to_end.sandbox import Sandbox

SAM = "+61491570156"
"""Not the phone of any order."""


def test_a_text_message_is_answered_in_few_segments(sandbox: Sandbox):
    sam = Person(sandbox, "sms", SAM)
    sam.write("where is my order 410200341, sam@example.com")
    assert "shipped" in sam.reads(lambda text: "410200341" in text).lower()
    assert sam.newest()["segments"] <= 2


def test_the_order_number_alone_is_enough_from_the_phone_of_the_order(sandbox: Sandbox):
    grace = Person(sandbox, "sms", "+61491570313")
    grace.write("wheres my order")
    grace.reads(lambda text: "order number" in text)
    grace.write("410200350")
    assert "email" not in grace.reads(lambda text: "Delivered" in text)


def test_from_another_phone_the_contact_is_asked_for(sandbox: Sandbox):
    chloe = Person(sandbox, "sms", "+61491571266")
    chloe.write("wheres my order")
    chloe.reads(lambda text: "order number" in text)
    chloe.write("410200350")
    assert "Delivered" not in chloe.reads(lambda text: "email" in text)
    chloe.write("grace@example.com")
    chloe.reads(lambda text: "Delivered" in text)


def test_stop_ends_it_and_start_begins_again(sandbox: Sandbox):
    sam = Person(sandbox, "sms", "+61491570157")
    sam.write("hello")
    sam.reads(bool)
    sam.write("STOP")
    sam.write("where is my order 410200341, sam@example.com")
    time.sleep(3)
    assert sam.reads(lambda _: True) == ""
    sam.write("START")
    sam.write("hello")
    assert sam.reads(bool)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_an_app_gets_the_same_answers_with_buttons(sandbox: Sandbox, channel: str):
    sam = Person(sandbox, channel, SAM.removeprefix("+"))
    sam.write("where is my order 410200341, sam@example.com")
    assert "410200341" in sam.reads(lambda text: "Status: Shipped" in text)
