"""The main job: a customer asks where the order is and reads the true answer."""

import re

from playwright.sync_api import Page, expect

from tests.browser.chat import Chat

QUESTION = "where is my order 410200341, sam@example.com"


def test_customer_reads_where_the_order_is(page: Page) -> None:
    chat = Chat(page)
    chat.open()

    chat.say(QUESTION)

    answer = chat.messages("bot").filter(has_text="410200341")
    expect(answer).to_contain_text(re.compile("shipped|on its way", re.IGNORECASE))
    expect(answer).to_contain_text("Australia Post")
    expect(answer).to_contain_text("JDQ019457101000930308")
    expect(answer).to_contain_text(re.compile(r"\b\d{1,2} (November|December)\b"))
    expect(answer.get_by_role("link")).to_have_attribute(
        "href", re.compile(r"^https://auspost\.com\.au/.*JDQ019457101000930308$")
    )
    expect(answer.locator(".evidence")).to_contain_text(
        re.compile(r"Kmart order system, \d{1,2}:\d\d [ap]m")
    )
    expect(answer.locator(".evidence")).to_contain_text(re.compile(r"Australia Post, \d"))


def test_conversation_is_still_there_after_a_reload(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.say(QUESTION)
    expect(chat.messages("bot").filter(has_text="410200341")).to_be_visible()

    page.reload()
    chat.open()

    expect(chat.messages("customer")).to_have_count(1)
    expect(chat.messages("bot").filter(has_text="410200341")).to_have_count(1)


def test_signed_in_customer_is_offered_an_order_of_theirs(page: Page) -> None:
    chat = Chat(page)
    page.get_by_label("Signed in as").select_option(index=1)

    chat.say("where is my order?")

    expect(chat.messages("bot").last).to_contain_text(re.compile(r"\d{8,}"))
