"""Which of several parcels a problem is about: asked, and read from what is answered."""

from collections.abc import Sequence
from typing import Final

from actions.formatting import items_of
from actions.order_view import OrderView, Step
from actions.question_wording import payload, with_buttons
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.shared_questions import Asker
from actions.turn import Turn
from support.decisions.choice import picked
from support.decisions.order_status import ParcelStanding
from support.decisions.wanted_detail import items_named
from support.facts import Fact
from support.ids import CarrierId, ParcelId
from support.mentions.carriers import carriers_in
from support.mentions.item_matching import matches
from support.systems.carriers.registry import normalised_carrier
from support.systems.orders.models import Order

_CANDIDATES: Final = "parcels"
_CONTENTS: Final = "contents"
_CARRIERS: Final = "carriers"


class ParcelChoice:
    """The question which parcel is meant."""

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return the id of the parcel that is meant, by its place or by what is in it."""
        candidates = matter.noted.get(_CANDIDATES, "").split(",")
        if turn.answer in candidates:
            return turn.answer
        places = (
            picked(turn.text, len(candidates))
            or _named_places(turn, matter)
            or brought_by(turn.text, matter.noted.get(_CARRIERS, "").split(","))
        )
        return candidates[places[0]] if len(places) == 1 else None

    async def go_on(
        self, asker: Asker, turn: Turn, view: OrderView, matter: Matter, answer: str
    ) -> Step:
        """Go on about that parcel."""
        return await asker.go_on(turn, view, matter.about(ParcelId(answer)), answer)


def named(
    turn: Turn, view: OrderView, candidates: Sequence[ParcelStanding]
) -> ParcelStanding | None:
    """Return the one candidate that holds an item this message names, if just one does."""
    phrases = turn.said("item")
    holding = [
        one
        for one in candidates
        if any(matches(phrase, line.name) for phrase in phrases for line in view.lines_in(one))
    ]
    return holding[0] if len(holding) == 1 else None


def brought_by(text: str, carriers: Sequence[str | None]) -> tuple[int, ...]:
    """Return the places of those whose carrier a message names: "the one from startrack"."""
    named = {normalised_carrier(CarrierId(found.value)) for found in carriers_in(text)}
    return tuple(
        place
        for place, carrier in enumerate(carriers)
        if carrier and normalised_carrier(CarrierId(carrier)) in named
    )


def places_named(turn: Turn, order: Order) -> tuple[int, ...]:
    """Return the places of the parcels that a message names by their items or their carrier."""
    named = (*turn.said("item"), *items_named(turn.text))
    lines = {line.id for line in order.lines if any(matches(one, line.name) for one in named)}
    holding = tuple(
        place
        for place, parcel in enumerate(order.parcels)
        if lines & {item.line_id for item in parcel.items}
    )
    return holding or brought_by(turn.text, [parcel.carrier for parcel in order.parcels])


def ask_which(matter: Matter, view: OrderView, candidates: Sequence[ParcelStanding]) -> Step:
    """Ask which of these parcels is meant, with a button for each."""
    contents = [items_of(one.parcel, view.order) or str(one.parcel.id) for one in candidates]
    buttons = tuple(
        Say(
            ResponseKey.ANSWER_PARCEL,
            facts={"items": Fact(items, view.found.told)},
            joins=True,
            choice=payload(one.parcel.id),
        )
        for one, items in zip(candidates, contents, strict=True)
    )
    noted = {
        _CANDIDATES: ",".join(one.parcel.id for one in candidates),
        _CONTENTS: "\n".join(contents),
        _CARRIERS: ",".join(str(one.parcel.carrier or "") for one in candidates),
    }
    asked = with_buttons(matter.ask(Question.WHICH_PARCEL, **noted), buttons)
    return Step((Say(ResponseKey.ASK_WHICH_PARCEL), *buttons), asked)


def _named_places(turn: Turn, matter: Matter) -> Sequence[int]:
    """Return the places of the candidates that hold what this message names."""
    phrases = (*turn.said("item"), *items_named(turn.text), turn.text)
    contents = matter.noted.get(_CONTENTS, "").split("\n")
    return [
        place
        for place, items in enumerate(contents)
        if any(matches(phrase, item) for phrase in phrases for item in items.split(", "))
    ]
