"""Numbers and addresses in the way of real messages: glued, spaced, between prices and times."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.identifiers.check_digits import eparcel_digit, s10_digit, sscc_digit
from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind

ORDER, PHONE, EMAIL = IdentifierKind.ORDER_NUMBER, IdentifierKind.PHONE, IdentifierKind.EMAIL
TRACKING, POSTCODE = IdentifierKind.TRACKING_NUMBER, IdentifierKind.POSTCODE


def found(text: str) -> list[tuple[IdentifierKind, str]]:
    return [(one.kind, one.value) for one in identifiers_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("order # W410200341", [(ORDER, "W410200341")]),
        ("ord no:410200341pls", [(ORDER, "410200341")]),
        ("ord#410-200-341??", [(ORDER, "410200341")]),
        ("order no.410200341,thanks", [(ORDER, "410200341")]),
        ("Order:\u00a0410200341", [(ORDER, "410200341")]),
        (
            "\uff23\uff24\uff14\uff11\uff10\uff12\uff10\uff10\uff13\uff14\uff11",
            [(ORDER, "CD410200341")],
        ),
        ("4102\u200b00341", [(ORDER, "410200341")]),
        ("(410200341)", [(ORDER, "410200341")]),
        ("410200341/0400000001", [(ORDER, "410200341"), (PHONE, "+61400000001")]),
        (
            "410200341 0400 000 001 VIC 3220 24/11 $49.00 5pm 3pcs",
            [(ORDER, "410200341"), (PHONE, "+61400000001"), (POSTCODE, "3220")],
        ),
        ("paid $49.00 on 24/11 at 5pm for 3pcs, 410200341", [(ORDER, "410200341")]),
        ("orders 410200341 & 410200342", [(ORDER, "410200341"), (ORDER, "410200342")]),
        ("0400 000 001", [(PHONE, "+61400000001")]),
        ("+61 400 000 001", [(PHONE, "+61400000001")]),
        ("+61 (0)400-000-001.", [(PHONE, "+61400000001")]),
        ("0061400000001", [(PHONE, "+61400000001")]),
        ("(03) 9123 4567", [(PHONE, "+61391234567")]),
        ("ph:0391234567", [(PHONE, "+61391234567")]),
        ("call me on 0400.000.001!", [(PHONE, "+61400000001")]),
        ("i rang 1300 555 123 twice", []),
        ("rang 13 11 14", []),
        ("1800 124 125", []),
        ("sam@example.com.", [(EMAIL, "sam@example.com")]),
        ("<Sam.O'Neil+kmart@Example.com.au>", [(EMAIL, "sam.o'neil+kmart@example.com.au")]),
        ("sam at example dot com", [(EMAIL, "sam@example.com")]),
        ("sam(at)example.com,410200341", [(EMAIL, "sam@example.com"), (ORDER, "410200341")]),
        ("email:sam@example.com/0400000001", [(EMAIL, "sam@example.com"), (PHONE, "+61400000001")]),
        ("i looked at kmart.com.au", []),
        ("tracking JDQ0194 5710 1000 930308", [(TRACKING, "JDQ019457101000930308")]),
        ("RR 123 456 785 AU", [(TRACKING, "RR123456785AU")]),
        ("(00)393153450000000700", [(TRACKING, "00393153450000000700")]),
    ],
)
def test_each_number_is_read_for_what_it_is(text: str, expected: list[tuple[IdentifierKind, str]]):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("tracking JDQ019457101000930308", False),
        ("tracking JDQ019457101000930307", True),
        ("RR123456785AU", False),
        ("tracking number RR123456784AU", True),
        ("sscc 00393153450000000700", False),
        ("00393153450000000701", True),
    ],
)
def test_a_failed_check_digit_is_said(text: str, failed: bool):  # noqa: FBT001
    (tracking,) = identifiers_in(text)
    assert (tracking.kind, tracking.check_digit_failed) == (TRACKING, failed)


_ABOUT_ORDERS = ("hi", "where is", "my order number", "the parcel", "still not here,", "today! ok")
_ABOUT_NOTHING = ("hi", "pls", "it", "is still", "not here,", "thanks!", "so um")
_SENTENCES = st.lists(st.sampled_from(_ABOUT_ORDERS), max_size=6).map(" ".join)
_SMALL_TALK = st.lists(st.sampled_from(_ABOUT_NOTHING), max_size=6).map(" ".join)
_NINE_DIGITS = st.integers(min_value=200_000_000, max_value=399_999_999).map(str)


def _grouped(digits: str, separator: str) -> str:
    return separator.join(digits[place : place + 3] for place in range(0, len(digits), 3))


@example(before="hi", number="314883627", separator=" ", after="hi")
@given(_SENTENCES, _NINE_DIGITS, st.sampled_from(["", " ", "-", ".", "\u200b"]), _SENTENCES)
def test_any_order_number_is_found_in_any_sentence(
    before: str, number: str, separator: str, after: str
):
    assert (ORDER, number) in found(f"{before} {_grouped(number, separator)} {after}")


@given(_SMALL_TALK, st.integers(0, 99_999_999), st.sampled_from(["", " ", "-"]), _SMALL_TALK)
def test_any_mobile_is_found_in_any_sentence(before: str, rest: int, separator: str, after: str):
    typed = f"04{rest:08}"
    parts = (typed[:4], typed[4:7], typed[7:])
    assert (PHONE, f"+61{typed[1:]}") in found(f"{before} {separator.join(parts)} {after}")


@given(_SENTENCES, st.from_regex(r"[A-Z]{3}[0-9]{17}", fullmatch=True), _SENTENCES)
def test_any_article_id_is_found_with_its_check_digit(before: str, body: str, after: str):
    article = body + eparcel_digit(body)
    tracking = [
        one for one in identifiers_in(f"{before} {article} {after}") if one.kind is TRACKING
    ]
    assert [(one.value, one.check_digit_failed) for one in tracking] == [(article, False)]


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_any_postal_number_is_found_with_its_check_digit(serial: str):
    number = f"RR{serial}{s10_digit(serial)}AU"
    assert found(f"it says {number}") == [(TRACKING, number)]


@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_any_container_code_is_found_with_its_check_digit(body: str):
    number = f"00{body}{sscc_digit(body)}"
    assert (TRACKING, number) in found(f"label {number}")


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), max_size=20))
def test_words_alone_hold_no_number(words: list[str]):
    kinds = {one.kind for one in identifiers_in(" ".join(words))}
    assert kinds <= {EMAIL}
