import pytest

from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind


def tracking_numbers(text: str) -> list[tuple[str, bool]]:
    return [
        (found.value, found.check_digit_failed)
        for found in identifiers_in(text)
        if found.kind is IdentifierKind.TRACKING_NUMBER
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("JDQ019457101000930308", "JDQ019457101000930308"),
        ("jdq777777902000931506.", "JDQ777777902000931506"),
        ("JDQ 0194571 01 00093 03 0 8", "JDQ019457101000930308"),
        ("39BB3500163501000931500", "39BB3500163501000931500"),
        ("RR123456785AU", "RR123456785AU"),
        ("rr 123 456 785 au", "RR123456785AU"),
        ("(00) 3 93 15345 000000070 0", "00393153450000000700"),
        ("00393153450000000700", "00393153450000000700"),
        ("393153450000000700", "393153450000000700"),
        ("6XXX12345678", "6XXX12345678"),
        ("consignment ABC12345678", "ABC12345678"),
        ("tracking number 12345678901", "12345678901"),
        ("dhl waybill 1234567890", "1234567890"),
        ("JDQ0194571", "JDQ0194571"),
        (
            "https://auspost.com.au/mypost/track/details/JDQ019457101000930308",
            "JDQ019457101000930308",
        ),
    ],
)
def test_a_carriers_number_is_found_by_its_shape_or_its_label(text: str, number: str):
    assert tracking_numbers(text) == [(number, False)]


@pytest.mark.parametrize("text", ["JDQ019457101000930309", "RR123456786AU", "00393153450000000701"])
def test_a_wrong_check_digit_is_flagged_not_dropped(text: str):
    assert tracking_numbers(text) == [(text, True)]


@pytest.mark.parametrize(
    "text",
    [
        "ABC12345678",
        "410200341 410200342",
        "the 410200341 410200342",
        "track 410200341",
        "tracking for order 410200341",
        "item43012345",
        "4111111111111111",
    ],
)
def test_what_is_rather_something_else_is_not_a_tracking_number(text: str):
    assert tracking_numbers(text) == []
