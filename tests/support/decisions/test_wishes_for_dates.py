import pytest

from support.decisions.wishes import asks_for_date


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("can u tell me when my kettle is going to be deliverd", True),
        ("tell me when it will get here", True),
        ("could you tell me what day it comes", True),
        ("when", True),
        ("ok so when exactly?", True),
        ("when it ships", False),
        ("tell me when it ships", False),
        ("let me know when it's going to be here", False),
        ("text me when it should arrive", False),
        ("keep me posted", False),
    ],
)
def test_a_date_now_is_told_from_word_later(text: str, *, asks: bool) -> None:
    assert asks_for_date(text) is asks
