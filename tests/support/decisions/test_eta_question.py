import pytest

from support.decisions.eta_question import (
    Asked,
    asked_about,
    is_about_target,
    method_asked,
    places_asked,
)
from support.decisions.region import PlaceName
from support.systems.orders.models import DeliveryMethod


@pytest.mark.parametrize(
    "text",
    [
        "when will my order come",
        "when's it coming",
        "so when do i get it",
        "is it coming today",
        "will it be here by friday",
        "what time will they come",
        "when will the second one come",
        "how long until my parcel gets here",
        "I ordered a lamp on Monday, how long does delivery take",
        "how much longer for the package I've been waiting for",
        "ETA on this",
        "will my delivery get to Dubbo by Friday",
    ],
)
@pytest.mark.parametrize("knows_order", [True, False])
def test_an_order_of_their_own_is_asked_about(text: str, *, knows_order: bool):
    assert asked_about(text, knows_order=knows_order, names_place=False) is Asked.ORDER


@pytest.mark.parametrize(
    "text",
    [
        "how long does delivery take",
        "how many business days does standard take",
        "how fast is express",
        "if i order today when will it come",
        "when would i get it if i ordered right now",
        "if I buy it now will it be here before christmas",
        "what are your delivery timeframes",
        "hw long does dlivery take",
        "delivery times",
    ],
)
@pytest.mark.parametrize("knows_order", [True, False])
def test_delivery_at_large_is_asked_about(text: str, *, knows_order: bool):
    asked = asked_about(text, knows_order=knows_order, names_place=False)
    with_place = asked_about(text, knows_order=knows_order, names_place=True)

    assert (asked, with_place) == (Asked.EVERYWHERE, Asked.PLACE)


@pytest.mark.parametrize("text", ["how long", "ok so how long then??", "how much longer"])
def test_a_bare_how_long_is_about_the_order_that_is_spoken_of(text: str):
    assert asked_about(text, knows_order=True, names_place=False) is Asked.ORDER
    assert asked_about("how long", knows_order=False, names_place=False) is Asked.EVERYWHERE


@pytest.mark.parametrize("text", ["eta?", "do you deliver on weekends", "Timing please"])
def test_what_says_neither_is_about_the_order_that_is_spoken_of(text: str):
    assert asked_about(text, knows_order=True, names_place=False) is Asked.ORDER
    assert asked_about(text, knows_order=False, names_place=False) is Asked.EVERYWHERE


@pytest.mark.parametrize("text", ["How long does it take to get here?", "how long will it be"])
def test_how_long_it_takes_is_about_the_order_that_is_spoken_of(text: str):
    assert asked_about(text, knows_order=True, names_place=False) is Asked.ORDER
    assert asked_about(text, knows_order=True, names_place=True) is Asked.PLACE
    assert asked_about(text, knows_order=False, names_place=False) is Asked.EVERYWHERE


@pytest.mark.parametrize("text", ["eta for Bundaberg", "when will it get to Dubbo"])
def test_a_place_is_asked_about_where_no_order_is_known(text: str):
    assert asked_about(text, knows_order=False, names_place=True) is Asked.PLACE
    assert asked_about(text, knows_order=True, names_place=True) is Asked.ORDER


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("how fast is Express to Sydney", DeliveryMethod.EXPRESS),
        ("do you do overnight", DeliveryMethod.EXPRESS),
        ("how long is delivery", DeliveryMethod.STANDARD),
    ],
)
def test_express_is_asked_about_where_it_is_named(text: str, method: DeliveryMethod):
    assert method_asked(text) is method


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("how long does Target take to deliver", True),
        ("@TargetAus how long to Darwin", True),
        ("what's the target date for delivery", False),
        ("how long does kmart take", False),
    ],
)
def test_target_is_told_apart(text: str, *, target: bool):
    assert is_about_target(text) is target


def test_a_postcode_goes_with_the_suburb_it_belongs_to():
    places = places_asked("to Dubbo 2830", [PlaceName("Dubbo", "NSW")], ["2830"])

    assert places == (PlaceName("Dubbo", "NSW", "2830"),)


def test_a_postcode_of_another_place_is_a_place_of_its_own():
    places = places_asked("to Dubbo or 3220", [PlaceName("Dubbo", "NSW")], ["3220"])

    assert places == (PlaceName("Dubbo", "NSW"), PlaceName(postcode="3220"))


@pytest.mark.parametrize(
    "text",
    [
        "how long from Melbourne to Dubbo",
        "how many days from your Melbourne warehouse to Dubbo",
        "to Dubbo, from the Kmart Melbourne store",
    ],
)
def test_where_it_comes_from_is_not_asked_about(text: str):
    places = places_asked(text, [PlaceName("Melbourne", "VIC"), PlaceName("Dubbo", "NSW")], [])

    assert places == (PlaceName("Dubbo", "NSW"),)


def test_a_place_that_is_only_said_to_be_left_is_asked_about_after_all():
    places = places_asked("I'm from Dubbo, how long?", [PlaceName("Dubbo", "NSW")], [])

    assert places == (PlaceName("Dubbo", "NSW"),)


@pytest.mark.parametrize(
    ("place", "spoken"),
    [(PlaceName("Dubbo", "NSW", "2830"), "Dubbo NSW 2830"), (PlaceName(postcode="3220"), "3220")],
)
def test_a_place_is_said_as_it_is_written(place: PlaceName, spoken: str):
    assert place.spoken == spoken


@pytest.mark.parametrize("text", ["how long till the dog bed", "how much longer until the lamp"])
def test_how_long_until_something_means_the_order_that_is_known(text: str):
    assert asked_about(text, knows_order=True, names_place=False) is Asked.ORDER
    assert asked_about(text, knows_order=False, names_place=False) is Asked.EVERYWHERE


@pytest.mark.parametrize(
    "text", ["how long till you deliver to perth", "how long until i can order"]
)
def test_how_long_until_you_do_something_does_not(text: str):
    assert asked_about(text, knows_order=True, names_place=False) is Asked.EVERYWHERE
