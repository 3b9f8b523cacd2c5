import pytest

from support.identifiers.negation import is_taken_back


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("not sam@x.com, it's kim@x.com", "sam@x.com"),
        ("it's kim@x.com not sam@x.com", "sam@x.com"),
        ("no not 410200341", "410200341"),
        ("not order number 410200341 but 410200342", "410200341"),
        ("it isn't 410200341", "410200341"),
        ("use kim@x.com instead of sam@x.com", "sam@x.com"),
        ("sam@x.com is wrong, try kim@x.com", "sam@x.com"),
        ("sam@x.com was the old one, now kim@x.com", "sam@x.com"),
    ],
)
def test_a_detail_can_be_taken_back(text: str, detail: str) -> None:
    start = text.index(detail)

    assert is_taken_back(text, start, start + len(detail))


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("not sam@x.com, it's kim@x.com", "kim@x.com"),
        ("sam@x.com is wrong, try kim@x.com", "kim@x.com"),
        ("my order 410200341 is not here", "410200341"),
        ("410200341 is late", "410200341"),
        ("I have not received 410200341", "410200341"),
        ("why not? it's 410200341", "410200341"),
    ],
)
def test_other_details_are_meant(text: str, detail: str) -> None:
    start = text.index(detail)

    assert not is_taken_back(text, start, start + len(detail))
