"""What a customer may do next, drawn at random: intents, words, buttons, and details."""

import json
from dataclasses import dataclass

from hypothesis import strategies as st

from sandbox.demo import catalogue
from sandbox.demo.pieces import Json
from support.times import utc_now
from tests.contract.project_files import domain
from tests.walks.sentences import OTHER_WORDS, SENTENCES

NEVER_SAID = frozenset({"follow_up", "give_back"})
"""What the worker alone brings; no customer can."""

INTENTS = tuple(str(intent) for intent in domain()["intents"] if intent not in NEVER_SAID)
DEMO_ORDERS = tuple(demo.order for demo in catalogue(utc_now()))
UNKNOWN_NUMBERS = ("999999999", "123456789012", "KM41020034")
UNKNOWN_CONTACTS = ("someone@example.com", "0491570999")
TRACKING_NUMBERS = (
    "JDQ019457101000930308",
    "JDQ019457101000930309",
    "RR123456785AU",
    "ABC123",
)
"""A sound one, one with a wrong check digit, an international one and none at all."""

FEWEST_STEPS, MOST_STEPS = 10, 14


@dataclass(frozen=True)
class Step:
    """One message: typed words, an intent as a button would send it, or a button on offer.

    `button` is a place among the buttons of the last reply; where there are none the words are
    said instead.
    """

    text: str = ""
    payload: str | None = None
    button: int | None = None


@dataclass(frozen=True)
class Walk:
    """One conversation to be: who talks over which channel, and the messages."""

    channel: str
    signed_in_as: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Details:
    """What this customer may name: mostly an own order, sometimes another or nobody's."""

    number: st.SearchStrategy[str]
    contact: st.SearchStrategy[dict[str, str]]


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    """Return conversations of any messages, about one order more often than about others."""
    own = draw(st.sampled_from(DEMO_ORDERS))
    details = _details(own, draw(st.sampled_from(DEMO_ORDERS)))
    opening = draw(st.sampled_from([(), (_opening(own),)]))
    steps = draw(st.lists(_steps(details), min_size=FEWEST_STEPS, max_size=MOST_STEPS))
    signed_in = draw(st.sampled_from([None, None, None, str(own["customer_id"])]))
    channel = draw(st.sampled_from(["web", "web", "sms"]))
    return Walk(channel, signed_in, (*opening, *steps))


def _opening(own: Json) -> Step:
    """Return a message that opens an order at once; what follows an answer is half of it all."""
    return Step(f"where is my order {own['number']}, {own['contact']['email']}")


def _details(own: Json, other: Json) -> Details:
    numbers = [own["number"]] * 6 + [other["number"]] * 2 + [*UNKNOWN_NUMBERS]
    contacts = [*_contacts(own) * 3, *_contacts(other), *map(_entity, UNKNOWN_CONTACTS)]
    return Details(st.sampled_from(numbers), st.sampled_from(contacts))


def _contacts(order: Json) -> list[dict[str, str]]:
    contact = order["contact"]
    return [_entity(contact["email"]), _entity("0" + contact["phone"].removeprefix("+61"))]


def _entity(contact: str) -> dict[str, str]:
    return {"email" if "@" in contact else "phone": contact}


def _steps(details: Details) -> st.SearchStrategy[Step]:
    return st.one_of(
        _bare_intents(),
        _intents_with_details(details),
        _sentences(details),
        _sentences(details),
        _buttons(),
        _buttons(),
        _other_words(),
    )


def _bare_intents() -> st.SearchStrategy[Step]:
    return st.sampled_from(INTENTS).map(lambda intent: Step(payload=f"/{intent}"))


def _intents_with_details(details: Details) -> st.SearchStrategy[Step]:
    number = details.number.map(lambda value: {"order_number": value})
    tracking = st.sampled_from(TRACKING_NUMBERS).map(lambda value: {"tracking_number": value})
    both = st.tuples(number, details.contact).map(lambda pair: {**pair[0], **pair[1]})
    entities = st.one_of(number, details.contact, both, tracking)
    return st.builds(_with_entities, st.sampled_from(INTENTS), entities)


def _with_entities(intent: str, entities: dict[str, str]) -> Step:
    return Step(payload=f"/{intent}{json.dumps(entities)}")


def _sentences(details: Details) -> st.SearchStrategy[Step]:
    return st.builds(
        lambda sentence, number, contact, tracking: Step(
            sentence.format(number=number, contact=next(iter(contact.values())), tracking=tracking)
        ),
        st.sampled_from(SENTENCES),
        details.number,
        details.contact,
        st.sampled_from(TRACKING_NUMBERS),
    )


def _buttons() -> st.SearchStrategy[Step]:
    place = st.integers(min_value=0, max_value=5)
    return st.builds(Step, st.sampled_from(["yes", "no", "the second one"]), button=place)


def _other_words() -> st.SearchStrategy[Step]:
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    anything = st.text(letters, min_size=1, max_size=60)
    known = st.sampled_from(OTHER_WORDS)
    return st.one_of(known, known, known, anything).map(Step)
