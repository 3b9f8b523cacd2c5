import pytest

from support.decisions.choice import picked, picked_earlier


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
        ("not the first one", ()),
        ("not the first, the third", (2,)),
        ("the second last one", ()),
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


@pytest.mark.parametrize(
    ("text", "parcels", "place"),
    [
        pytest.param("go back to the first one", 1, 0, id="by place"),
        pytest.param("the first order i gave you", 2, 0, id="an order, not a parcel"),
        pytest.param("and the other one?", 1, 1, id="the other, told last"),
        pytest.param("and the other one?", 2, None, id="could be the other parcel"),
        pytest.param("no, the other order", 2, 1, id="the other order"),
        pytest.param("back to the one before", 1, 1, id="the one before"),
        pytest.param("the previous order", 2, 1, id="the previous one"),
        pytest.param("the third one", 1, None, id="the present one"),
        pytest.param("that one", 1, None, id="nothing is picked"),
    ],
)
def test_an_order_told_about_before_the_present_third_one_is_picked(
    text: str, parcels: int, place: int | None
) -> None:
    assert picked_earlier(text, 3, current=2, parcels=parcels) == place


def test_there_is_no_earlier_order_of_one() -> None:
    assert picked_earlier("back to the other order", 1, current=0, parcels=1) is None


@pytest.mark.parametrize(
    "text", ["go back to the first one", "the other one", "the previous order"]
)
def test_from_an_order_that_could_not_be_told_about_one_goes_back_to_any(text: str) -> None:
    assert picked_earlier(text, 1, current=None, parcels=1) == 0
