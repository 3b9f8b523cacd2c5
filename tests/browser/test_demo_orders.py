"""A conversation on each demo order, held in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.demo import catalogue
from support.times import utc_now
from tests.browser.chat import Chat
from tests.end_to_end.test_demo_orders import TRUTH

CONTACTS = {demo.order["number"]: demo.order["contact"]["email"] for demo in catalogue(utc_now())}


@pytest.mark.parametrize("number", TRUTH)
def test_customer_reads_how_each_demo_order_stands(page: Page, number: str) -> None:
    chat = Chat(page)
    chat.open()

    chat.say(f"where is my order {number}")
    expect(chat.messages("bot").last).to_contain_text("Which email or mobile number")
    chat.say(CONTACTS[number])

    for fact in TRUTH[number]:
        expect(chat.log).to_contain_text(re.compile(re.escape(fact)))
    expect(chat.log.locator(".evidence").first).to_contain_text("order system")
