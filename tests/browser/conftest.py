from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.chromium import launch
from scripts.demo.system import System
from tests.end_to_end.sandbox import Sandbox

Opens = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for these tests, gone before others: Playwright keeps an event loop running."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, system: System, sandbox: Sandbox) -> Iterator[Page]:  # noqa: ARG001 - reset
    """The shop page, freshly opened; a script error on it fails the test."""
    context = browser.new_context(
        base_url=system.gateway_url,
        viewport={"width": 1280, "height": 800},
        timezone_id="Australia/Melbourne",
        locale="en-AU",
        reduced_motion="reduce",
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert not errors


@pytest.fixture(scope="package")
def desk_passwords(system: System) -> dict[str, str]:
    """The passwords of the demo's accounts at the desk, by user name."""
    return system.create_desk_accounts()


@pytest.fixture
def supervisor(browser: Browser, system: System, desk_passwords: dict[str, str]) -> Iterator[Opens]:
    """Opens the desk as a supervisor, with wishes of the browser's: color_scheme, viewport."""
    contexts = []

    def opens(**wishes: object) -> Page:
        context = browser.new_context(base_url=system.gateway_url, **wishes)
        contexts.append(context)
        page = context.new_page()
        page.goto("/desk")
        page.get_by_label("User name").fill("sam")
        page.get_by_label("Password").fill(desk_passwords["sam"])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page

    yield opens
    for context in contexts:
        context.close()
