"""Supervisord as a child process: its configuration, its control socket, its end.

Supervisord restarts what dies and stops each program with everything that program started.
"""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xmlrpc.client
import zlib
from collections.abc import Iterable
from pathlib import Path

from scripts.demo.configuration import configuration_text
from scripts.demo.processes import ROOT, Process

SECONDS_TO_STOP = 30
SOCKET_PATH_LIMIT = 100
"""The kernel takes at most 107 bytes, and supervisord adds its process id while it starts."""


class SupervisorFailed(Exception):
    """Supervisord does not start or does not answer; the message says where to look."""


class Supervisor:
    """One supervisord and the programs under it. `home` holds configuration, socket and logs."""

    def __init__(self, home: Path, programs: Iterable[Process]) -> None:
        self._programs = tuple(programs)
        self.logs = home / "logs"
        self._home = home
        self._socket = _socket_path(home)
        self._daemon: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start supervisord with every program known to it and none running yet."""
        self.logs.mkdir(parents=True, exist_ok=True)
        configuration = self._home / "supervisord.conf"
        _write_private(configuration, configuration_text(self._home, self._socket, self._programs))
        command = [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--silent"]
        self._daemon = subprocess.Popen(  # noqa: S603 - our own configuration, no shell
            [*command, "--configuration", str(configuration)],
            cwd=ROOT,
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop it in order
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - called from the only thread that forks
        )
        try:
            self._wait_for_answer(seconds=15)
        except BaseException:
            self.shut_down()
            raise

    def is_running(self) -> bool:
        """Tell whether a supervisord answers on this folder's socket."""
        try:
            self._call("getState")
        except (OSError, http.client.HTTPException):
            return False
        return True

    def start(self, name: str) -> None:
        """Start one program, without waiting for it to be ready."""
        self._call("startProcess", name, False)  # noqa: FBT003 - positional in XML-RPC

    def stop(self, name: str) -> None:
        """Stop one program and wait until it has ended; it is not restarted."""
        self._call("stopProcess", name)

    def processes(self) -> dict[str, tuple[str, int]]:
        """Return the state and process id (0: none) of each program by name."""
        listed = self._call("getAllProcessInfo")
        assert isinstance(listed, list)  # noqa: S101 - tells the type checker what the API says
        return {entry["name"]: (entry["statename"], entry["pid"]) for entry in listed}

    def shut_down(self) -> None:
        """Stop every program, last started first, and supervisord; leave no process behind."""
        if self._daemon is None:
            return
        pids = self._known_pids()
        self._daemon.terminate()
        try:
            self._daemon.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait()
        for pid in pids:
            _kill_group(pid)
        self._socket.unlink(missing_ok=True)
        self._daemon = None

    def _wait_for_answer(self, *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self.is_running():
            ended = self._daemon is None or self._daemon.poll() is not None
            if ended or time.monotonic() > deadline:
                raise SupervisorFailed(f"Supervisord did not start; see {self.logs}")
            time.sleep(0.05)

    def _known_pids(self) -> list[int]:
        try:
            return [pid for _, pid in self.processes().values() if pid]
        except (OSError, http.client.HTTPException):
            return []

    def _call(self, method: str, *arguments: object) -> object:
        with xmlrpc.client.ServerProxy(
            "http://supervisor", transport=_SocketTransport(self._socket)
        ) as server:
            return getattr(server.supervisor, method)(*arguments)


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=SECONDS_TO_STOP)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(SECONDS_TO_STOP)
        try:
            self.sock.connect(str(self._path))
        except OSError:
            self.close()
            raise


class _SocketTransport(xmlrpc.client.Transport):
    """XML-RPC over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: tuple[str, dict[str, str]] | str) -> http.client.HTTPConnection:
        connection = _SocketConnection(self._path)
        self._connection = host, connection  # where the base class looks for what it has to close
        return connection


def _socket_path(home: Path) -> Path:
    path = home / "supervisord.sock"
    if len(str(path)) <= SOCKET_PATH_LIMIT:
        return path
    return Path(tempfile.gettempdir()) / f"order-assistant-{zlib.crc32(str(home).encode())}.sock"


def _write_private(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as output:
        output.write(text)


def _end_with_parent() -> None:
    """Ask Linux to terminate this child when its parent is killed outright."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
