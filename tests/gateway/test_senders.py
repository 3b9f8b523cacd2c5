import pytest
from pydantic import SecretStr

from gateway.senders import sender_key

SECRET = SecretStr("secret")


def test_an_address_cannot_be_read_from_its_key():
    assert "203" not in sender_key("203.0.113.7", SECRET)
    assert sender_key("203.0.113.7", SECRET) != sender_key("203.0.113.7", SecretStr("other"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("203.0.113.7", "203.0.113.7", True, id="same address"),
        pytest.param("203.0.113.7", "203.0.113.8", False, id="neighbour"),
        pytest.param("203.0.113.7", "::ffff:203.0.113.7", True, id="mapped into IPv6"),
        pytest.param("2001:db8::1", "2001:db8::2", True, id="one IPv6 household"),
        pytest.param("2001:db8::1", "2001:db8:0:1::1", False, id="two IPv6 households"),
        pytest.param("", "", True, id="no address"),
    ],
)
def test_one_connection_is_one_sender(one: str, other: str, same: bool):  # noqa: FBT001
    assert (sender_key(one, SECRET) == sender_key(other, SECRET)) is same
