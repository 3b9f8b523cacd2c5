"""What customers come for: their words, the orders it happens to, and when it is dealt with.

A problem is one entry of `PROBLEMS`. `completed` is put together from the rules of `outcomes`;
where the assistant learns to do more about a problem, its rule is changed here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from actions.questions import Question
from support.systems.cases.models import CaseKind
from support.systems.marketplace.models import TicketReason
from tests.simulation.outcomes import (
    Rule,
    all_of,
    any_of,
    case,
    every_date,
    every_status,
    once_asked,
    store_named,
    ticket,
    told,
)
from tests.simulation.problem_words import OF_PROBLEM, ProblemWords
from tests.simulation.stories import Story
from tests.simulation.words import Meaning

_ON_ITS_WAY: Final = (Story.MOVING, Story.OUT_FOR_DELIVERY, Story.DELAYED, Story.JUST_SENT)
_NOT_SENT: Final = (Story.PROCESSING, Story.PICKING)
_AT_CARRIER: Final = (Story.ATTEMPTED, Story.AWAITING_COLLECTION, Story.RETURNED)
_ARRIVED: Final = (Story.DELIVERED, Story.DELIVERED_TO_THE_CARRIER_ONLY)
_WHATEVER: Final = (Story.MOVING, Story.DELIVERED, Story.PROCESSING, Story.OUT_FOR_DELIVERY)


_REMEDIES: Final = (
    CaseKind.REFUND_REQUEST,
    CaseKind.RETURN_REQUEST,
    CaseKind.ALTERNATIVE_REQUEST,
)


@dataclass(frozen=True)
class Problem:
    """One kind of problem. `answers` says what is answered where it differs from the usual.

    `second` names the problem that "two problems" customers have besides. `case_before`: a case of
    this kind was opened before the conversation. `choice` is the button with which the assistant
    offers the problem where it is not sure.
    """

    name: str
    choice: str
    stories: tuple[Story, ...]
    completed: Rule
    companions: tuple[Story, ...] = ()
    answers: Mapping[Question, Meaning] = field(default_factory=dict)
    second: str = "where is it"
    case_before: CaseKind | None = None

    @property
    def words(self) -> ProblemWords:
        """How it is put."""
        return OF_PROBLEM[self.name]


PROBLEMS: Final = (
    Problem(
        "where is it",
        "utter_choice_track_order",
        (*_ON_ITS_WAY, *_NOT_SENT, *_AT_CARRIER, *_ARRIVED, Story.SELLER_SENT),
        every_status,
        companions=_WHATEVER,
        second="wants a person",
    ),
    Problem(
        "when will it come",
        "utter_choice_eta_question",
        (*_ON_ITS_WAY, *_NOT_SENT),
        every_date,
        companions=_ON_ITS_WAY,
    ),
    Problem(
        "tracking not moving",
        "utter_choice_tracking_not_updating",
        (Story.STUCK, Story.MOVING),
        any_of(
            told("utter_tracking_wait"),
            once_asked(
                Question.START_TRACE,
                case(CaseKind.STUCK_PARCEL),
                until_then=told("utter_tracking_stuck"),
            ),
        ),
    ),
    Problem(
        "no tracking",
        "utter_choice_no_tracking_info",
        (*_NOT_SENT, Story.JUST_SENT),
        any_of(
            told("utter_tracking_after_dispatch", "utter_parcel_tracking_not_found"),
            case(CaseKind.NOT_DISPATCHED),
        ),
    ),
    Problem(
        "late",
        "utter_choice_delivery_delayed",
        (Story.OVERDUE,),
        all_of(
            told("utter_parcel_overdue"),
            once_asked(
                Question.WHICH_REMEDY,
                case(*_REMEDIES),
                until_then=told("utter_delay_advice"),
            ),
        ),
        second="when will it come",
    ),
    Problem(
        "delivered, not here",
        "utter_choice_delivered_not_received",
        _ARRIVED,
        any_of(
            case(CaseKind.MISSING_PARCEL),
            told("utter_missing_parcel_wait", "utter_missing_parcel_found"),
        ),
        companions=(Story.MOVING, Story.DELIVERED),
    ),
    Problem(
        "collected, not by me",
        "utter_choice_delivered_not_received",
        (Story.STORE_COLLECTED,),
        any_of(case(CaseKind.STORE_CHECK), told("utter_missing_parcel_found")),
        answers={Question.ASKED_STORE: Meaning.STORE_HAS_NOT},
    ),
    Problem(
        "something missing or broken",
        "utter_choice_missing_item_or_damaged",
        _ARRIVED,
        once_asked(
            Question.REPORT_ITEMS,
            case(CaseKind.MISSING_ITEMS, CaseKind.DAMAGED_ITEMS),
            until_then=told("utter_missing_items_advice"),
        ),
    ),
    Problem(
        "wrong address, not sent",
        "utter_choice_wrong_address",
        _NOT_SENT,
        once_asked(
            Question.NEW_ADDRESS,
            case(CaseKind.ADDRESS_BEFORE_DISPATCH, with_new_address=True),
            until_then=told("utter_address_before_dispatch"),
        ),
    ),
    Problem(
        "wrong address, on its way",
        "utter_choice_wrong_address",
        (Story.MOVING, Story.OUT_FOR_DELIVERY),
        once_asked(
            Question.NEW_ADDRESS,
            case(CaseKind.CARRIER_REDIRECT, with_new_address=True),
            until_then=told("utter_address_after_dispatch"),
        ),
    ),
    Problem(
        "Marketplace seller",
        "utter_choice_marketplace_order",
        (Story.SELLER_PROCESSING, Story.SELLER_SENT),
        any_of(
            told("utter_marketplace_advice"),
            ticket(TicketReason.WHERE_IS_IT, TicketReason.LATE, TicketReason.OTHER),
        ),
    ),
    Problem(
        "Marketplace, not here",
        "utter_choice_delivered_not_received",
        (Story.SELLER_DELIVERED,),
        ticket(TicketReason.NOT_RECEIVED),
    ),
    Problem(
        "Click & Collect",
        "utter_choice_click_and_collect",
        (Story.STORE_READY, Story.STORE_PROCESSING, Story.STORE_PICKING),
        all_of(every_status, store_named),
    ),
    Problem(
        "what about my case",
        "utter_choice_case_status",
        _ARRIVED,
        any_of(told("utter_case_status"), case(CaseKind.MISSING_PARCEL)),
        case_before=CaseKind.MISSING_PARCEL,
    ),
    Problem(
        "wants a person",
        "utter_choice_request_human",
        _WHATEVER,
        told("utter_request_human", "utter_request_human_with_order", "utter_person_too"),
    ),
)
BY_NAME: Final = {one.name: one for one in PROBLEMS}
