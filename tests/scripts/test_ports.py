import socket

import pytest

from scripts.demo.ports import LOOPBACK, PortUnusable, free_port, is_free, public_ports


@pytest.fixture
def taken_port():
    with socket.create_server((LOOPBACK, 0)) as listener:
        yield listener.getsockname()[1]


def test_taken_port_is_named_with_a_way_out(monkeypatch: pytest.MonkeyPatch, taken_port: int):
    monkeypatch.setenv("GATEWAY_PORT", str(taken_port))

    with pytest.raises(PortUnusable, match=rf"^Port {taken_port} is taken: .*GATEWAY_PORT=\d+"):
        public_ports()


@pytest.mark.parametrize("text", ["http", "0", "70000", "-1"])
def test_what_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str):
    monkeypatch.setenv("SANDBOX_PORT", text)
    monkeypatch.setenv("GATEWAY_PORT", str(free_port()))

    with pytest.raises(PortUnusable, match=f"^SANDBOX_PORT={text} is not a port"):
        public_ports()


def test_gateway_and_sandbox_cannot_share_a_port(monkeypatch: pytest.MonkeyPatch):
    port = str(free_port())
    monkeypatch.setenv("GATEWAY_PORT", port)
    monkeypatch.setenv("SANDBOX_PORT", port)

    with pytest.raises(PortUnusable, match="must differ"):
        public_ports()


def test_listener_makes_a_port_taken(taken_port: int):
    assert not is_free(taken_port)
    assert is_free(free_port())
