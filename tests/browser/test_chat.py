"""How the chat behaves, whatever is being talked about."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.chat import Chat


def test_opens_with_what_it_is_and_what_it_can_do(page: Page) -> None:
    chat = Chat(page)
    chat.open()

    expect(chat.messages("bot")).to_contain_text("automated assistant")
    expect(chat.composer).to_be_focused()


def test_escape_closes_and_gives_the_focus_back(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    page.keyboard.press("Escape")

    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_suggestion_is_sent_as_what_the_customer_says(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.log.get_by_role("button", name="Where is my order?").click()

    expect(chat.messages("customer")).to_contain_text("Where is my order?")
    expect(chat.messages("bot")).to_have_count(2)


def test_markup_is_shown_as_it_was_typed(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.say("<img src=x onerror=alert(1)> <b>bold</b>")

    expect(chat.messages("customer")).to_contain_text("<img src=x onerror=alert(1)> <b>bold</b>")
    expect(chat.log.locator("img")).to_have_count(0)


def test_shift_and_enter_make_a_line_instead_of_sending(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    chat.composer.fill("first")
    chat.composer.press("Shift+Enter")

    expect(chat.composer).to_have_value("first\n")
    expect(chat.messages("customer")).to_have_count(0)


def test_message_typed_while_offline_is_kept_and_sent_later(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    page.context.set_offline(True)
    chat.say("hello")
    expect(chat.problem).to_contain_text("can't reach the shop")

    page.context.set_offline(False)

    expect(chat.messages("bot")).to_have_count(2)
    expect(chat.messages("customer")).to_have_count(1)
    expect(chat.problem).to_be_hidden()


def test_draft_is_kept_over_a_reload_and_while_offline(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    page.context.set_offline(True)
    chat.composer.fill("where is my")
    page.context.set_offline(False)
    page.reload()
    chat.open()

    expect(chat.composer).to_have_value("where is my")


def test_lost_answer_to_sending_does_not_send_twice(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    dropped = []

    def deliver_but_drop_the_answer(route: Route) -> None:
        if dropped:
            route.continue_()
            return
        dropped.append(route.fetch())
        route.abort()

    page.route("**/messages", deliver_but_drop_the_answer)
    chat.say("hello")

    expect(chat.messages("bot")).to_have_count(2)
    page.wait_for_timeout(6_000)
    expect(chat.messages("customer")).to_have_count(1)
    expect(chat.messages("bot")).to_have_count(2)


def test_too_many_messages_are_sent_after_the_wait(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    refusals = [{"status": 429, "headers": {"Retry-After": "2"}, "body": "{}"}]

    def refuse_once(route: Route) -> None:
        if refusals:
            route.fulfill(**refusals.pop())
            return
        route.continue_()

    page.route("**/messages", refuse_once)
    chat.say("hello")

    expect(chat.problem).to_contain_text(re.compile(r"sent in \d s"))
    expect(chat.messages("bot")).to_have_count(2)


def test_expired_conversation_goes_on_in_a_new_one(page: Page) -> None:
    chat = Chat(page)
    page.evaluate(
        """sessionStorage.setItem("order-assistant", JSON.stringify(
             {identity: {id: "c-gone", token: "expired"}, customerToken: "", pending: []}))"""
    )
    page.reload()
    chat.open()
    chat.say("hello")

    expect(chat.messages("bot")).to_have_count(2)


def test_messages_come_without_streaming_too(page: Page) -> None:
    page.route("**/events", lambda route: route.abort())
    chat = Chat(page)
    chat.open()
    chat.say("hello")

    expect(chat.messages("bot")).to_have_count(2)


def test_fits_a_screen_of_320_pixels(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    chat = Chat(page)
    chat.open()

    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 568}


def test_keyboard_alone_stays_in_the_chat_where_it_covers_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    chat = Chat(page)
    chat.open()
    for _ in range(12):
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.localName") == "order-assistant"
