"""What holds after every message of every conversation, whatever was said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from support.knowledge.library import Library
from tests.details import NEVER, UNFINISHED, asked_again
from tests.truth import Truth, states_something, times_in
from tests.walks.conversation import Conversation, Exchange
from tests.walks.steps import TRACKING_NUMBERS, UNKNOWN_NUMBERS
from tests.wordings import worded

LONGEST_TURN_SECONDS = 2.0
PUBLISHED = frozenset(
    claim.source for entry in Library.read().entries.values() for claim in entry.claims
)
SOURCES = PUBLISHED | {"Kmart order system", "Target order system", "Australia Post", "StarTrack"}
CARRIERS = ("Australia Post", "StarTrack", "CouriersPlease")
RUNNING = 3
_WORKED_OUT = re.compile(r"^.*\b(?:published|until|to go by)\b.*$", re.MULTILINE)
"""Times that follow from published ones: tests/simulation works them out."""
GIVEN = {
    "number": re.compile(rf"\b(4102003\d\d|{'|'.join(UNKNOWN_NUMBERS)})\b"),
    "contact": re.compile(r"\b[a-z]+@example\.com\b|\b04\d{8}\b"),
}
MAY_REPEAT = worded(
    "utter_identity_limited", "utter_stopped", "utter_distress", "utter_thanks", "utter_goodbye"
)
"""Said as often as there is cause: nothing is asked in these."""


@dataclass(frozen=True)
class World:
    """The demo orders as they are, to hold replies against."""

    orders: Sequence[Truth]

    def opened(self, conversation: Conversation) -> list[Truth]:
        """Return the orders that may be told about: named with their contact, or one's own."""
        said = _said(conversation)
        own = conversation.walk.signed_in_as
        return [one for one in self.orders if one.is_opened_by(said) or one.customer_id == own]

    def names(self) -> frozenset[str]:
        """Return every name in any order."""
        return frozenset(name for one in self.orders for name in one.names)


def problems(conversation: Conversation, world: World) -> list[str]:
    """Return what is wrong with the newest reply; nothing, where all is well."""
    last = conversation.exchanges[-1]
    found = [
        *_silence(last),
        *_slowness(last),
        *_repeated_questions(conversation),
        *_repeated_replies(conversation),
        *_secrets(conversation, world),
        *_unproven(conversation, world),
        *_bad_buttons(last),
    ]
    return list(dict.fromkeys(found))


def _silence(last: Exchange) -> Iterable[str]:
    if not last.text.strip():
        yield "silence"
    if NEVER.search(last.text):
        yield "an apology for trouble, though nothing is down"
    if UNFINISHED.search(last.text):
        yield "a template, a key or a missing value shows"


def _slowness(last: Exchange) -> Iterable[str]:
    if last.seconds > LONGEST_TURN_SECONDS:
        yield f"took {last.seconds:.2f} s"


def _repeated_questions(conversation: Conversation) -> Iterable[str]:
    exchanges = conversation.exchanges
    yield from asked_again(exchanges, GIVEN, exchanges[-1].text)


def _repeated_replies(conversation: Conversation) -> Iterable[str]:
    latest = conversation.exchanges[-RUNNING:]
    same = len({exchange.text for exchange in latest}) == 1
    others = len({exchange.said for exchange in latest}) == RUNNING
    proven = any(message.evidence for message in latest[-1].messages)
    if same and others and not proven and not MAY_REPEAT.search(latest[-1].text):
        yield "the same words for the third time running"


def _secrets(conversation: Conversation, world: World) -> Iterable[str]:
    """Yield what is told of orders that this customer may not hear about."""
    opened, said = world.opened(conversation), _said(conversation)
    text = conversation.exchanges[-1].text
    # "Geelong" is a suburb of one order, and part of another one's store.
    harmless = "\n".join([said, *(name for one in opened for name in one.names)])
    told = {name for name in world.names() if name in text and name not in harmless}
    numbers = {one.number for one in world.orders if one not in opened}
    told |= {number for number in numbers if number in text and number not in said}
    if not opened and not any(number in said for number in TRACKING_NUMBERS):
        told |= {carrier for carrier in CARRIERS if carrier in text}
    yield from (f"gives away {name!r}" for name in sorted(told))


def _unproven(conversation: Conversation, world: World) -> Iterable[str]:
    """Yield claims that have no evidence, and times that stand in no opened order."""
    opened = world.opened(conversation)
    said = _said(conversation)
    names = {name for one in opened for name in one.names if name not in said}
    followed = [one for one in world.orders if _is_followed(one, said)]
    times = {time for one in (*opened, *followed) for time in one.times}
    for message in conversation.exchanges[-1].messages:
        sources = {note.source for note in message.evidence}
        if states_something(message.text, names) and not sources:
            yield f"no evidence for {message.text!r}"
        if (sources and not opened and not followed) or sources - SOURCES:
            yield f"evidence from {sorted(sources)} for {message.text!r}"
        if wrong := times_in(_WORKED_OUT.sub("", message.text)) - times:
            yield f"times that are nowhere in the order: {sorted(wrong)}"


def _is_followed(one: Truth, said: str) -> bool:
    """Say whether one of an order's tracking numbers was given: whoever has it may follow it."""
    return any(number in said for number in TRACKING_NUMBERS if number in one.names)


def _bad_buttons(last: Exchange) -> Iterable[str]:
    for button in last.buttons:
        if not button.title.strip() or not button.payload.startswith("/"):
            yield f"a button that does nothing: {button}"


def _said(conversation: Conversation) -> str:
    return "\n".join(exchange.said for exchange in conversation.exchanges)
