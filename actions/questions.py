"""Questions that a procedure asks one at a time, and what is kept while one of them is open.

"Is it anywhere on your property?" is asked in one turn and answered in a later one, perhaps after
something else. Until then the slot `matter` holds which question is open, and what it is about.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Self

from actions.topics import Topic
from support.ids import OrderNumber, ParcelId

MOST_TIMES: Final = 3
"""A question is put this often at the most."""


class Question(StrEnum):
    """What is asked. The wording is in data/responses, the table in `actions.question_wording`."""

    # which of several parcels
    WHICH_PARCEL = "which_parcel"
    # identity: the one-time code
    CODE = "code"
    # missing parcel
    LOOKED_AROUND = "looked_around"
    ASKED_PEOPLE = "asked_people"
    CARD_LEFT = "card_left"
    ASKED_STORE = "asked_store"
    START_INVESTIGATION = "start_investigation"
    START_STORE_CHECK = "start_store_check"
    # missing or damaged items
    WHICH_ITEMS = "which_items"
    WHICH_ITEM_PROBLEM = "which_item_problem"
    REPORT_ITEMS = "report_items"
    # tracking
    START_TRACE = "start_trace"
    CHECK_DISPATCH = "check_dispatch"
    WHICH_CARRIER = "which_carrier"
    # delay
    WHICH_REMEDY = "which_remedy"
    SEND_REQUEST = "send_request"
    # address
    NEW_ADDRESS = "new_address"
    CONFIRM_ADDRESS = "confirm_address"
    # Marketplace
    WHICH_SELLER = "which_seller"
    OPEN_TICKET = "open_ticket"
    ESCALATE_TICKET = "escalate_ticket"
    # Click & Collect
    CONTACT_RIGHT = "contact_right"
    RESEND_MESSAGE = "resend_message"
    ASK_EXTENSION = "ask_extension"
    # a case that is taken back
    TAKE_BACK = "take_back"
    # being told when something changes
    TELL_ME = "tell_me"


_ON_OFFER: Final = "on_offer"
BUTTONS: Final = "buttons"
"""The note that holds the buttons of a question whose choices are the order's own."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What an open question is about; no order where only a tracking number is known.

    `done` names what has been dealt with and is not asked again, `noted` holds what was answered,
    as plain words.
    """

    question: Question
    topic: Topic
    order_number: OrderNumber | None = None
    parcel_id: ParcelId | None = None
    times_asked: int = 1
    done: frozenset[str] = frozenset()
    noted: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, slot: object) -> Self | None:
        """Return what the slot holds; None where it is unset or of an earlier version's shape."""
        if not isinstance(slot, dict):
            return None
        try:
            return cls(
                question=Question(slot["question"]),
                topic=Topic(slot["topic"]),
                order_number=OrderNumber(number) if (number := slot.get("order_number")) else None,
                parcel_id=ParcelId(slot["parcel_id"]) if slot.get("parcel_id") else None,
                times_asked=int(slot.get("times_asked", 1)),
                done=frozenset(slot.get("done") or ()),
                noted=dict(slot.get("noted") or {}),
            )
        except (KeyError, ValueError, TypeError):
            return None

    def written(self) -> dict[str, Any]:
        """Return the slot's value."""
        return {
            "question": self.question.value,
            "topic": self.topic.value,
            "order_number": self.order_number,
            "parcel_id": self.parcel_id,
            "times_asked": self.times_asked,
            "done": sorted(self.done),
            "noted": dict(self.noted),
        }

    def ask(self, question: Question, **noted: str) -> "Matter":
        """Return this matter with another question open, and what has been answered noted."""
        kept = {name: said for name, said in self.noted.items() if name not in {_ON_OFFER, BUTTONS}}
        return replace(self, question=question, times_asked=1, noted={**kept, **noted})

    @property
    def on_offer(self) -> Collection[str] | None:
        """The answers that may be pressed, where not all of the question's are."""
        named = self.noted.get(_ON_OFFER)
        return named.split(",") if named else None

    def offering(self, *answers: str) -> "Matter":
        """Return this matter with only these answers on offer."""
        return replace(self, noted={**self.noted, _ON_OFFER: ",".join(answers)})

    def with_done(self, *names: str) -> "Matter":
        """Return this matter with more of it dealt with."""
        return replace(self, done=self.done | set(names))

    def about(self, parcel_id: ParcelId) -> "Matter":
        """Return this matter about one parcel."""
        return replace(self, parcel_id=parcel_id)

    def put_aside(self) -> "Matter":
        """Return this matter as one that is not asked about again, but may still be answered."""
        return replace(self, times_asked=MOST_TIMES)

    def again(self) -> "Matter":
        """Return this matter with the same question asked once more."""
        return replace(self, times_asked=self.times_asked + 1)
