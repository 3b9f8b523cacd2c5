"""Whose a tracking number is, where several carriers' numbers look like it: asked, and read."""

from collections.abc import Sequence
from typing import Final

from actions.question_wording import payload, put, with_buttons
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, says_not_sure
from support.decisions.choice import picked
from support.ids import CarrierId, TrackingNumber
from support.mentions.carriers import carriers_answered
from support.systems.carriers.models import CarrierProfile
from support.systems.carriers.registry import normalised_carrier

_NUMBER: Final = "number"
_CARRIERS: Final = "carriers"


def ask_which_carrier(
    number: TrackingNumber, carriers: Sequence[CarrierProfile]
) -> tuple[tuple[Say, ...], Matter]:
    """Return the question which of these carriers it is, and what is kept while it is open."""
    names = " or ".join(carrier.name for carrier in carriers)
    buttons = (
        *(
            Say(
                ResponseKey.ANSWER_CARRIER,
                words={"carrier": carrier.name},
                joins=True,
                choice=payload(carrier.id),
            )
            for carrier in carriers
        ),
        Say(ResponseKey.ANSWER_NOT_SURE, joins=True, choice=payload(Answer.NOT_SURE)),
    )
    noted = {_NUMBER: str(number), _CARRIERS: ",".join(carrier.id for carrier in carriers)}
    matter = Matter(Question.WHICH_CARRIER, Topic.TRACKING_NUMBER, noted=noted)
    asked = put(Question.WHICH_CARRIER, words={"tracking_number": str(number), "carriers": names})
    return (*asked, *buttons), with_buttons(matter, buttons)


def number_asked_about(matter: Matter) -> TrackingNumber:
    """Return the number whose carrier was asked for."""
    return TrackingNumber(matter.noted.get(_NUMBER, ""))


def read_carrier(turn: Turn, matter: Matter) -> CarrierId | Answer | None:
    """Return the carrier that a message names, NOT_SURE, or None where it answers neither.

    Also a carrier that was not offered is one.
    """
    offered = [CarrierId(one) for one in matter.noted.get(_CARRIERS, "").split(",")]
    if turn.answer:
        if turn.answer == Answer.NOT_SURE:
            return Answer.NOT_SURE
        return next((carrier for carrier in offered if carrier == turn.answer), None)
    named = {normalised_carrier(one) for one in carriers_answered(turn.text)}
    if len(named) == 1:
        return named.pop()
    if says_not_sure(turn.text):
        return Answer.NOT_SURE
    places = picked(turn.text, len(offered))
    return offered[places[0]] if len(places) == 1 else None
