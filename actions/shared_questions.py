"""Questions that any procedure may ask: each reads its answer and says what comes next."""

from typing import Protocol

from actions.order_view import OrderView, Step
from actions.questions import Matter
from actions.services import Services
from actions.turn import Turn


class Asker(Protocol):
    """The topic on whose behalf a shared question is asked, as far as the question needs it."""

    services: Services

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Return what comes after an answer."""


class SharedQuestion(Protocol):
    """A question that is asked in the same way whatever the topic."""

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return what this message answers; None where it answers something else."""

    async def go_on(
        self, asker: Asker, turn: Turn, view: OrderView, matter: Matter, answer: str
    ) -> Step:
        """Return what comes after the answer."""
