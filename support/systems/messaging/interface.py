"""What the outbound worker asks of a provider of messages."""

from datetime import datetime
from typing import Protocol

from support.systems.messaging.models import OutgoingMessage


class MessageSender(Protocol):
    """Sends the messages of one channel."""

    def pieces(self, message: OutgoingMessage) -> list[OutgoingMessage]:
        """Return what is sent for a message, one after the other; the same at each asking.

        Usually that is the message itself. Each piece of a long one has a key of its own.
        """
        ...

    async def send(self, message: OutgoingMessage) -> str:
        """Send a message, or a piece of one; return the provider's own id of it.

        Raises MessageRejected if it is never going to be taken, SendingUncertain if it may have
        been, or another `SystemFailure` if it was not.
        """
        ...

    async def find(
        self, message: OutgoingMessage, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Return the provider's id of this message if it was taken after `since`.

        Asked after a try whose outcome is not known, so that nothing is sent twice. `known` are
        the ids of other messages of the conversation, which may say the same. None where it was
        not taken, or where the provider cannot tell. May raise a `SystemFailure`.
        """
        ...
