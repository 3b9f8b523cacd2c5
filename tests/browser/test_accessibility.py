"""What people need who do not see, do not point, or read large: WCAG 2.2 AA."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from scripts.demo.system import System
from tests.browser.chat import Chat
from tests.end_to_end.sandbox import Sandbox

QUESTION = "where is my order 410200341, sam@example.com"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TARGETS = """() => [...document.querySelector("order-assistant").shadowRoot
  .querySelectorAll("button, .follow, summary, textarea")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.innerText || element.ariaLabel, element.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([name]) => name)"""
SIDEWAYS = """() => [...document.querySelector("order-assistant").shadowRoot
  .querySelectorAll("*")]
  .filter((element) => element.checkVisibility() && !element.closest(".unseen"))
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1
                       || element.scrollWidth > element.clientWidth + 1
                          && getComputedStyle(element).overflowX === "auto")
  .map((element) => element.className)"""
LOGGED = """() => {
  window.added = [];
  const log = document.querySelector("order-assistant").shadowRoot.querySelector("[role=log]");
  const observer = new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.matches?.(".message")) window.added.push(node.dataset.key);
  });
  observer.observe(log, { childList: true, subtree: true });
}"""


@pytest.fixture
def opened(browser: Browser, system: System, sandbox: Sandbox) -> Callable[..., Page]:  # noqa: ARG001 - reset
    """Open the shop page as somebody with these wishes: color_scheme, forced_colors, viewport."""
    contexts = []

    def open_page(**wishes: object) -> Page:
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(
            base_url=system.gateway_url,
            timezone_id="Australia/Melbourne",
            locale="en-AU",
            **{**settings, **wishes},
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def answered(page: Page) -> Chat:
    """Open the chat and let an order be found."""
    chat = Chat(page)
    chat.open()
    chat.say(QUESTION)
    expect(chat.card("Order 410200341")).to_be_visible()
    expect(chat.panel.get_by_role("status").first).to_be_empty()
    return chat


def never_answer(_: Route) -> None:
    """Leave a request open."""


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['html'][:90]}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(opened: Callable[..., Page], scheme: str, width: int) -> None:
    page = opened(color_scheme=scheme, viewport={"width": width, "height": 800})
    assert violations(page) == []
    chat = answered(page)
    assert violations(page) == []
    chat.panel.get_by_role("button", name="End this chat").click()
    expect(chat.ended()).to_have_count(5)
    assert violations(page) == []
    chat.ended().last.click()
    expect(chat.log).to_contain_text("You rated this chat 5 of 5")
    assert violations(page) == []


def test_keyboard_alone_leads_from_the_launcher_to_a_resolved_order(page: Page) -> None:
    chat = Chat(page)
    chat.tab_to("Ask about an order")
    page.keyboard.press("Enter")
    expect(chat.composer).to_be_focused()

    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(chat.card("Order 410200341")).to_contain_text("Australia Post")
    expect(chat.composer).to_be_focused()

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    chat.tab_to("End this chat")
    page.keyboard.press("Enter")
    chat.tab_to("5 of 5: Very good")
    page.keyboard.press("Enter")
    expect(chat.log).to_contain_text("You rated this chat 5 of 5")

    page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_what_can_be_pressed_is_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    answered(page)

    assert page.evaluate(TARGETS) == []


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (640, "200%"), (320, "200%")])
def test_narrow_screens_and_large_text_need_no_scrolling_sideways(
    page: Page, width: int, size: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("size => document.documentElement.style.fontSize = size", size)
    chat = answered(page)

    assert page.evaluate(SIDEWAYS) == []
    expect(chat.composer).to_be_in_viewport()
    expect(chat.panel.get_by_role("button", name="Close the chat")).to_be_in_viewport()


def test_each_message_enters_the_log_once_and_by_its_sender(page: Page) -> None:
    chat = Chat(page)
    chat.open()
    page.evaluate(LOGGED)
    chat.say(QUESTION)
    expect(chat.card("Order 410200341")).to_be_visible()
    expect(chat.panel.get_by_role("status").first).to_be_empty()

    added = page.evaluate("window.added")
    assert len(added) == len(set(added)) == chat.log.locator(".message").count() - 1
    expect(chat.log).to_have_attribute("aria-live", "polite")
    for message in chat.log.locator(".message .name").all():
        assert message.text_content() in {"You", "Order assistant", "Notice"}


def test_what_was_said_before_a_reload_is_not_read_out_again(page: Page) -> None:
    chat = answered(page)
    page.route("**/messages?after=0", never_answer)
    page.reload()
    chat.open()
    expect(chat.log).to_have_attribute("aria-busy", "true")

    page.unroute("**/messages?after=0")
    page.reload()
    chat.open()
    expect(chat.card("Order 410200341")).to_be_visible()
    expect(chat.log).to_have_attribute("aria-busy", "false")


def test_who_wants_no_motion_sees_none(page: Page) -> None:
    answered(page)
    running = "document.querySelector('order-assistant').shadowRoot.getAnimations().length"

    assert page.evaluate(running) == 0


def test_forced_colours_keep_borders_and_the_step(opened: Callable[..., Page]) -> None:
    page = opened(forced_colors="active")
    chat = answered(page)

    for part in (chat.panel, chat.card("Order 410200341"), chat.log.get_by_role("link").first):
        assert part.evaluate("element => getComputedStyle(element).borderTopWidth") == "1px"
    expect(chat.card("Order 410200341").locator("[aria-current=step]")).to_contain_text(
        "it is here"
    )
