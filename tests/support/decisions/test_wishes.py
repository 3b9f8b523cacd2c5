import pytest

from support.decisions.wishes import asks_for_person, names_an_order


@pytest.mark.parametrize(
    "text",
    [
        "it's not here, can I talk to someone",
        "nothing here and i want a manager",
        "where is it and can someone call me",
        "hasn't moved in a week, get me a human",
        "smashed. i want to speak with a real person",
    ],
)
def test_a_wish_for_a_person_is_known_by_its_words(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    ["where is my order", "i talked to someone yesterday", "who signed for it", "is a person home"],
)
def test_other_words_wish_for_nobody(text: str) -> None:
    assert not asks_for_person(text)


def test_an_order_is_known_by_its_words() -> None:
    assert names_an_order("the box came smashed")
    assert not names_an_order("can i talk to somebody please")
