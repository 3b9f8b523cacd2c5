import pytest

from support.decisions.choice import picked


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("the first one", (0,)),
        ("1st", (0,)),
        ("the second one please", (1,)),
        ("2", (1,)),
        ("parcel two", (1,)),
        ("umm the third i think", (2,)),
        ("last one", (2,)),
        ("the older one", (0,)),
        ("newest", (2,)),
        ("both", (0, 1, 2)),
        ("all of them", (0, 1, 2)),
        ("the other one", (1, 2)),
        ("parcel 2 then", (1,)),
        ("ill go with the first", (0,)),
        ("the first one and the third one", (0, 2)),
        ("neither", ()),
        ("the fourth one", ()),
        ("dunno", ()),
        ("that one", ()),
    ],
)
def test_words_pick_places_of_a_list_of_three(text: str, places: tuple[int, ...]) -> None:
    assert picked(text, 3) == places


def test_the_other_one_is_not_the_one_spoken_of_last() -> None:
    assert picked("what about the other one", 2, current=1) == (0,)


def test_there_is_no_other_one_of_one() -> None:
    assert picked("the other one", 1) == ()


@pytest.mark.parametrize(("text", "places"), [("the older one", (1,)), ("the latest", (0,))])
def test_age_counts_the_other_way_where_the_newest_comes_first(
    text: str, places: tuple[int, ...]
) -> None:
    assert picked(text, 2, newest_first=True) == places
