import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.identifiers.one_time_codes import code_in, is_code_of_other_length, without_codes
from support.masking import masked


@pytest.mark.parametrize(
    "text",
    [
        "482913",
        "its 482 913",
        "code is 482913 thanks",
        "482-913",
        "4 8 2 9 1 3",
        "482.913",
        "\uff14\uff18\uff12\uff19\uff11\uff13",
        "code:482913.",
        "order 410200341 code 482913",
        "0400 000 001 says 482913",
        "not 111222, 482913",
        "(482913)",
        "482913!!",
    ],
)
def test_six_digits_are_read_out_of_any_message(text: str) -> None:
    assert code_in(text) == "482913"


@pytest.mark.parametrize(
    "text",
    [
        "0400 000 001",
        "410200341",
        "JDQ019457101000930308",
        "12345",
        "1234567",
        "12 Smith St 3220",
        "sam482913@example.com",
        "",
    ],
)
def test_other_numbers_are_no_code(text: str) -> None:
    assert code_in(text) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("48291", True),
        ("its 4829 135", True),
        ("482913", False),
        ("where is my order, i ordered 3 weeks ago", False),
        ("410200341", False),
        ("no", False),
    ],
)
def test_a_number_of_another_length_is_noticed(text: str, *, is_one: bool) -> None:
    assert is_code_of_other_length(text) is is_one


@given(code=st.from_regex(r"[0-9]{6}", fullmatch=True), gap=st.sampled_from(["", " ", "-"]))
def test_a_code_never_reaches_the_list_of_messages_to_review(code: str, gap: str) -> None:
    typed = f"my code is {code[:3]}{gap}{code[3:]} thanks"

    hidden = masked(typed)

    assert code[:3] not in hidden
    assert code[3:] not in hidden


@pytest.mark.parametrize(
    "text", ["482913", "it's 482 913", "code:482-913", "code482913", "410200341, and 482913"]
)
def test_a_code_can_be_hidden_in_what_was_typed(text: str) -> None:
    hidden = without_codes(text, "*")

    assert hidden.endswith("*")
    assert "913" not in hidden


@pytest.mark.parametrize(
    "text",
    ["ring 0491 570 158", "ring +61 491 570 158", "about order 410200341", "my case is C100001"],
)
def test_no_other_number_is_hidden_as_a_code(text: str) -> None:
    assert without_codes(text, "*") == text
