"""The whole system, started and stopped as one."""

import http
import http.client
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.demo.desk_accounts import create_accounts
from scripts.demo.keys import load_keys
from scripts.demo.ports import LOOPBACK, is_free
from scripts.demo.processes import Ports, processes
from scripts.demo.restarts import Restarts
from scripts.demo.supervision import Supervisor
from scripts.progress import last_lines

SECONDS_BETWEEN_LOOKS = 0.3


class ProcessFailed(Exception):
    """A process does not stay up; the message names it and ends with its last log lines."""


class System:
    """Every process on this machine: a context manager that leaves none behind.

    `home` keeps the secrets, the logs and Redis's data.
    """

    def __init__(self, home: Path, ports: Ports, *, redis_url: str | None = None) -> None:
        self.gateway_url = f"http://{LOOPBACK}:{ports.gateway}"
        self.sandbox_url = f"http://{LOOPBACK}:{ports.sandbox}"
        self.redis_url = redis_url or f"redis://{LOOPBACK}:{ports.redis}/0"
        self._ports = ports
        self._home = home
        programs = processes(ports, load_keys(home / "secrets.env"), data=home, redis_url=redis_url)
        self._gateway_settings = next(one.settings for one in programs if one.name == "gateway")
        self._programs = tuple(program.name for program in programs)
        self.supervisor = Supervisor(home, programs)
        self._restarts = Restarts()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.supervisor.shut_down()

    def start(self) -> None:
        """Start every process; Redis listens before the others are started."""
        self.supervisor.launch()
        for name in self._programs:
            self.supervisor.start(name)
            if name == "redis":
                self._wait_for_redis()

    def create_desk_accounts(self) -> dict[str, str]:
        """Create the demo's accounts at the desk; return the passwords by user name."""
        return create_accounts(self._home, {**os.environ, **self._gateway_settings})

    def is_ready(self) -> bool:
        """Tell whether a customer's message would be answered now."""
        gateway = http.client.HTTPConnection(LOOPBACK, self._ports.gateway, timeout=5)
        try:
            gateway.request("GET", "/health/ready")
            return gateway.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            gateway.close()

    def wait_until_ready(self, seconds: float = 180) -> None:
        """Wait for `is_ready`; raise `ProcessFailed` when a process does not stay up."""
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            self.raise_if_failing()
            if time.monotonic() > deadline:
                raise ProcessFailed(f"Not ready after {seconds:.0f} s; see {self.supervisor.logs}")
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def raise_if_failing(self) -> None:
        """Raise `ProcessFailed` for a process given up on or restarted again and again."""
        for name, (state, pid) in self.supervisor.processes().items():
            self._restarts.saw(name, pid, at=time.monotonic())
            if state == "FATAL" or self._restarts.too_many(name, at=time.monotonic()):
                raise ProcessFailed(self._obituary(name))

    def _obituary(self, name: str) -> str:
        log = self.supervisor.logs / f"{name}.log"
        return f"The {name} process keeps failing. The end of {log}:\n{last_lines(log)}"

    def _wait_for_redis(self, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while is_free(self._ports.redis):
            self.raise_if_failing()
            if time.monotonic() > deadline:
                raise ProcessFailed(self._obituary("redis"))
            time.sleep(0.05)
