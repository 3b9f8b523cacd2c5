import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.identifiers.check_digits import eparcel_digit
from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind
from support.masking import masked

_TYPED = st.text(
    alphabet=st.one_of(
        st.sampled_from("0123456789 -+.@#()/:aAtTorderphKMJDQ\u200b\uff11"), st.characters()
    )
)


def test_one_sentence_with_everything():
    found = identifiers_in("my number is 0400 000 001 order 410200341 sam@example.com")
    assert [(one.kind, one.value) for one in found] == [
        (IdentifierKind.PHONE, "+61400000001"),
        (IdentifierKind.ORDER_NUMBER, "410200341"),
        (IdentifierKind.EMAIL, "sam@example.com"),
    ]


@given(_TYPED)
def test_whatever_is_typed_identifiers_are_where_they_say_and_do_not_overlap(text: str):
    found = identifiers_in(text)
    assert all(text[one.start : one.end] == one.raw for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(_TYPED)
def test_masking_leaves_no_identifier_behind(text: str):
    assert not [one for one in identifiers_in(masked(text)) if one.value in text]


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_nine_digits_are_an_order_number_and_never_a_phone(number: int):
    (found,) = identifiers_in(str(number))
    assert (found.kind, found.value) == (IdentifierKind.ORDER_NUMBER, str(number))


@given(st.from_regex(r"[A-Z]{3}[0-9]{17}", fullmatch=True), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_at_the_end_of_an_article_id_is_noticed(body: str, error: int):
    wrong = (int(eparcel_digit(body)) + error) % 10
    (found,) = identifiers_in(f"tracking number {body}{wrong}")
    assert found.check_digit_failed


@pytest.mark.parametrize(
    "text",
    [
        "410200341 sam@example.com its lost, and when's my other order 410200342 due",
        "410200341 is late. second order is 410200342",
    ],
)
def test_a_number_called_another_order_leaves_the_first_one_in(text: str) -> None:
    found = [one.value for one in identifiers_in(text) if one.kind is IdentifierKind.ORDER_NUMBER]

    assert found == ["410200341", "410200342"]


@pytest.mark.alone
@pytest.mark.parametrize(
    "piece", ["4", "4 ", "a@", "sam at ", "sam dot ", "A1", "1-", "0(", "a@b.c", "order is ", "+"]
)
def test_long_texts_of_one_piece_are_read_quickly(piece: str):
    started = time.process_time()
    identifiers_in(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 5
