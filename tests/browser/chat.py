"""The chat as a customer handles it."""

from playwright.sync_api import Locator, Page


class Chat:
    """The chat on an open shop page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.get_by_role("button", name="Ask about an order")
        self.panel = page.get_by_role("dialog", name="Order assistant")
        self.log = page.get_by_role("log")
        self.composer = page.get_by_role("textbox", name="Your message")
        self.problem = self.panel.get_by_role("alert")

    def open(self) -> None:
        self.launcher.click()

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def messages(self, sender: str) -> Locator:
        """Return the messages of one sender: customer, bot or system."""
        return self.log.locator(f".message.{sender}")
