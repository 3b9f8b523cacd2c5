import pytest

from support.identifiers.contact import normalise_email
from support.identifiers.extract import identifiers_in


@pytest.mark.parametrize(
    "text",
    [
        "sam@example.com",
        "Sam@Example.COM",
        "sam@example.com.",
        "sam@example.com, please",
        "(sam@example.com)",
        "<sam@example.com>",
        "mailto:sam@example.com",
        "email:sam@example.com",
        "sam @ example.com",
        "sam@ example.com",
        "sam@@example.com",
        "sam@example,com",
        "sam@example. com",
        "sam@example .com",
        "sam at example dot com",
        "it's sam at example dot com thanks",
        "sam(at)example.com",
        "sam [at] example.com",
        "sam at example.com",
        "my email is sam at example.com",
        "\uff53am@example.com",
        "sam@example.com,410200341",
        "sam@example.com. In Geelong",
        "sam@example.com, me again",
        "sam@example, com",
    ],
)
def test_an_address_is_found_however_it_is_typed(text: str):
    assert normalise_email(text) == "sam@example.com"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("sam underscore lee at example dot com dot au", "sam_lee@example.com.au"),
        ("Sam.O'Brien+kmart@example.com.au", "sam.o'brien+kmart@example.com.au"),
        ("sam@example,com,au", "sam@example.com.au"),
        ("sam@example .com.au", "sam@example.com.au"),
        ("sam@example.com,au", "sam@example.com.au"),
        ("sam@shop.example", "sam@shop.example"),
        ("sam@b\u00fccher.example.com", "sam@xn--bcher-kva.example.com"),
    ],
)
def test_longer_addresses_stay_whole(text: str, address: str):
    assert normalise_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "I looked at kmart.com.au",
        "sam@",
        "@sam",
        "sam@localhost",
        "meet at the shop",
        "a@b..com",
        "",
    ],
)
def test_what_is_no_address_is_none(text: str):
    assert normalise_email(text) is None


def test_two_addresses_are_both_found():
    values = [found.value for found in identifiers_in("sam@example.com or lee@example.com")]
    assert values == ["sam@example.com", "lee@example.com"]
