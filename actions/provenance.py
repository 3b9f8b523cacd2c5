"""Where what fills a text's places comes from, where it is not a fact.

Whatever is not named here is stated, and only a `Fact` can be stated: it carries its evidence. A
`Say` that fills such a place with anything else cannot be made (`Unproven`).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from actions.responses import ResponseKey


class Origin(StrEnum):
    """Where words come from that claim nothing about an order."""

    CUSTOMER = "customer"
    """Their own: what they typed, or gave to identify the order or a parcel."""
    COUNT = "count"
    """How many there are of what is being told, and which of them this is."""
    SHAPE = "shape"
    """What the shape of a number that they gave says: whose it may be, and that carrier's page."""
    OURS = "ours"
    """The name of something that is asked for."""


class Unproven(Exception):
    """Something would have been stated without anybody to have said it."""

    def __init__(self, key: ResponseKey, place: str) -> None:
        super().__init__(f"{key} states {{{place}}}, which is no fact.")


_PARCEL: Final = {"position": Origin.COUNT, "count": Origin.COUNT}
_PLACE: Final = {
    "suburb": Origin.CUSTOMER,
    "state": Origin.CUSTOMER,
    "postcode": Origin.CUSTOMER,
}
_SHAPE: Final = {
    "tracking_number": Origin.CUSTOMER,
    "carrier": Origin.SHAPE,
    "link": Origin.SHAPE,
}
_ADDRESS: Final = {"address": Origin.CUSTOMER}
_NUMBER: Final = {"order_number": Origin.CUSTOMER}

WORDS: Final[Mapping[ResponseKey, Mapping[str, Origin]]] = {
    ResponseKey.PARCEL_TITLE: _PARCEL,
    ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS: _PARCEL,
    ResponseKey.DETAIL_ITEMS: _PARCEL,
    ResponseKey.DETAIL_ONLY_ITEM: _PARCEL,
    ResponseKey.DETAIL_PARCEL: _PARCEL,
    ResponseKey.DETAIL_PARCEL_WITHOUT_ITEMS: _PARCEL,
    ResponseKey.DETAIL_ITEM: _PARCEL,
    ResponseKey.DETAIL_ITEM_NOT_ON_ORDER: {"item": Origin.CUSTOMER},
    ResponseKey.CASE_MORE: {"count": Origin.COUNT},
    ResponseKey.CASE_NONE: _NUMBER,
    ResponseKey.CASE_OTHER_REFERENCE: {"reference": Origin.CUSTOMER, **_NUMBER},
    ResponseKey.CASE_WHOSE: {"reference": Origin.CUSTOMER},
    ResponseKey.CODE_KEEPS_ADDRESS: {"address": Origin.CUSTOMER},
    ResponseKey.CODE_WRONG: {"left": Origin.COUNT},
    ResponseKey.FOLLOWING: _NUMBER,
    ResponseKey.REQUEST_HUMAN_WITH_ORDER: _NUMBER,
    ResponseKey.COMPLAINT_WITH_ORDER: _NUMBER,
    ResponseKey.GIVEN_BACK_WITH_ORDER: _NUMBER,
    ResponseKey.OTHER_ORDER_NOT_MATCHED: {"order_numbers": Origin.CUSTOMER},
    ResponseKey.ASK_ADDRESS_PARTS: {"parts": Origin.OURS, **_ADDRESS},
    ResponseKey.ASK_CONFIRM_ADDRESS: _ADDRESS,
    ResponseKey.ADDRESS_AS_BEFORE: _ADDRESS,
    ResponseKey.ADDRESS_ASKED_FULFILMENT: _ADDRESS,
    ResponseKey.ADDRESS_ASKED_CARRIER: _ADDRESS,
    ResponseKey.ADDRESS_UNKNOWN_POSTCODE: _PLACE,
    ResponseKey.ADDRESS_UNKNOWN_SUBURB: _PLACE,
    ResponseKey.ADDRESS_OTHER_POSTCODE: _PLACE,
    ResponseKey.ADDRESS_OTHER_STATE: _PLACE,
    ResponseKey.ADDRESS_LISTED_POSTCODES: _PLACE,
    ResponseKey.ADDRESS_LISTED_STATE: _PLACE,
    ResponseKey.ETA_PLACE: {"place": Origin.CUSTOMER},
    ResponseKey.ETA_PLACE_AMBIGUOUS: {"place": Origin.CUSTOMER},
    ResponseKey.ETA_PLACE_UNKNOWN: {"place": Origin.CUSTOMER},
    ResponseKey.TRACKING_CHECK_DIGIT: _SHAPE,
    ResponseKey.TRACKING_NUMBER_UNKNOWN_SHAPE: _SHAPE,
    ResponseKey.TRACKING_LINK: _SHAPE,
    ResponseKey.TRACKING_LINKS: {
        **_SHAPE,
        "other_carrier": Origin.SHAPE,
        "other_link": Origin.SHAPE,
    },
    ResponseKey.TRACKING_AT_CARRIER: _SHAPE,
    ResponseKey.TRACKING_AT_CARRIER_WITHOUT_LINK: _SHAPE,
    ResponseKey.ASK_WHICH_CARRIER: {"tracking_number": Origin.CUSTOMER, "carriers": Origin.SHAPE},
    ResponseKey.ANSWER_CARRIER: {"carrier": Origin.SHAPE},
    ResponseKey.TRACKING_NUMBER_NOT_ON_ORDER: {"tracking_number": Origin.CUSTOMER},
}
"""By response key, what is not stated in it."""

FILLED_BY_RASA: Final[Mapping[str, Mapping[str, Origin]]] = {
    "utter_ask_identity_form_contact": _NUMBER,
}
"""Texts that Rasa itself says, in a form, and fills from the slot of the same name."""


def check_words(key: ResponseKey, words: Collection[str]) -> None:
    """Raise `Unproven` where words would fill a place in which something is stated."""
    for place in words:
        if place not in WORDS.get(key, ()):
            raise Unproven(key, place)
