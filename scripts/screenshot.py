"""Takes the pictures in docs/images from the running product: `make screenshot`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from scripts.chromium import launch
from scripts.demo.model import train
from scripts.demo.ports import free_port
from scripts.demo.processes import ROOT, Ports
from scripts.demo.system import System
from scripts.progress import note, step

IMAGES = ROOT / "docs" / "images"
QUESTION = "where is my order 410200341, sam@example.com"
PICTURES = {
    "chat-desktop": (1280, 800, "light"),
    "chat-phone": (390, 844, "light"),
    "chat-dark": (1280, 800, "dark"),
    "chat-phone-dark": (390, 844, "dark"),
}


def main() -> int:
    """Ask once per picture and save what a customer sees."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        with step("trained model"):
            train(Path(folder) / "train.log")
        with System(Path(folder), Ports(gateway=free_port(), sandbox=free_port())) as system:
            with step("processes (Rasa takes longest)"):
                system.start()
                system.wait_until_ready()
            browser = launch(playwright)
            for name in PICTURES:
                _take(browser, system.gateway_url, name)
            browser.close()
    return 0


def _take(browser: Browser, address: str, name: str) -> None:
    width, height, scheme = PICTURES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-AU",
        timezone_id="Australia/Melbourne",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Ask about an order").click()
    page.get_by_role("textbox", name="Your message").fill(QUESTION)
    page.keyboard.press("Enter")
    card = page.get_by_role("region", name="Order 410200341")
    expect(card).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)  # further messages of the same answer
    card.evaluate("element => element.closest('.message').scrollIntoView()")
    page.screenshot(path=IMAGES / f"{name}.png")
    note(f"  docs/images/{name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
