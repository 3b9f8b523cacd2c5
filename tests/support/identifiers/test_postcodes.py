import pytest

from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind


@pytest.mark.parametrize(
    "text",
    [
        "postcode 3220",
        "post code is 3220",
        "Geelong VIC 3220",
        "3220 is my postcode",
        "3220, Victoria",
        "Geelong 3220",
        "it's going to geelong, 3220 thanks",
        "3220 Geelong",
        "3220",
        "it's 3220 thanks",
    ],
)
def test_a_postcode_needs_the_word_a_state_or_its_suburb_beside_it_or_nothing_else(text: str):
    assert [(found.kind, found.value) for found in identifiers_in(text)] == [
        (IdentifierKind.POSTCODE, "3220")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "in 2026",
        "Geelong 2026",
        "1999",
        "#3220",
        "VIC 0100",
        "VIC 3220.50",
        "postcode 32201",
    ],
)
def test_other_four_digits_are_no_postcode(text: str):
    assert identifiers_in(text) == ()
