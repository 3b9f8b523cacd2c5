import pytest

from support.mentions.choices import choices_in


def choices(text: str) -> list[str]:
    return [found.value for found in choices_in(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the second one", ["2"]),
        ("2nd one pls", ["2"]),
        ("first", ["1"]),
        ("the first order please", ["1"]),
        ("um the third", ["3"]),
        ("third parcel", ["3"]),
        ("2", ["2"]),
        ("#3", ["3"]),
        ("2 thanks", ["2"]),
        ("number two", ["2"]),
        ("option 1", ["1"]),
        ("last", ["last"]),
        ("the last one mate", ["last"]),
        ("my last order hasnt come", ["newest"]),
        ("the older one", ["oldest"]),
        ("the most recent order", ["newest"]),
        ("latest", ["newest"]),
        ("no the other one", ["other"]),
        ("both", ["both"]),
        ("both of them thanks", ["both"]),
        ("all of them", ["all"]),
        ("all three", ["all"]),
        ("all of em", ["all"]),
        ("everything", ["all"]),
        ("none of those", ["none"]),
        ("neither", ["none"]),
        ("first and third", ["1", "3"]),
        ("not the first one the second one", ["2"]),
        ("the second one, not the first one", ["2"]),
        ("nah not my last order, the older one", ["oldest"]),
    ],
)
def test_a_choice_is_found(text: str, values: list[str]):
    assert choices(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "first of all where is it",
        "not the first one",
        "the second last one",
        "second to last order",
        "it came last week",
        "second time i've asked",
        "we both waited",
        "2 parcels",
        "house number 5",
        "unit number 3",
        "no one came",
        "at first it said delivered",
        "all good",
        "one of them arrived",
        "on the 2nd",
    ],
)
def test_other_ordinals_choose_nothing(text: str):
    assert choices(text) == []
