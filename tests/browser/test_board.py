"""A supervisor's board: what is looked up there, and how it stays at hand."""

from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Opens


def test_what_was_searched_for_is_there_again(page: Page, supervisor: Opens):
    chat = Chat(page)
    chat.open()
    chat.say("where is my order 410200341, sam@example.com")
    expect(chat.log).to_contain_text("Shipped")
    chat.say("I want to talk to a person")
    expect(chat.log).to_contain_text("asking for a person")
    desk = supervisor()
    desk.get_by_role("button", name="Board", exact=True).click()
    desk.get_by_label("Search the history").fill("410200341")
    desk.get_by_role("button", name="Search").click()
    found = desk.get_by_role("region", name="Found conversations")
    expect(found.get_by_role("row")).not_to_have_count(0)

    found.get_by_role("button", name="Open").first.click()
    expect(desk.get_by_role("log", name="Conversation")).to_be_visible()
    desk.go_back()
    expect(found).to_contain_text("410200341")
    desk.reload()

    expect(found).to_contain_text("410200341")
    expect(desk.get_by_label("Search the history")).to_have_value("410200341")
