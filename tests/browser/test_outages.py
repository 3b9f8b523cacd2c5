"""The chat while the server is killed and comes back: nothing lost, nothing twice."""

import os
import signal

import pytest
from playwright.sync_api import Page, expect

from scripts.demo.system import System
from tests.browser.chat import Chat


@pytest.mark.parametrize("streams_that_fail", ["**/no-stream", "**/events"])
def test_conversation_goes_on_when_the_gateway_is_killed_in_the_middle(
    page: Page, system: System, streams_that_fail: str
) -> None:
    page.route(streams_that_fail, lambda route: route.abort())
    chat = Chat(page)
    chat.open()
    chat.say("hello")
    expect(chat.messages("bot")).to_have_count(2)

    os.kill(system.supervisor.processes()["gateway"][1], signal.SIGKILL)
    chat.say("where is my order 410200341, sam@example.com")
    chat.composer.fill("a draft")

    expect(chat.card("Order 410200341")).to_be_visible(timeout=60_000)
    expect(chat.messages("customer")).to_have_count(2)
    expect(chat.problem).to_be_hidden()
    expect(chat.composer).to_have_value("a draft")
    system.wait_until_ready()
    keys = chat.log.locator(".message").evaluate_all("all => all.map((one) => one.dataset.key)")
    assert len(keys) == len(set(keys))
