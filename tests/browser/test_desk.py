"""Two browsers hold a whole conversation: a customer on the shop page, an agent at the desk."""

import re
from collections.abc import Iterator

import pytest
import redis
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from scripts.demo.system import System
from tests.browser.chat import Chat
from tests.end_to_end.person import Person
from tests.end_to_end.sandbox import Sandbox

NAME = "kim"
PRESS_A_WITH_THE_BUTTON = """() => {
  const watch = new MutationObserver(() => {
    if (!document.querySelector(".chat-actions .primary")) return;
    watch.disconnect();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
  });
  watch.observe(document.body, { childList: true, subtree: true });
}"""

LOOK_ELSEWHERE = """() => {
  Object.defineProperty(document, "hidden", { value: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""


@pytest.fixture
def errors() -> list[str]:
    """What the page logs as errors; a test that provokes one takes it out."""
    return []


@pytest.fixture
def desk(
    browser: Browser,
    system: System,
    shared_redis: "redis.Redis",
    desk_passwords: dict[str, str],
    errors: list[str],
) -> Iterator[Page]:
    """An empty desk, with Kim signed in; a script error on it fails the test."""
    for key in shared_redis.scan_iter("{handover}*"):
        shared_redis.delete(key)
    context = browser.new_context(
        base_url=system.gateway_url,
        viewport={"width": 1440, "height": 900},
        timezone_id="Australia/Melbourne",
        locale="en-AU",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda told: (
            errors.append(f"{told.text} {told.location}") if told.type == "error" else None
        ),
    )
    page.goto("/desk")
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password").fill(desk_passwords[NAME])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Online")).to_be_visible()
    yield page
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()
    assert not errors


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def brings_a_customer(page: Page, desk: Page) -> Chat:
    """Let a customer ask for a person, and Kim accept."""
    chat = Chat(page)
    chat.open()
    chat.say("where is my order 410200341, sam@example.com")
    expect(chat.log).to_contain_text("Shipped")
    chat.say("I want to talk to a person")
    lists = desk.get_by_role("navigation", name="Conversations")
    expect(lists).to_contain_text("Offered to you")
    lists.get_by_role("button").first.click()
    desk.get_by_role("button", name="Accept").click()
    expect(chat.log).to_contain_text("Kim has joined the chat.")
    expect(desk.get_by_role("textbox", name="Message to the customer")).to_be_enabled()
    return chat


def test_agent_and_customer_hold_a_whole_conversation(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    log = desk.get_by_role("log", name="Conversation")
    composer = desk.get_by_role("textbox", name="Message to the customer")

    expect(desk.get_by_role("complementary")).to_contain_text("Verified: matched")
    expect(desk.get_by_role("complementary")).to_contain_text("Australia Post")
    composer.press_sequentially("Hi Sam")
    expect(page.locator("body")).to_contain_text("Kim is typing")
    composer.press("Enter")
    expect(chat.log).to_contain_text("Hi Sam")
    chat.composer.press_sequentially("it has")
    expect(log).to_contain_text("The customer is typing")
    chat.say("it has not moved for days")
    expect(log).to_contain_text("it has not moved for days")

    desk.get_by_role("button", name="Give back").click()
    desk.get_by_label("What was settled, in one line").fill("Told that it is on its way")
    desk.get_by_label("Order number, if it is another one").fill("410200343")
    desk.get_by_label("What it is about now").select_option("It is late")
    desk.get_by_role("dialog").get_by_role("button", name="Give back").click()
    expect(chat.log).to_contain_text("I'm the assistant again")
    expect(chat.log).to_contain_text("Is there anything else about order 410200343?")
    assert violations(desk) == []


def test_what_was_written_stays_where_it_is_refused(page: Page, desk: Page, errors: list[str]):
    brings_a_customer(page, desk)
    desk.get_by_role("button", name="Give back").click()
    dialog = desk.get_by_role("dialog", name="Give back to the assistant")
    dialog.get_by_label("What was settled, in one line").fill("Told that it is on its way")
    number = dialog.get_by_label("Order number, if it is another one")
    number.fill("no idea")
    dialog.get_by_role("button", name="Give back").click()

    expect(dialog).to_contain_text("That is no order number.")
    errors.clear()
    number.fill("410200343")
    dialog.get_by_role("button", name="Give back").click()
    expect(dialog).to_be_hidden()
    expect(desk.get_by_role("main")).to_contain_text("I'm the assistant again")


def test_a_conversation_is_closed_with_the_reason_that_was_chosen(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    desk.get_by_role("button", name="Close").click()
    dialog = desk.get_by_role("dialog", name="Close the conversation")
    expect(dialog.get_by_label("Reason")).to_have_value("Solved")
    dialog.get_by_label("Reason").select_option("Case opened")
    closes = "**/conversations/*/close"
    with desk.expect_request(closes) as asked:
        dialog.get_by_role("button", name="Close it").click()

    assert asked.value.post_data_json == {"reason": "Case opened"}
    expect(desk.get_by_text("This conversation is closed.")).to_be_visible()
    expect(chat.ended()).to_have_count(5)


def test_a_suggested_reply_that_was_sent_is_a_step_done(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    steps = desk.get_by_role("complementary").locator(".steps")
    suggested = desk.get_by_role("button", name="Suggested reply")
    expect(suggested).to_have_count(1)
    step = steps.locator("li.next").filter(has=suggested)
    title = step.locator("label").inner_text()

    suggested.click()
    composer = desk.get_by_role("textbox", name="Message to the customer")
    reply = composer.input_value()
    composer.press("End")
    composer.press_sequentially(" All good?")
    composer.press("Enter")

    expect(chat.log).to_contain_text(f"{reply} All good?")
    done = steps.locator("li.done").filter(has_text=title)
    expect(done).to_contain_text("ticked by Kim")
    expect(done.get_by_role("checkbox")).to_be_checked()


def test_what_is_typed_while_a_message_is_sent_stays(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    composer = desk.get_by_role("textbox", name="Message to the customer")

    def types_on(route: Route) -> None:
        composer.press_sequentially(" And now")
        route.continue_()

    desk.route("**/messages", types_on)
    composer.fill("I'm looking.")
    composer.press("Enter")

    expect(chat.log).to_contain_text("I'm looking.")
    expect(composer).to_have_value("And now")
    composer.fill("")


def test_a_suggested_reply_comes_behind_what_was_written_once(page: Page, desk: Page):
    brings_a_customer(page, desk)
    composer = desk.get_by_role("textbox", name="Message to the customer")
    composer.fill("Hi Sam.")
    suggested = desk.get_by_role("button", name="Suggested reply")
    suggested.click()
    suggested.click()

    expect(composer).to_have_value(re.compile(r"^Hi Sam\. You can follow it [^:]+:\s\S+$"))
    composer.fill("")


def test_on_a_phone_a_suggested_reply_leads_to_where_it_is_sent(page: Page, desk: Page):
    brings_a_customer(page, desk)
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.get_by_role("button", name="Order", exact=True).click()
    desk.get_by_role("button", name="Suggested reply").click()

    expect(desk.get_by_role("textbox", name="Message to the customer")).to_be_focused()


def test_an_agent_who_looks_elsewhere_is_called_to_the_open_conversation(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    desk.get_by_role("textbox", name="Message to the customer").fill("Hi Sam")
    desk.keyboard.press("Enter")
    expect(chat.log).to_contain_text("Hi Sam")
    desk.evaluate(LOOK_ELSEWHERE)
    chat.say("so where is it?")

    expect(desk).to_have_title("(1) Desk")


def test_a_private_note_never_becomes_a_message(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    desk.get_by_role("checkbox", name="Private note").check()
    desk.get_by_role("textbox", name="Private note").fill("Seems to lie")

    desk.reload()
    desk.get_by_role("navigation", name="Conversations").locator("button").first.click()
    note = desk.get_by_role("textbox", name="Private note")
    expect(note).to_have_value("Seems to lie")
    note.press("Enter")

    expect(desk.get_by_role("log", name="Conversation")).to_contain_text("Seems to lie")
    desk.get_by_role("checkbox", name="Private note").uncheck()
    expect(desk.get_by_role("textbox", name="Message to the customer")).to_have_value("")
    expect(chat.log).not_to_contain_text("Seems to lie")


def test_who_reads_further_up_stays_there_while_the_customer_types(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    desk.set_viewport_size({"width": 1440, "height": 500})
    log = desk.get_by_role("log", name="Conversation")
    expect(log.get_by_text("Kim has joined the chat.")).to_be_in_viewport()

    log.evaluate("log => { log.scrollTop = 0 }")
    chat.composer.press_sequentially("it has")
    expect(log).to_contain_text("The customer is typing")

    assert log.evaluate("log => log.scrollTop") == 0


def test_personal_data_is_hidden_until_it_is_revealed(page: Page, desk: Page):
    brings_a_customer(page, desk)
    log = desk.get_by_role("log", name="Conversation")

    expect(log).not_to_contain_text("sam@example.com")
    log.get_by_role("button", name="Reveal").first.click()

    expect(log).to_contain_text("sam@example.com")


def test_it_is_said_when_nothing_could_be_revealed(page: Page, desk: Page, errors: list[str]):
    brings_a_customer(page, desk)
    desk.route("**/reveal", lambda route: route.abort())
    for part in (desk.get_by_role("log", name="Conversation"), desk.get_by_role("complementary")):
        with desk.expect_console_message():
            part.get_by_role("button", name="Reveal").first.click()

        expect(desk.get_by_role("alert")).to_contain_text("The desk cannot be reached.")
    assert all("Failed to load" in one for one in errors)
    errors.clear()


def test_it_is_usable_from_the_keyboard(page: Page, desk: Page):
    chat = Chat(page)
    chat.open()
    chat.say("I want to talk to a person")
    expect(desk.get_by_role("navigation", name="Conversations")).to_contain_text("Offered to you")

    desk.keyboard.press("j")
    expect(desk.get_by_role("button", name="Accept")).to_be_visible()
    desk.keyboard.press("a")
    expect(chat.log).to_contain_text("Kim has joined the chat.")
    expect(desk.get_by_role("textbox", name="Message to the customer")).to_be_enabled()
    desk.keyboard.press("r")
    desk.keyboard.type("Hello there")
    desk.keyboard.press("Enter")
    expect(chat.log).to_contain_text("Hello there")
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert violations(desk) == []
    desk.keyboard.press("Escape")


def test_a_key_works_as_soon_as_its_button_is_there(page: Page, desk: Page):
    chat = Chat(page)
    chat.open()
    chat.say("I want to talk to a person")
    expect(desk.get_by_role("navigation", name="Conversations")).to_contain_text("Offered to you")
    desk.evaluate(PRESS_A_WITH_THE_BUTTON)
    desk.keyboard.press("j")
    expect(chat.log).to_contain_text("Kim has joined the chat.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 320])
def test_every_width_and_scheme_is_accessible_and_fits(
    page: Page, desk: Page, scheme: str, width: int
):
    brings_a_customer(page, desk)
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    expect(desk.get_by_role("log", name="Conversation")).to_be_visible()

    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_a_conversation_has_an_address_of_its_own(page: Page, desk: Page):
    chat = brings_a_customer(page, desk)
    address = desk.url
    assert "/desk/conversations/c-" in address

    desk.reload()
    expect(desk.get_by_role("main")).to_contain_text("I want to talk to a person")
    desk.go_back()
    expect(desk.get_by_role("heading", name="Ready when they are")).to_be_visible()
    desk.go_forward()
    expect(desk.get_by_role("main")).to_contain_text("I want to talk to a person")
    assert desk.url == address
    expect(chat.log).to_contain_text("Kim has joined the chat.")


def test_agent_helps_somebody_by_text_message(desk: Page, sandbox: Sandbox):
    sam = Person(sandbox, "sms", "+61491570158")
    sam.write("where is my order 410200341, sam@example.com")
    sam.reads(lambda text: "Status: Shipped" in text)
    sam.write("can i talk to a person please")
    desk.get_by_role("navigation", name="Conversations").get_by_role("button").first.click()
    desk.get_by_role("button", name="Accept").click()
    sam.reads(lambda text: "Kim has joined" in text)

    composer = desk.get_by_role("textbox", name="Message to the customer")
    composer.fill("Hi Sam, it's at the depot.")
    expect(desk.get_by_text("1 segment")).to_be_visible()
    composer.press("Enter")
    sam.reads(lambda text: "it's at the depot" in text)
    log = desk.get_by_role("log", name="Conversation")
    sam.write("legend, thanks heaps")
    expect(log).to_contain_text("legend, thanks heaps")

    sam.write("STOP")
    expect(composer).to_be_disabled()
    expect(desk.get_by_text("The customer replied STOP")).to_be_visible()
