"""Starts a process, says what it costs, and stops it with its children."""

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
RASA_PYTHON = str(ROOT / ".venv-rasa" / "bin" / "python")
STOP_SECONDS = 30.0


class ProcessEnded(Exception):
    """A process ended by itself; the message says where its output is."""


class RunningProcess:
    """A process whose output goes to a file; leaving the context stops it."""

    def __init__(
        self, command: tuple[str, ...], *, folder: Path, settings: Mapping[str, str], log: Path
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
        with log.open("wb") as output:
            self._process = psutil.Popen(
                command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process's id."""
        return int(self._process.pid)

    def raise_if_ended(self) -> None:
        """Raise ProcessEnded unless the process runs."""
        status = self._process.poll()
        if status is not None:
            raise ProcessEnded(f"{self._process.args[0]} ended with {status}; see {self._log}.")

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, children included."""
        times = [process.cpu_times() for process in self._family()]
        return float(sum(time.user + time.system for time in times))

    def memory_bytes(self) -> int:
        """Return the proportional set size, children included: shared pages count once."""
        return int(sum(process.memory_full_info().pss for process in self._family()))

    def stop(self) -> None:
        """End the process and its children; harmless when it is already gone."""
        if self._process.poll() is not None:
            return
        children = self._family()[1:]
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()

    def _family(self) -> list[psutil.Process]:
        own = psutil.Process(self.pid)
        return [own, *own.children(recursive=True)]
