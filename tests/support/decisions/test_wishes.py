import pytest

from support.decisions.wishes import (
    asks_for_person,
    ends_updates,
    is_bare_stop,
    is_recipient,
    names_an_order,
)


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


@pytest.mark.parametrize(
    "text",
    [
        "stop telling me",
        "Stop the updates",
        "no more updates please",
        "stop sending me messages",
        "please stop texting me",
        "don't text me any more",
        "turn off the notifications",
        "unsubscribe",
        "opt out",
        "i dont want any more updates",
    ],
)
def test_the_wish_to_be_told_no_more_is_found_in_the_words(text: str) -> None:
    assert ends_updates(text)


@pytest.mark.parametrize(
    "text",
    [
        "stop telling me to wait and tell me where the parcel actually is",
        "stop telling me it's on its way",
        "stop",
        "when will you update me",
        "no updates on my request since saturday",
        "tell me when it ships",
        "any update?",
        "cancel my order",
    ],
)
def test_other_wishes_are_not_taken_for_it(text: str) -> None:
    assert not ends_updates(text)


@pytest.mark.parametrize(
    ("text", "bare"), [("STOP", True), ("stop please", True), ("stop my order", False)]
)
def test_a_bare_stop_is_told_from_one_that_says_what(text: str, bare: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_bare_stop(text) is bare


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("somebody sent me a gift, JDQ019457101000930308", True),
        ("my aunty posted me something, tracking is", True),
        ("i'm just the recipient", True),
        ("i didn't order it, its a present", True),
        ("track JDQ019457101000930308", False),
    ],
)
def test_who_did_not_order_it_is_known_by_the_words(text: str, recipient: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_recipient(text) is recipient
