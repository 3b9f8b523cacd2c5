"""What a customer does next: types something, or presses a button."""

from dataclasses import dataclass

from actions.questions import Question
from tests.end_to_end.customer import Answer, Customer
from tests.simulation.words import Meaning
from tests.wordings import texts_of


@dataclass(frozen=True, slots=True)
class Move:
    """One message. `pressed`: the text is the title of a button on offer."""

    text: str
    pressed: bool = False

    def make(self, customer: Customer) -> Answer:
        """Send it, and return the replies."""
        return customer.choose(self.text) if self.pressed else customer.say(self.text)


USUALLY_ANSWERED = {
    Question.WHICH_PARCEL: Meaning.THIS_ONE,
    Question.CODE: Meaning.CODE,
    Question.LOOKED_AROUND: Meaning.NOT_THERE,
    Question.ASKED_PEOPLE: Meaning.NOBODY_HAS_IT,
    Question.CARD_LEFT: Meaning.NO_CARD,
    Question.ASKED_STORE: Meaning.STORE_HAS_NOT,
    Question.WHICH_ITEMS: Meaning.THIS_ONE,
    Question.WHICH_REMEDY: Meaning.REFUND,
    Question.NEW_ADDRESS: Meaning.ADDRESS,
    Question.START_INVESTIGATION: Meaning.YES,
    Question.START_STORE_CHECK: Meaning.YES,
    Question.OPEN_TICKET: Meaning.YES,
    Question.REPORT_ITEMS: Meaning.YES,
    Question.START_TRACE: Meaning.YES,
    Question.CONFIRM_ADDRESS: Meaning.YES,
    Question.ASK_EXTENSION: Meaning.YES,
}
"""What is answered to each question; to others the first of their buttons."""

OFFERS = frozenset(
    {
        Question.START_INVESTIGATION,
        Question.START_STORE_CHECK,
        Question.OPEN_TICKET,
        Question.START_TRACE,
    }
)
"""Questions that somebody who changes their mind first says no to."""

_BUTTON_OF = {
    Meaning.YES: "utter_answer_yes",
    Meaning.NO: "utter_answer_no",
    Meaning.NOT_THERE: "utter_answer_not_there",
    Meaning.NOBODY_HAS_IT: "utter_answer_not_there",
    Meaning.STORE_HAS_NOT: "utter_answer_not_there",
    Meaning.NO_CARD: "utter_answer_no_card",
}


def button_for(meaning: Meaning, choices: tuple[str, ...], item: str) -> str | None:
    """Return the button that says this, where one is on offer."""
    if meaning is Meaning.THIS_ONE:
        return next((title for title in choices if item in title), None)
    key = _BUTTON_OF.get(meaning)
    titles = texts_of(key) if key else ()
    return next((title for title in choices if title in titles), None)
