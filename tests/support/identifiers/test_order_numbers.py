import pytest

from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind


def order_numbers(text: str, **options: str) -> list[str]:
    return [
        found.value
        for found in identifiers_in(text, **options)
        if found.kind is IdentifierKind.ORDER_NUMBER
    ]


@pytest.mark.parametrize(
    "text",
    [
        "410200341",
        "#410200341",
        "410-200-341",
        "410.200.341",
        "410 200 341",
        "order no. 410 200 341",
        "order number is: 410200341",
        "ORD 410200341",
        "ORD410200341",
        "order410200341",
        "no, it's 410200341",
        "4 1 0 2 0 0 3 4 1",
        "\uff14\uff11\uff10\uff12\uff10\uff10\uff13\uff14\uff11",
        "410\u200b200341",
        "410\u00a0200\u00a0341",
        "410\u2013200\u2013341",
        "where is my order 410200341?",
        "410 200 341 2 weeks ago",
        "1 kettle, 2 toasters, 410200341",
        "ordered on 20/11/2026 for $1,245.00: 410200341",
        "track 410200341",
        "my order is *410200341*",
        "410200341 is the order number",
    ],
)
def test_an_order_number_is_found_however_it_is_typed(text: str):
    assert order_numbers(text) == ["410200341"]


def test_a_glued_letter_prefix_is_part_of_the_number():
    assert order_numbers("it is km410200341 thanks") == ["KM410200341"]


def test_a_word_before_the_number_is_not_its_prefix():
    assert order_numbers("is 410200341 for me") == ["410200341"]


@pytest.mark.parametrize(
    "text",
    [
        "410200341 and 410200342",
        "410200341 410200342",
        "410200341,410200342",
        "410200341/410200342",
    ],
)
def test_two_order_numbers_stay_two(text: str):
    assert order_numbers(text) == ["410200341", "410200342"]


@pytest.mark.parametrize(
    "text",
    [
        "$45.00",
        "$12345678",
        "24/11/2026",
        "24-11-2026",
        "24 11 2026",
        "2026-11-24T10:30:00",
        "10:30 am",
        "2 weeks",
        "3220",
        "sizes 10 12 14 16",
        "sku 43012345",
        "keycode: 43012345",
        "JJD 0001 2345 6789",
        "410 200 341 410 200 342",
        "3220 410 200 341",
        "acc no 123456789",
        "bsb 063-123 acc 10234567",
        "onepass member 123456789",
        "case number 410200341",
        "dhl waybill 1234567890",
        "my card is 4111111111111111",
        "call 1800 124 125",
        "1300123456",
        "0400 000 0012",
        "671-6732416-8805305",
        "order 250 3051788 9159474",
        "my mobile is 400000001",
        "",
        "\x00\x00",
    ],
)
def test_other_digits_are_not_an_order_number(text: str):
    assert order_numbers(text) == []


def test_the_shape_of_an_order_number_is_configuration():
    assert order_numbers("order 1243", order_number_pattern=r"\d{4}") == ["1243"]
    assert order_numbers("it's kmt-123456-x", order_number_pattern=r"KMT-\d{6}-X") == [
        "KMT-123456-X"
    ]
    assert order_numbers("ORD123456", order_number_pattern=r"ORD\d{6}") == ["ORD123456"]


def test_an_order_number_says_where_it_stands_in_the_original():
    text = "so: \u200b410 200\u00a0341!"
    (found,) = identifiers_in(text)
    assert text[found.start : found.end] == found.raw == "410 200\u00a0341"


@pytest.mark.parametrize(
    "other",
    [
        "landline 9555 1234",
        "phone 95551234",
        "ph 9555 1234",
        "mobile: 95551234",
        "contact 9555 1234",
        "contact number is 95551234",
        "call me 9555 1234",
        "call me on 95551234",
    ],
)
def test_a_local_phone_number_that_is_called_so_is_no_order_number(other: str):
    assert order_numbers(f"order 410200341, {other}") == ["410200341"]
    assert order_numbers(f"410200341 {other}") == ["410200341"]
    assert order_numbers(other) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("95551234 is on my receipt, order no 410200341", ["410200341"]),
        ("order number 410200341, my reference says 95551234", ["410200341"]),
        ("#410200341 and the slip has 95551234 on it", ["410200341"]),
        ("orders 410200341 and 410200342", ["410200341", "410200342"]),
        ("order 410200341, sorry, it's 410200342", ["410200341", "410200342"]),
        ("order 410200341 or order 410200342, slip 95551234", ["410200341", "410200342"]),
    ],
)
def test_where_one_number_is_called_an_order_the_others_are_not(text: str, numbers: list[str]):
    assert order_numbers(text) == numbers
