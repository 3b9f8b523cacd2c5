import pytest

from rasa_runtime.found_identifiers import found_identifiers
from rasa_runtime.review.placeholders import MADE_UP, filled_in
from support.identifiers.models import IdentifierKind
from support.masking import masked

IDENTIFIERS = [
    pytest.param(kind, example, id=f"{kind}-{example}")
    for kind in (*IdentifierKind,)
    for example in MADE_UP[kind]
]
WITH_WORDS = {"postcode": "my postcode is {}"}


@pytest.mark.parametrize(("kind", "example"), IDENTIFIERS)
def test_what_is_made_up_is_recognised_as_its_kind(kind: IdentifierKind, example: str):
    [found] = found_identifiers(WITH_WORDS.get(kind, "it is {}").format(example))
    assert (found.kind, found.check_digit_failed) == (kind, False)


@pytest.mark.parametrize(
    "text",
    [
        "where is [order_number]",
        "[order_number] and [email] or [phone]",
        "parcel [tracking_number] please",
        "my name is [name] and i live at [address]",
        "the code [number] does not work",
        "nothing personal here",
    ],
)
def test_a_line_that_was_filled_in_masks_to_what_it_was(text: str):
    assert "[" not in filled_in(text)
    assert masked(filled_in(text)) == text


def test_the_same_text_is_filled_in_the_same_way():
    assert filled_in("where is [order_number]") == filled_in("where is [order_number]")


def test_brackets_that_customers_type_stay():
    assert filled_in("a [link] to it") == "a [link] to it"
