import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.text_cleaning import clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))
UNSAFE = "\x00\x07\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800"


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANY_TEXT)
def test_cleaned_text_is_safe_to_store_and_show(text: str):
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not set(UNSAFE) & set(cleaned)
    assert {c for c in cleaned if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_visible_characters_are_kept(text: str):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        pytest.param("  where is it?\n", "where is it?", id="surrounding white space"),
        pytest.param("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", id="line ends"),
        pytest.param("a\x00b\x1b[31mc", "ab[31mc", id="control characters"),
        pytest.param("\u202e410200341\u202c", "410200341", id="bidi override"),
        pytest.param("cafe\u0301", "café", id="combining accent"),
        pytest.param("📦❓", "📦❓", id="emoji only"),
        pytest.param("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", id="joined emoji"),
        pytest.param("أين طلبي", "أين طلبي", id="right to left"),
        pytest.param("<b>hi</b>", "<b>hi</b>", id="html is plain text"),
        pytest.param("/restart", "/restart", id="leading slash is plain text"),
        pytest.param(" \t\n\u3000", "", id="white space only"),
        pytest.param("\u200b\u200d\ufeff", "", id="invisible only"),
    ],
)
def test_cleaning(typed: str, cleaned: str):
    assert clean_text(typed) == cleaned
