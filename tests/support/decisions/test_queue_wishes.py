import pytest

from support.decisions.queue_wishes import leaves_queue
from support.decisions.vulnerability import is_vulnerable


@pytest.mark.parametrize(
    "text",
    [
        "never mind, i'm good",
        "nvm",
        "Forget it",
        "all good now thanks",
        "leave the queue",
        "i dont need a person any more",
        "i can't wait that long",
        "found it!",
        "it's sorted",
        "that solved it",
        "cancel the request please",
    ],
)
def test_whoever_needs_nobody_any_more_leaves_the_queue(text: str):
    assert leaves_queue(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "it's fine but where is the other parcel",
        "i'm still waiting",
        "how long will it take?",
        "never mind the first parcel, where is the second one",
        "no, i need a person",
        "",
    ],
)
def test_whoever_speaks_of_something_else_keeps_the_place(text: str):
    assert not leaves_queue(text)


@pytest.mark.parametrize(
    "text", ["nah all good", "no it's fine thanks", "Nope, don't worry", "yeah im good"]
)
def test_an_answer_to_a_question_keeps_the_place(text: str):
    assert leaves_queue(text)
    assert not leaves_queue(text, asked=True)


@pytest.mark.parametrize("text", ["all good now thanks", "never mind", "no, i dont need a person"])
def test_whoever_needs_nobody_leaves_the_queue_after_a_question_too(text: str):
    assert leaves_queue(text, asked=True)


def test_words_of_need_are_heard_and_ordinary_ones_are_not():
    assert is_vulnerable("it's my dad's insulin")
    assert is_vulnerable("I'm in a wheelchair")
    assert is_vulnerable("my ex has my account and changed the address")
    assert is_vulnerable("im scared he knows where i live")
    assert not is_vulnerable("is my express order here")
    assert not is_vulnerable("where is my order")
