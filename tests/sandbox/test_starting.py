"""The sandbox as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

KEYS = {
    "ORDER_SYSTEM_KEY": "key",
    "CASE_SYSTEM_KEY": "key",
    "MARKETPLACE_KEY": "key",
    "NOTIFICATIONS_KEY": "key",
    "PATH": os.environ.get("PATH", ""),
}


def run(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sandbox"],
        env=KEYS | variables,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.fixture
def port(unused_tcp_port: int) -> Iterator[int]:
    """The port of a running sandbox."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox"],
        env=KEYS | {"SANDBOX_PORT": str(unused_tcp_port)},
        stdout=subprocess.DEVNULL,
    )
    _wait_until_it_listens(unused_tcp_port)
    yield unused_tcp_port
    process.terminate()
    process.wait(10)


def test_a_system_that_is_down_closes_the_connection_without_an_answer(port: int):
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        client.put("/sandbox/faults/orders", json={"mode": "down"}).raise_for_status()
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            client.get("/order-system/orders/1", headers={"Authorization": "Bearer key"})
        assert client.get("/sandbox/customers").status_code == 200


def test_signing_in_without_a_key_says_what_is_missing(port: int):
    url = f"http://127.0.0.1:{port}/sandbox/customer-tokens"
    answer = httpx.post(url, json={"customer_id": "c-1001"})
    assert answer.status_code == 503
    assert "CUSTOMER_TOKEN_KEY" in answer.text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com"])  # noqa: S104 - refused
def test_it_refuses_to_listen_outside_this_machine(host: str):
    ended = run(SANDBOX_HOST=host)
    assert ended.returncode != 0
    assert "loopback" in ended.stderr


def test_a_taken_port_is_a_plain_message():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(SANDBOX_PORT=str(port))
    assert ended.returncode != 0
    assert f"port {port} on 127.0.0.1 is already in use" in ended.stderr
    assert "SANDBOX_PORT" in ended.stderr


def test_without_its_key_it_does_not_start():
    ended = run(ORDER_SYSTEM_KEY="")
    assert ended.returncode != 0
    assert "ORDER_SYSTEM_KEY is not set" in ended.stderr


def _wait_until_it_listens(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
