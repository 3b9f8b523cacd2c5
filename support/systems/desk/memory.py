"""An outside desk in memory, for tests."""

from dataclasses import dataclass, field

from support.systems.desk.errors import DeskRefused
from support.systems.desk.models import DeskMessage, Opening, Place, Standing

SYSTEM = "memory"


@dataclass
class MemoryDesk:
    """Keeps what it is told. `failures` are raised first, one for each call.

    With `takes_although_failing`, what such a call asked for is done all the same.
    """

    openings: list[Opening] = field(default_factory=list)
    messages: dict[str, list[DeskMessage]] = field(default_factory=dict)
    standings: dict[str, list[Standing]] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    takes_although_failing: bool = False

    async def open(self, opening: Opening) -> Place:
        """Open a conversation, once for each key."""
        self._fail_or_not()
        keys = [one.key for one in self.openings]
        if opening.key not in keys:
            self.openings.append(opening)
            self.messages[str(len(keys) + 1)] = []
            self.standings[str(len(keys) + 1)] = [Standing.OPEN]
            keys.append(opening.key)
        return Place(contact=opening.person, conversation=str(keys.index(opening.key) + 1))

    async def tell(self, place: Place, message: DeskMessage) -> str:
        """Write a message."""
        written = self._written(place)
        if self.takes_although_failing and self.failures:
            written.append(message)
        self._fail_or_not()
        written.append(message)
        return str(len(written))

    async def find(self, place: Place, key: str) -> str | None:
        """Return the number of a message by its key."""
        self._fail_or_not()
        keys = [one.key for one in self._written(place)]
        return str(keys.index(key) + 1) if key in keys else None

    async def stand(self, place: Place, standing: Standing) -> None:
        """Let a conversation stand so."""
        self._fail_or_not()
        self._written(place)
        self.standings[place.conversation].append(standing)

    def _written(self, place: Place) -> list[DeskMessage]:
        if place.conversation not in self.messages:
            raise DeskRefused(SYSTEM, "no such conversation")
        return self.messages[place.conversation]

    def _fail_or_not(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
