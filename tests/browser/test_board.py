"""A supervisor's board: what is looked up there, and how it stays at hand."""

import json
from datetime import UTC, datetime, timedelta

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


def test_the_board_fits_a_small_phone(supervisor: Opens):
    desk = supervisor(viewport={"width": 320, "height": 640})
    desk.get_by_role("button", name="Board", exact=True).click()
    expect(desk.get_by_role("heading", name="Live board")).to_be_visible()

    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
    expect(desk.get_by_role("button", name="Sign out")).to_be_in_viewport(ratio=1)


STREAM = "**/v1/desk/events"


def refused(supervisor: Opens) -> Page:
    """Open the desk where a proxy answers for the gateway, which restarts."""
    desk = supervisor()
    desk.route(STREAM, lambda route: route.fulfill(status=502))
    desk.reload()
    expect(desk.get_by_text("Reconnecting")).to_be_visible()
    return desk


def test_the_page_listens_again_after_a_proxys_error(supervisor: Opens):
    desk = refused(supervisor)
    desk.unroute(STREAM)

    expect(desk.get_by_text("Reconnecting")).to_be_hidden()


def test_whose_session_ended_meanwhile_is_asked_to_sign_in(supervisor: Opens):
    desk = refused(supervisor)
    desk.context.clear_cookies()
    desk.unroute(STREAM)

    expect(desk.get_by_role("button", name="Sign in")).to_be_visible()


def test_the_board_says_how_long_somebody_has_waited_over_all_offers(supervisor: Opens):
    now = datetime.now(UTC)
    waits = {
        "conversation_id": "c-waits",
        "owner": "RESERVED",
        "channel": "web",
        "summary": "Asked for a person.",
        "agent": "kim",
        "agent_name": "Kim",
        "since": now.isoformat(),
        "queued_at": (now - timedelta(minutes=10)).isoformat(),
    }
    others = {key: [] for key in ["waiting", "with_agents", "snoozed", "tickets", "agents"]}
    board = json.dumps({**others, "reserved": [waits]})
    desk = supervisor()
    desk.route(
        STREAM,
        lambda route: route.fulfill(
            content_type="text/event-stream", body=f"event: board\ndata: {board}\n\n"
        ),
    )
    desk.goto("/desk/board")

    expect(desk.get_by_role("region", name="Conversations now")).to_contain_text("10 min")
