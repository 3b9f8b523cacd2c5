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
        "is it delivered in 2026",
        "do you deliver from 0900 to 2000",
        "can you ship 20 chairs for 2000 dollars",
        "I went to 3220",
        "how long does delivery to 0001 take",
    ],
)
def test_other_four_digits_are_no_postcode(text: str):
    assert identifiers_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "how long is standard delivery to 3220",
        "How long does it take to 3220?",
        "how many days to deliver a couch to 3220 please",
        "delivery estimate for 3220",
        "does express to 3220 take long",
    ],
)
def test_a_postcode_may_be_where_something_is_delivered_to(text: str):
    assert [(found.kind, found.value) for found in identifiers_in(text)] == [
        (IdentifierKind.POSTCODE, "3220")
    ]
