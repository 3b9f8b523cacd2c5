import pytest

from support.decisions.missing_parcel import says_not_received


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no i never collected that", True),
        ("nope it never came", True),
        ("it isn't here", True),
        ("i didnt get it", True),
        ("no", False),
        ("no i haven't got any more questions", False),
        ("not now", False),
        ("i don't get it", False),
    ],
)
def test_what_did_not_come_is_heard(text: str, *, said: bool) -> None:
    assert says_not_received(text) is said
