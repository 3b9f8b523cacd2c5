import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.sms.segments import Encoding, plain, size_of


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        pytest.param("", Encoding.GSM_7, 1, id="nothing"),
        pytest.param("a" * 160, Encoding.GSM_7, 1, id="just one"),
        pytest.param("a" * 161, Encoding.GSM_7, 2, id="one more"),
        pytest.param("a" * 306, Encoding.GSM_7, 2, id="just two"),
        pytest.param("a" * 307, Encoding.GSM_7, 3, id="three"),
        pytest.param("[" * 80, Encoding.GSM_7, 1, id="each takes two places"),
        pytest.param("[" * 81, Encoding.GSM_7, 2, id="over by two places"),
        pytest.param("é€", Encoding.GSM_7, 1, id="in the alphabet"),
        pytest.param("a" * 70 + "\u2019", Encoding.UCS_2, 2, id="a curly quote costs"),
        pytest.param("\U0001f600" * 35, Encoding.UCS_2, 1, id="emoji take two units"),
        pytest.param("\U0001f600" * 36, Encoding.UCS_2, 2, id="one emoji more"),
    ],
)
def test_segments_are_counted_as_networks_do(text: str, encoding: Encoding, segments: int):
    size = size_of(text)
    assert (size.encoding, size.segments) == (encoding, segments)


def test_a_pair_of_places_is_never_split_between_segments():
    # 152 places, then a character of two: it goes to the second segment as a whole.
    assert size_of("a" * 152 + "[" + "b" * 152).segments == 3


def test_typographic_characters_become_plain():
    text = plain("“It\u2019s on its way” \u2013 soon\u2026\u00a0ok")
    assert text == '"It\'s on its way" - soon... ok'
    assert size_of(text).encoding is Encoding.GSM_7


@given(st.text(max_size=700))
def test_more_text_never_takes_less(text: str):
    assert size_of(text).segments <= size_of(text + "x").segments
