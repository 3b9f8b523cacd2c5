import pytest

from support.decisions.answers import Answer
from support.decisions.remedy_words import remedies_wanted, remedy_wanted


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("refund", Answer.REFUND),
        ("i want my money back", Answer.REFUND),
        ("just re-fund me please", Answer.REFUND),
        ("i want a refud", Answer.REFUND),
        ("return my money", Answer.REFUND),
        ("can u return me the money", Answer.REFUND),
        ("waited long enough, refund me", Answer.REFUND),
        ("i cant wait any longer, give me my money", Answer.REFUND),
        ("sick of waiting. refund!!", Answer.REFUND),
        ("I don\u2019t want a replacement, I want a refund", Answer.REFUND),
        ("refund instead of another one", Answer.REFUND),
        ("let me know when the refund is done", Answer.REFUND),
        ("return", Answer.RETURN),
        ("i'd rather send it back", Answer.RETURN),
        ("i want to return it for a full refund", Answer.RETURN),
        ("a replacement please", Answer.ALTERNATIVE),
        ("can you send me another one", Answer.ALTERNATIVE),
        ("resend it", Answer.ALTERNATIVE),
        ("something similar would do", Answer.ALTERNATIVE),
        ("swap it for a different one", Answer.ALTERNATIVE),
        ("wait", Answer.WAIT),
        ("ok i'll wait", Answer.WAIT),
        ("happy to wait a bit longer", Answer.WAIT),
        ("I'd rather wait than get a refund", Answer.WAIT),
        ("keep me posted", Answer.WAIT),
        ("i'll wait, but if it's not here friday i want a refund", Answer.WAIT),
        ("refund. actually no, send another one", Answer.ALTERNATIVE),
        ("wait for it... no wait, refund", Answer.REFUND),
        ("changed my mind, i'll wait", Answer.WAIT),
        ("no dont worry about refund anymore", Answer.WAIT),
        ("don't bother with a replacement, refund me", Answer.REFUND),
        ("if it never turns up i want my money back", Answer.REFUND),
    ],
)
def test_a_remedy_is_known_by_its_words(text: str, remedy: Answer) -> None:
    assert remedy_wanted(text) is remedy


@pytest.mark.parametrize(
    "text",
    [
        "where is it",
        "how long do i have to wait",
        "i've been waiting three weeks",
        "was it returned to sender",
        "no refund, no parcel, nothing",
        "whats the return address",
        "i can't just wait",
        "why should i wait",
    ],
)
def test_other_words_ask_for_no_remedy(text: str) -> None:
    assert remedies_wanted(text) == frozenset()


def test_two_remedies_at_once_are_both_named() -> None:
    both = remedies_wanted("a refund or a replacement, whatever")

    assert both == {Answer.REFUND, Answer.ALTERNATIVE}


@pytest.mark.parametrize(
    "text",
    [
        "forget it cancel the refund i just want the parcel",
        "dont refund me i just want the parcel",
        "stop the replacement",
    ],
)
def test_who_calls_a_request_off_still_wants_the_parcel(text: str) -> None:
    assert remedies_wanted(text) == {Answer.WAIT}
