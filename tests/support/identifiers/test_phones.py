import pytest

from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind


def phones(text: str) -> list[str]:
    return [found.value for found in identifiers_in(text) if found.kind is IdentifierKind.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "0400000001",
        "0400 000 001",
        "0400-000-001",
        "04 0000 0001",
        "+61 400 000 001",
        "+61400000001",
        "+61 (0)400 000 001",
        "+61 0400 000 001",
        "61400000001",
        "61 400 000 001",
        "mobile 400000001",
        "my mobile number is 400 000 001",
        "0061 400 000 001",
        "0011 61 400 000 001",
        "ph0400000001",
        "mob: 0400000001",
        "(0400) 000 001",
        "0400000001 is my mobile",
        "\uff10\uff14\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff11",
    ],
)
def test_every_way_to_write_a_mobile_is_one_number(text: str):
    assert phones(text) == ["+61400000001"]


@pytest.mark.parametrize("text", ["(03) 9123 4567", "03 91234567", "0391234567", "+61 3 9123 4567"])
def test_a_landline_is_a_contact_too(text: str):
    assert phones(text) == ["+61391234567"]


def test_a_number_from_another_country_needs_its_plus():
    assert phones("+64 21 123 4567") == ["+64211234567"]
    assert phones("64 21 123 4567") == []


@pytest.mark.parametrize(
    "text",
    [
        "410200341",
        "ordered a mobile 410200341",
        "400 000 001",
        "9123 4567",
        "1300 123 456",
        "131 478",
    ],
)
def test_what_does_not_begin_like_a_phone_is_none(text: str):
    assert phones(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0400000001", IdentifierKind.PHONE),
        ("order 0400000001", IdentifierKind.ORDER_NUMBER),
        ("order number: 0400 000 001", IdentifierKind.ORDER_NUMBER),
        ("mobile 0400000001", IdentifierKind.PHONE),
        ("my order, mobile 0400000001", IdentifierKind.PHONE),
        ("call me on 0400000001", IdentifierKind.PHONE),
        ("where is my order? 0400000001", IdentifierKind.PHONE),
    ],
)
def test_the_words_beside_digits_decide_what_they_are(text: str, kind: IdentifierKind):
    assert [found.kind for found in identifiers_in(text)] == [kind]


def test_phone_and_order_number_in_a_row_are_told_apart():
    found = identifiers_in("0400 000 001 410 200 341")
    assert [(one.kind, one.value) for one in found] == [
        (IdentifierKind.PHONE, "+61400000001"),
        (IdentifierKind.ORDER_NUMBER, "410200341"),
    ]
