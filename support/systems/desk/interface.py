"""What the worker asks of an outside desk."""

from typing import Protocol

from support.systems.desk.models import DeskMessage, Opening, Place, Standing


class Desk(Protocol):
    """A desk to which conversations are given.

    Every method raises DeskRefused where the desk will never take this, however often it is tried,
    and another `SystemFailure` where it may later. After such a failure it is not known whether it
    has taken it.
    """

    async def open(self, opening: Opening) -> Place:
        """Open a conversation, and return where it is; the same `key` again gives the same place.

        It may be repeated after any failure, by one caller at a time.
        """
        ...

    async def tell(self, place: Place, message: DeskMessage) -> str:
        """Write a message, and return the desk's own id of it. Repeated, it is written twice."""
        ...

    async def find(self, place: Place, key: str) -> str | None:
        """Return the desk's own id of the message of this `key`; None where there is none.

        Asked after a try whose outcome is not known, so that nothing is told twice.
        """
        ...

    async def stand(self, place: Place, standing: Standing) -> None:
        """Let a conversation stand so. It may be repeated."""
        ...
