"""A supervisor reads what a conversation came to; nothing of what was said in it."""

import time

import pytest
import redis
from playwright.sync_api import Page, expect

from gateway.insights.store import DUE
from scripts.demo.system import System
from tests.browser.chat import Chat
from tests.browser.conftest import Opens
from tests.browser.test_desk import violations


def is_quiet(system: System) -> None:
    """Let an hour pass for every conversation: what is due is looked at within seconds."""
    with redis.Redis.from_url(system.redis_url, decode_responses=True) as client:
        client.zadd(DUE, dict.fromkeys(client.zrange(DUE, 0, -1), int(time.time())))


def test_a_conversation_becomes_figures(page: Page, supervisor: Opens, system: System):
    chat = Chat(page)
    chat.open()
    chat.say("where is my order 410200341, sam@example.com")
    expect(chat.log).to_contain_text("Shipped")
    is_quiet(system)

    insights = supervisor()
    row = insights.get_by_role("row", name="Where is my order")
    deadline = time.monotonic() + 20
    insights.goto("/insights")
    while not row.count() and time.monotonic() < deadline:
        insights.wait_for_timeout(1000)
        insights.reload()

    expect(row).to_be_visible()
    assert "410200341" not in insights.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(supervisor: Opens, scheme: str, width: int):
    page = supervisor(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto("/insights")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
