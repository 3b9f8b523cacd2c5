import pytest

from support.decisions.about_order import (
    asks_about_its_end,
    asks_to_hold,
    asks_what_that_means,
)


@pytest.mark.parametrize(
    "text",
    [
        "why was my order cancelled",
        "WHY IS IT CANCELLED???",
        "you cancelled my order",
        "it says canceled",
        "how come my parcel got cancelled",
        "it went back to sender??",
        "tracking says returned to sender",
        "why is it going back to kmart",
        "was it cancelled by kmart",
        "i never cancelled it!!",
        "we didnt cancel anything",
        "nobody asked for it to be cancelled",
        "why did u send it back",
        "how come it's going back",
        "my order was returned why",
        "why is it being returned",
    ],
)
def test_questions_about_how_an_order_ended(text: str):
    assert asks_about_its_end(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order",
        "i want to cancel",
        "can i cancel it",
        "how do i cancel",
        "i want to send it back",
        "can i return it",
        "you never answered, cancel it",
        "i didn't get the email, how do i cancel",
        "when can i send it back",
    ],
)
def test_wishes_are_no_such_questions(text: str):
    assert not asks_about_its_end(text)


@pytest.mark.parametrize(
    "text",
    [
        "can u hold it til sunday",
        "could you keep the parcel until friday",
        "pls hold my order for a few days",
        "keep it for me a bit longer",
    ],
)
def test_a_wish_to_have_it_kept(text: str):
    assert asks_to_hold(text)


@pytest.mark.parametrize("text", ["add a lamp to it", "please hold", "change the colour"])
def test_other_wishes_are_not_about_keeping(text: str):
    assert not asks_to_hold(text)


@pytest.mark.parametrize(
    "text",
    [
        "what does that mean",
        "whats that mean",
        "and what does this mean?",
        "meaning?",
        "what the hell does that mean",
        "what on earth does this mean",
    ],
)
def test_what_was_said_is_to_be_explained(text: str):
    assert asks_what_that_means(text)


@pytest.mark.parametrize("text", ["what does shipped mean", "what do the statuses mean"])
def test_a_status_that_is_named_is_another_question(text: str):
    assert not asks_what_that_means(text)
