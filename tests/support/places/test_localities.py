import pytest

from support.places.localities import (
    Locality,
    LocalityTable,
    Remoteness,
    localities,
    localities_named,
    localities_of,
    remoteness_of,
)
from support.places.states import State


@pytest.mark.parametrize(
    ("suburb", "postcode", "state", "remoteness"),
    [
        ("Geelong", "3220", State.VIC, Remoteness.METRO),
        ("Parramatta", "2150", State.NSW, Remoteness.METRO),
        ("Ballarat Central", "3350", State.VIC, Remoteness.REGIONAL),
        ("Hobart", "7000", State.TAS, Remoteness.REGIONAL),
        ("Broome", "6725", State.WA, Remoteness.REMOTE),
        ("Mount Isa", "4825", State.QLD, Remoteness.REMOTE),
        ("Avonsleigh", "3782", State.VIC, Remoteness.METRO),
    ],
)
def test_a_locality_has_a_state_and_a_remoteness(
    suburb: str, postcode: str, state: State, remoteness: Remoteness
):
    (found,) = [one for one in localities_named(suburb) if one.postcode == postcode]
    assert (found.state, found.remoteness) == (state, remoteness)


@pytest.mark.parametrize("written", ["mt gambier", "Mt. Gambier", "MOUNT GAMBIER", "Mount-Gambier"])
def test_a_name_is_found_however_it_is_written(written: str):
    assert {place.name for place in localities_named(written)} == {"Mount Gambier"}


def test_a_town_is_found_by_its_bare_name_where_only_its_centre_is_listed():
    places = localities_named("Gold Coast")
    assert {place.name for place in places} == {"Gold Coast"}
    assert "4217" in {place.postcode for place in places}


def test_a_name_in_several_states_is_ambiguous_until_the_state_is_said():
    assert len({place.state for place in localities_named("Richmond")}) > 1
    assert {place.postcode for place in localities_named("Richmond", State.VIC)} == {"3121"}


def test_all_localities_of_a_postcode_are_named():
    assert {"Geelong", "Newtown"} <= {place.name for place in localities_of("3220")}
    assert localities_of("0001") == ()


def test_a_remoteness_that_places_do_not_share_is_ambiguous():
    def place(remoteness: Remoteness | None) -> Locality:
        return Locality("Here", "1234", State.NSW, remoteness, None, is_ordinary_word=False)

    metro, regional = place(Remoteness.METRO), place(Remoteness.REGIONAL)
    assert remoteness_of([metro, metro]) is Remoteness.METRO
    assert remoteness_of([metro, regional]) is None
    assert remoteness_of([]) is None


def test_ordinary_words_are_marked():
    names = ("Orange", "Sale", "Banana", "Geelong", "Cairns")
    ordinary = [name for name in names if localities_named(name)[0].is_ordinary_word]
    assert ordinary == ["Orange", "Sale", "Banana"]


def test_the_table_is_complete():
    table = localities()
    assert table.longest_name <= 5
    assert {place.state for place in localities_of("0872")} >= {State.NT, State.SA, State.WA}
    assert isinstance(table, LocalityTable)
