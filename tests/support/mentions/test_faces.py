import pytest

from support.mentions.faces import in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("👍", "yes", id="a thumb"),
        pytest.param("👍🏽", "yes", id="with a skin tone"),
        pytest.param("👍👍 👍", "yes", id="several are one"),
        pytest.param("👎", "no", id="down"),
        pytest.param("🙅\u200d♀️", "no", id="joined signs"),
        pytest.param("👍🙏", "yes, thank you", id="two meanings"),
        pytest.param("😡😡😡!!", "this is ridiculous", id="angry"),
        pytest.param("🤷", "🤷", id="could mean anything"),
        pytest.param("???", "???", id="no faces"),
        pytest.param("nope 👍", "nope 👍", id="words count"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_signs_alone_are_read(text: str, words: str):
    assert in_words(text) == words
