import pytest

from support.decisions.mood import is_bare_cancel, is_upset, is_wordless


@pytest.mark.parametrize(
    "text",
    [
        "where the fuck is it",
        "this is bullshit",
        "WTF",
        "absolutely pathetic",
        "im sick of this",
        "😡😡😡",
    ],
)
def test_swearing_and_having_had_enough_are_signs_of_upset(text: str) -> None:
    assert is_upset(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "it's late",
        "no",
        "i live in Scunthorpe",
        "bloody good, thanks",
        "😀",
        "tell me a joke",
    ],
)
def test_plain_questions_are_not(text: str) -> None:
    assert not is_upset(text)


@pytest.mark.parametrize(
    ("text", "wordless"), [("???", True), ("📦❓", True), ("", True), ("hm?", False), ("2", False)]
)
def test_marks_and_faces_alone_are_no_words(text: str, *, wordless: bool) -> None:
    assert is_wordless(text) is wordless


@pytest.mark.parametrize(
    "text", ["cancel", "Cancel.", "cancel it", "please cancel", "cancel that please", "ok cancel"]
)
def test_cancel_without_what_is_bare(text: str) -> None:
    assert is_bare_cancel(text)


@pytest.mark.parametrize(
    "text", ["cancel my order", "cancel this chat", "stop", "can i cancel", "/cancel_order"]
)
def test_cancel_with_what_is_not(text: str) -> None:
    assert not is_bare_cancel(text)
