import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.fakes.chat import CONVERSATION_KEY, SENDER_SECRET

GOOD = {
    "CONVERSATION_TOKEN_KEY": CONVERSATION_KEY,
    "SENDER_KEY_SECRET": SENDER_SECRET,
    "GATEWAY_PORT": "0",
}
ROOT = Path(__file__).parents[2]


def start(directory: Path, **settings: str) -> subprocess.Popen[str]:
    """Start the gateway where no .env file is."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "gateway"],
        cwd=directory,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        pytest.param({}, "REDIS_URL is not set.", id="nothing set"),
        pytest.param({"REDIS_URL": "x"}, "REDIS_URL: ", id="no address"),
        pytest.param(
            {"CONVERSATION_TOKEN_KEY": "short"},
            "CONVERSATION_TOKEN_KEY: Value error, must be at least 32 bytes long.",
            id="short key",
        ),
        pytest.param({"GATEWAY_PORT": "x"}, "GATEWAY_PORT: ", id="no number"),
        pytest.param(
            {**GOOD, "REDIS_URL": "redis://127.0.0.1:1/0", "DESK": "chatwoot"},
            "these settings are missing beside DESK=chatwoot: ['CHATWOOT_ACCOUNT_ID', "
            "'CHATWOOT_INBOX_ID', 'CHATWOOT_WEBHOOK_SECRET'].",
            id="half a desk",
        ),
        pytest.param(
            {**GOOD, "REDIS_URL": "redis://127.0.0.1:1/0", "TWILIO_ACCOUNT_SID": "AC1"},
            "TWILIO_AUTH_TOKEN must be set beside TWILIO_ACCOUNT_SID.",
            id="half a channel",
        ),
        pytest.param(
            {
                **GOOD,
                "REDIS_URL": "redis://127.0.0.1:1/0",
                "DESK_OPENID_ISSUER": "https://login.example.com",
            },
            "DESK_OPENID_CLIENT_ID and DESK_OPENID_CLIENT_SECRET must be set beside "
            "DESK_OPENID_ISSUER.",
            id="half a sign-in",
        ),
    ],
)
def test_bad_settings_are_named_and_never_shown(
    tmp_path: Path, settings: dict[str, str], line: str
):
    process = start(tmp_path, **settings)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == os.EX_CONFIG
    assert f"gateway cannot start: {line}" in errors
    assert "short\n" not in errors


def test_a_mistake_in_what_staff_have_written_is_one_clear_line(tmp_path: Path, redis_url: str):
    own = tmp_path / "own.yml"
    own.write_text("- key: delivery.speed\n")
    folder = str(tmp_path)
    process = start(tmp_path, **GOOD, REDIS_URL=redis_url, KNOWLEDGE_FOLDER=folder)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == os.EX_CONFIG
    assert errors.startswith(f"gateway cannot start: {own}: delivery.speed, key: Input should be")
    assert errors.count("\n") == 1


def test_without_redis_it_does_not_start(tmp_path: Path, unused_tcp_port: int):
    process = start(tmp_path, **GOOD, REDIS_URL=f"redis://127.0.0.1:{unused_tcp_port}/0")
    _, errors = process.communicate(timeout=30)
    assert process.returncode == os.EX_UNAVAILABLE
    assert errors == "gateway cannot start: Redis at REDIS_URL does not answer (ConnectionError).\n"


def test_a_taken_port_is_one_clear_line(tmp_path: Path, redis_url: str):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = start(tmp_path, **{**GOOD, "REDIS_URL": redis_url, "GATEWAY_PORT": port})
        _, errors = process.communicate(timeout=30)
    assert process.returncode == os.EX_UNAVAILABLE
    assert errors == (
        f"gateway cannot start: port {port} on 127.0.0.1 is already in use. "
        "Choose another with GATEWAY_PORT.\n"
    )


def test_the_figures_have_a_port_of_their_own(tmp_path: Path, redis_url: str, unused_tcp_port: int):
    port = str(unused_tcp_port)
    process = start(tmp_path, REDIS_URL=redis_url, GATEWAY_METRICS_PORT=port, **GOOD)
    try:
        assert process.stdout is not None
        while "gateway_started" not in process.stdout.readline():
            assert process.poll() is None
        figures = httpx.get(f"http://127.0.0.1:{port}/metrics").text
        assert "gateway_open_streams 0.0" in figures
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(
    tmp_path: Path, redis_url: str, unused_tcp_port: int, stop: signal.Signals
):
    settings = {**GOOD, "REDIS_URL": redis_url, "GATEWAY_PORT": str(unused_tcp_port)}
    process = start(tmp_path, **settings)
    assert process.stdout
    started = process.stdout.readline()
    answer = httpx.get(
        f"http://127.0.0.1:{unused_tcp_port}/health/live",
        timeout=10,
    )
    process.send_signal(stop)
    output, errors = process.communicate(timeout=20)
    assert '"event": "gateway_started"' in started
    assert answer.status_code == 200
    assert '"event": "gateway_stopped"' in output
    assert "Traceback" not in errors
