"""How far a parcel is, and whether an address will do."""

import pytest

from support.decisions.address import (
    CAN_BE_ASKED,
    FINE,
    Doubt,
    Judgement,
    Stage,
    deed_of,
    judge,
    stage_of,
)
from support.decisions.identity import Deed
from support.decisions.parcel_states import ParcelState
from support.places.address_reading import address_in
from support.places.postal_address import Part, PostalAddress
from support.systems.orders.models import DeliveryMethod, Parcel
from tests.orders import parcel_json

HOME, STORE = DeliveryMethod.STANDARD, DeliveryMethod.CLICK_AND_COLLECT
UNSENT = {"carrier": None, "tracking_number": None, "dispatched_at": None}


def parcel(**different: object) -> Parcel:
    return Parcel.model_validate(parcel_json(**different))


def read(text: str) -> PostalAddress:
    address = address_in(text)
    assert address is not None
    return address


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (ParcelState.PROCESSING, Stage.NOT_DISPATCHED),
        (ParcelState.PICKING, Stage.NOT_DISPATCHED),
        (ParcelState.NOT_SCANNED_YET, Stage.WITH_CARRIER),
        (ParcelState.SHIPPED, Stage.WITH_CARRIER),
        (ParcelState.DELAYED, Stage.WITH_CARRIER),
        (ParcelState.ATTEMPTED, Stage.WITH_CARRIER),
        (ParcelState.HELD, Stage.WITH_CARRIER),
        (ParcelState.AWAITING_COLLECTION, Stage.WITH_CARRIER),
        (ParcelState.UNCLEAR, Stage.WITH_CARRIER),
        (ParcelState.OUT_FOR_DELIVERY, Stage.OUT_FOR_DELIVERY),
        (ParcelState.DELIVERED, Stage.DELIVERED),
        (ParcelState.RETURNED, Stage.COMING_BACK),
        (ParcelState.CANCELLED, Stage.OVER),
        (ParcelState.COLLECTED, Stage.OVER),
    ],
)
def test_how_far_a_parcel_is_follows_from_how_it_stands(state: ParcelState, stage: Stage) -> None:
    assert stage_of(parcel(), state, HOME) is stage


def test_every_state_has_a_stage() -> None:
    assert {stage_of(parcel(), state, HOME) for state in ParcelState} <= set(Stage)


def test_without_a_dispatch_an_unexplained_status_counts_as_not_sent() -> None:
    assert stage_of(parcel(**UNSENT), ParcelState.UNKNOWN, HOME) is Stage.NOT_DISPATCHED


def test_what_goes_to_a_store_goes_to_no_address() -> None:
    assert stage_of(parcel(), ParcelState.PROCESSING, STORE) is Stage.TO_STORE
    assert Stage.TO_STORE not in CAN_BE_ASKED


def test_after_dispatch_it_is_a_redirect() -> None:
    assert deed_of(Stage.NOT_DISPATCHED) is Deed.CHANGE_ADDRESS
    assert deed_of(Stage.WITH_CARRIER) is deed_of(Stage.OUT_FOR_DELIVERY) is Deed.REDIRECT


@pytest.mark.parametrize(
    ("text", "judgement"),
    [
        ("12 Smith St, Geelong VIC 3220", FINE),
        ("12 Smith St, Geelong", Judgement(Doubt.INCOMPLETE, (Part.STATE, Part.POSTCODE))),
        ("12 Smith St, Gelong VIC 3220", Judgement(Doubt.UNKNOWN_SUBURB)),
        ("12 Smith St, Geelong VIC 3999", Judgement(Doubt.UNKNOWN_POSTCODE)),
        ("12 Smith St, Geelong VIC 3121", Judgement(Doubt.OTHER_POSTCODE, listed=("3220",))),
        ("12 Smith St, Geelong NSW 3220", Judgement(Doubt.OTHER_STATE, listed=("VIC",))),
        ("12 Smith St, VIC 2067", Judgement(Doubt.OTHER_STATE, listed=("NSW",))),
        ("12 Smith St, Geelong QLD", Judgement(Doubt.OTHER_STATE, listed=("VIC",))),
    ],
)
def test_what_does_not_agree_or_is_missing_is_said_exactly(text: str, judgement: Judgement) -> None:
    assert judge(read(text)) == judgement


def test_nothing_given_is_asked_for() -> None:
    assert judge(PostalAddress()).doubt is Doubt.NOTHING_GIVEN


def test_post_boxes_are_refused_only_where_that_is_known() -> None:
    box = read("PO Box 12, Geelong VIC 3220")

    assert judge(box, no_boxes=True).doubt is Doubt.POST_BOX
    assert judge(box) == FINE


def test_the_address_on_the_order_is_no_new_one() -> None:
    current, again = read("12 Smith St Geelong 3220"), read("12 smith street geelong vic 3220")

    assert judge(again, current=current).doubt is Doubt.AS_BEFORE
    assert judge(read("Unit 4/12 Smith St Geelong 3220"), current=current) == FINE
