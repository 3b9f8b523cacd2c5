import os
import signal
import socket
from pathlib import Path

import pytest
import redis

from support import embedded_redis


def test_what_was_written_is_there_after_a_kill(tmp_path: Path):
    server = embedded_redis.start(tmp_path)
    with redis.Redis.from_url(server.url) as client:
        client.set("key", "value")
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    again = embedded_redis.start(tmp_path, server.port)
    with redis.Redis.from_url(again.url) as client:
        assert client.get("key") == b"value"
    again.stop()


def test_a_server_that_cannot_start_says_why(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(embedded_redis.EmbeddedRedisFailed, match=f"did not start .*{port}"):
            embedded_redis.start(tmp_path, port)


def test_without_a_server_on_the_machine_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(embedded_redis, "import_module", _not_installed)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(embedded_redis.EmbeddedRedisFailed, match="set REDIS_URL"):
        embedded_redis.start(tmp_path)


def _not_installed(name: str) -> None:
    raise ModuleNotFoundError(name)
