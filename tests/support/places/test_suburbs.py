import pytest

from support.places.states import State, state_named
from support.places.suburbs import suburbs_in


def names(text: str) -> list[str]:
    return [found.name for found in suburbs_in(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my parcel is stuck in Geelong", "Geelong"),
        ("its sitting at dandenong south since thurs", "Dandenong South"),
        ("how long to ballarat?", "Ballarat"),
        ("been near Wodonga for days", "Wodonga"),
        ("kmart toowoomba said they dont have it", "Toowoomba"),
        ("the bendigo store rang me", "Bendigo"),
        ("still in the moorebank depot", "Moorebank"),
        ("scanned at chullora sorting facility", "Chullora"),
        ("geelong", "Geelong"),
        ("it's Geelong thanks", "Geelong"),
        ("I live in Orange and its late", "Orange"),
        ("I live in reservoir mate", "Reservoir"),
        ("we moved to sale last month", "Sale"),
        ("suburb is Banana", "Banana"),
        ("Orange NSW", "Orange"),
        ("sale vic", "Sale"),
        ("Home Hill QLD 4806", "Home Hill"),
        ("to hope valley 5090", "Hope Valley"),
        ("12 smith st sale", "Sale"),
        ("unit 3/45 Old Mill Rd, Penguin", "Penguin"),
        ("going to surfers paradise", "Surfers Paradise"),
        ("my Surfers Paradise address", "Surfers Paradise"),
        ("posted to Mt. Gambier", "Mount Gambier"),
        ("stuck at St Kilda", "St Kilda"),
        ("over to wagga", "Wagga Wagga"),
        ("gone to brissy instead of melb", "Brisbane"),
        ("why is it in radelaide", "Adelaide"),
        ("it flew past the goldie", "Gold Coast"),
        ("its gone to syd", "Sydney"),
        ("from perth", "Perth"),
        ("I'm near Woy Woy", "Woy Woy"),
        ("still in kippa-ring", "Kippa-Ring"),
        ("Brisbane parcels are late", "Brisbane"),
    ],
)
def test_a_place_is_found_where_something_says_so(text: str, name: str):
    assert names(text)[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "the orange kettle is on sale",
        "what a surprise",
        "nowhere to be found",
        "a banana, a cardigan and a sedan",
        "is it in the reservoir",
        "Sale",
        "put it in March please",
        "did they forget to act",
        "tell Alice",
        "sent it to Ashley",
        "from Gordon to Harriet",
        "good night",
        "Good Night Kmart",
        "at the entrance of the unit",
        "in the gap behind the bin",
        "my Melbourne Cup hat",
        "12 Geelong Rd",
        "corner of Geelong Rd",
        "in orange or grey",
        "no success with the driver",
        "to my home in the meantime",
        "paid full price",
        "I need some speed here",
        "at short notice",
        "in the wall of the garage",
        "a big thank you to you all",
    ],
)
def test_an_ordinary_word_is_no_place(text: str):
    assert names(text) == []


def test_a_place_says_which_state_and_postcode_stand_beside_it():
    (found,) = suburbs_in("live in Richmond, VIC 3121 now")
    assert (found.state, found.postcode) == (State.VIC, "3121")
    (found,) = suburbs_in("going to Richmond")
    assert (found.state, found.postcode) == (None, None)
    (found,) = suburbs_in("going to Wodonga")
    assert found.state is State.VIC
    (found,) = suburbs_in("going to richmond 3121")
    assert found.state is State.VIC


def test_two_places_are_two():
    assert names("it went from Alice Springs to Darwin") == ["Alice Springs", "Darwin"]


def test_a_place_says_where_it_stands():
    text = "to mt gambier please"
    (found,) = suburbs_in(text)
    assert text[found.start : found.end] == "mt gambier"


@pytest.mark.parametrize(
    ("name", "state"),
    [("Tassie", State.TAS), ("new  south wales", State.NSW), ("n.t", None), ("QLD", State.QLD)],
)
def test_states_have_several_names(name: str, state: State | None):
    assert state_named(name) is state
