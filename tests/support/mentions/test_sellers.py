import pytest

from support.mentions.sellers import sellers_in


def sellers(text: str) -> list[str]:
    return [found.value for found in sellers_in(text)]


@pytest.mark.parametrize(
    ("text", "seller"),
    [
        ("I ordered from kmart", "kmart"),
        ("K-Mart", "kmart"),
        ("my Target order", "target"),
        ("bought it from catch", "catch"),
        ("catch.com.au order", "catch"),
        ("its a marketplace order", "marketplace"),
        ("from a third party seller", "marketplace"),
        ("3rd party", "marketplace"),
        ("bunnings marketplace", "bunnings_marketplace"),
        ("it was sold by Acme Toys Pty Ltd and shipped", "Acme Toys Pty Ltd"),
        ("sold by homedirect", "homedirect"),
        ("the seller is BrightGoods", "BrightGoods"),
        ("seller called Toy World", "Toy World"),
    ],
)
def test_a_seller_is_found(text: str, seller: str):
    assert sellers(text)[0] == seller


@pytest.mark.parametrize(
    "text",
    [
        "not on target",
        "what is the target date",
        "did you catch that",
        "let me catch up",
        "the seller is not answering",
        "sold by you lot",
        "who is the seller",
        "the seller was rude",
    ],
)
def test_an_ordinary_word_is_no_seller(text: str):
    assert sellers(text) == []
