"""The chat as a customer handles it."""

from playwright.sync_api import Locator, Page

FOCUSED = """() => {
  const element = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  return element.getAttribute("aria-label") ?? element.innerText;
}"""


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

    def ended(self) -> Locator:
        """Return the buttons that rate a chat which has ended."""
        return self.log.get_by_role("group", name="Your rating").get_by_role("button")

    def card(self, name: str) -> Locator:
        """Return the drawn parcel of this name: "Order 410200341"."""
        return self.log.get_by_role("region", name=name)

    def focused(self) -> str:
        """Return the label or the words of what has the focus in the chat."""
        return str(self.page.evaluate(FOCUSED))

    def tab_to(self, name: str) -> None:
        """Press Tab until this has the focus."""
        for _ in range(40):
            if self.focused() == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {name!r}.")

    def messages(self, sender: str) -> Locator:
        """Return the messages of one sender: customer, bot or system."""
        return self.log.locator(f".message.{sender}")
