import pytest

from rasa_runtime.signature import is_valid
from support.turn_signature import sign

NOW = 1_800_000_000.0
BODY = b'{"text": "hello"}'


def valid(
    *, timestamp: str = "1800000000", signature: str | None = None, body: bytes = BODY
) -> bool:
    made = sign("key", timestamp, BODY) if signature is None else signature
    return is_valid("key", timestamp=timestamp, signature=made, body=body, now=NOW)


def test_a_fresh_signature_of_the_same_body_is_valid():
    assert valid()


def test_another_body_is_refused():
    assert not valid(body=b"{}")


def test_another_key_is_refused():
    assert not valid(signature=sign("other", "1800000000", BODY))


@pytest.mark.parametrize("timestamp", ["1799999939", "1800000061"], ids=["old", "from the future"])
def test_a_time_more_than_a_minute_away_is_refused(timestamp: str):
    assert not valid(timestamp=timestamp)


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1.5", "²", "1800000000 "])
def test_a_time_that_is_no_number_is_refused(timestamp: str):
    assert not valid(timestamp=timestamp)


@pytest.mark.parametrize("signature", ["", "00", "é"])
def test_nonsense_is_refused(signature: str):
    assert not valid(signature=signature)
