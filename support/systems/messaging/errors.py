"""Why a provider did not take a message."""

from support.systems.errors import SystemFailure


class MessageRejected(SystemFailure):
    """The provider will never take this message, however often it is tried. `code` is its own."""

    def __init__(self, system: str, detail: str, *, code: str | None = None) -> None:
        super().__init__(system, detail)
        self.code = code


class RecipientOptedOut(MessageRejected):
    """The recipient told the provider to send nothing more."""


class WindowClosed(MessageRejected):
    """The recipient has not written for so long that only an approved template may be sent."""


class SendingUncertain(SystemFailure):
    """The message went out, but no answer came: it may have been taken."""
