import pytest

from support.decisions.journey import Step, journey_of
from support.decisions.parcel_states import ParcelState

OFF_THE_WAY = {
    ParcelState.CANCELLED,
    ParcelState.FAILED,
    ParcelState.RETURNED,
    ParcelState.BOOKING_CANCELLED,
    ParcelState.UNCLEAR,
    ParcelState.UNKNOWN,
}
IN_STORE_ONLY = {ParcelState.READY_TO_COLLECT, ParcelState.COLLECTED}


@pytest.mark.parametrize("state", sorted(set(ParcelState) - OFF_THE_WAY - IN_STORE_ONLY))
def test_a_parcel_that_comes_home_is_on_a_step_of_its_way(state: ParcelState):
    assert journey_of(state, collected=False).reached is not None


@pytest.mark.parametrize("collected", [False, True])
@pytest.mark.parametrize("state", sorted(OFF_THE_WAY))
def test_a_parcel_off_the_way_is_on_no_step(state: ParcelState, *, collected: bool):
    assert journey_of(state, collected=collected).as_json()["reached"] == 0


@pytest.mark.parametrize(
    ("state", "collected", "reached"),
    [
        (ParcelState.PROCESSING, False, 1),
        (ParcelState.ATTEMPTED, False, 4),
        (ParcelState.DELIVERED, False, 5),
        (ParcelState.DELIVERED, True, 2),
        (ParcelState.READY_TO_COLLECT, True, 3),
        (ParcelState.COLLECTED, True, 4),
    ],
)
def test_so_many_steps_are_behind_it(state: ParcelState, *, collected: bool, reached: int):
    assert journey_of(state, collected=collected).as_json()["reached"] == reached


def test_what_does_not_simply_go_on_needs_attention():
    attempted = journey_of(ParcelState.ATTEMPTED, collected=False)
    assert (attempted.needs_attention, attempted.reached) == (True, Step.OUT_FOR_DELIVERY)
    assert not journey_of(ParcelState.SHIPPED, collected=False).needs_attention
