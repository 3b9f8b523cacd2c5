"""A parcel, drawn from what the answer carries as data."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chat import Chat


def test_card_shows_how_the_parcel_stands_and_the_text_says_the_same(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.say("where is my order 410200341, sam@example.com")

    card = chat.card("Order 410200341")
    expect(card.get_by_role("listitem")).to_have_count(5)
    expect(card.locator("[aria-current=step]")).to_have_count(1)
    expect(card).to_contain_text("Australia Post")
    expect(card).to_contain_text(re.compile(r"Should arrive by\w+ \d{1,2} (November|December)"))
    link = card.get_by_role("link", name="Follow it at Australia Post")
    expect(link).to_have_attribute("rel", "noopener noreferrer")

    chat.log.get_by_text("The whole answer as text").click()
    text = chat.log.locator("details")
    expect(text).to_contain_text("Carrier: Australia Post. Tracking number: JDQ019457101000930308")
    expect(text).to_contain_text(re.compile("Status: Shipped"))


def test_each_parcel_of_an_order_has_a_card_of_its_own(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.say("where is my order 410200350, grace@example.com")

    for position in (1, 2, 3):
        expect(chat.card(f"Order 410200350, parcel {position} of 3")).to_be_visible()


def test_chat_is_saved_as_text(page: Page, tmp_path: Path) -> None:
    chat = Chat(page)
    chat.open()
    chat.say("where is my order 410200341, sam@example.com")
    expect(chat.card("Order 410200341")).to_be_visible()

    with page.expect_download() as download:
        chat.panel.get_by_role("button", name="Save this chat as text").click()

    assert re.fullmatch(r"order-chat-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
    download.value.save_as(tmp_path / "chat.txt")
    saved = (tmp_path / "chat.txt").read_text("utf-8")
    assert "where is my order 410200341, sam@example.com" in saved
    assert "Tracking number: JDQ019457101000930308" in saved
    assert "Checked: " in saved
