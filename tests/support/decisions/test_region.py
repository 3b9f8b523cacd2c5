import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from support.decisions.region import Destination, PlaceName, destination_of
from support.places.localities import Remoteness
from support.places.regions import NO_REGIONS
from support.places.states import State

METRO, REGIONAL, REMOTE = Remoteness.METRO, Remoteness.REGIONAL, Remoteness.REMOTE


@pytest.mark.parametrize(
    ("place", "regions", "states"),
    [
        pytest.param(PlaceName("Geelong", "VIC", "3220"), [METRO], [State.VIC], id="whole"),
        pytest.param(PlaceName("DUBBO", "nsw", " 2830 "), [REGIONAL], [State.NSW], id="written"),
        pytest.param(PlaceName("Dubbo"), [REGIONAL], [State.NSW], id="suburb alone"),
        pytest.param(PlaceName("Perth"), [METRO], [State.WA], id="a capital"),
        pytest.param(PlaceName("Perth", "TAS"), [REGIONAL], [State.TAS], id="a capital's namesake"),
        pytest.param(PlaceName(postcode="6725"), [REMOTE], [State.WA], id="postcode alone"),
        pytest.param(
            PlaceName("Alice Springs", "Northern Territory", "870"), [REMOTE], [State.NT],
            id="a lost zero and the state's full name",
        ),
        pytest.param(
            PlaceName("Geelongg", "VIC", "3220"), [METRO], [State.VIC], id="misspelt suburb"
        ),
        pytest.param(
            PlaceName("Queanbeyan", "NSW", "2620"), [METRO], [State.NSW],
            id="the suburb settles an ambiguous postcode",
        ),
        pytest.param(
            PlaceName(None, "NSW", "2620"), [METRO, REGIONAL], [State.NSW],
            id="an ambiguous postcode",
        ),
        pytest.param(
            PlaceName(None, None, "2620"), [METRO, REGIONAL], [State.NSW, State.ACT],
            id="an ambiguous postcode in two states",
        ),
    ],
)  # fmt: skip
def test_a_place_has_the_regions_and_states_it_may_lie_in(
    place: PlaceName, regions: list[Remoteness], states: list[State]
):
    assert destination_of(place, NO_REGIONS) == Destination(tuple(regions), frozenset(states))


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(PlaceName(), id="nothing"),
        pytest.param(PlaceName("Neverwhere", "VIC"), id="unknown suburb"),
        pytest.param(PlaceName("Dubbo", "NSW", "0001"), id="unknown postcode"),
        pytest.param(PlaceName("Dubbo", "NSW", "D02"), id="no postcode"),
        pytest.param(PlaceName("Geelong", "WA", "3220"), id="the state contradicts"),
        pytest.param(PlaceName(None, "NSW"), id="a state alone"),
        pytest.param(PlaceName("Noida", None, "201301"), id="abroad"),
    ],
)
def test_what_is_unknown_has_no_region(place: PlaceName):
    assert destination_of(place, NO_REGIONS) is None


def test_a_name_of_several_places_may_be_any_of_them():
    richmond = destination_of(PlaceName("Richmond"), NO_REGIONS)

    assert richmond is not None
    assert len(richmond.regions) > 1
    assert {State.VIC, State.TAS} <= richmond.states


def test_the_retailers_own_region_comes_first():
    own = {"2830": METRO, "2620": REMOTE}

    assert destination_of(PlaceName("Dubbo", "NSW", "2830"), own) == Destination(
        (METRO,), frozenset({State.NSW})
    )
    assert destination_of(PlaceName("Dubbo"), own) == Destination((METRO,), frozenset({State.NSW}))
    settled = destination_of(PlaceName(None, "NSW", "2620"), own)
    assert settled is not None
    assert settled.regions == (REMOTE,)


def test_a_retailers_postcode_that_no_table_lists_has_the_state_that_is_written():
    own = {"9998": REMOTE}

    assert destination_of(PlaceName("New Town", "QLD", "9998"), own) == Destination(
        (REMOTE,), frozenset({State.QLD})
    )
    assert destination_of(PlaceName(postcode="9998"), own) == Destination((REMOTE,), frozenset())


@settings(deadline=None)  # the tables are read at first use
@given(postcode=some.from_regex(r"[0-9]{4}", fullmatch=True), region=some.sampled_from(Remoteness))
def test_a_postcode_of_the_retailer_is_never_ambiguous(postcode: str, region: Remoteness):
    found = destination_of(PlaceName(postcode=postcode), {postcode: region})

    assert found is not None
    assert found.regions == (region,)
