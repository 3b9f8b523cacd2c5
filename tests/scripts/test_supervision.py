import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.demo.processes import Process
from scripts.demo.supervision import Supervisor

Supervise = Callable[[Process], Supervisor]

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")
SPAWN_AND_SLEEP = (
    "import subprocess as s, time; "
    "print(s.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
)


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Supervise]:
    launched = []

    def launch(program: Process) -> Supervisor:
        supervisor = Supervisor(tmp_path, [program])
        supervisor.launch()
        launched.append(supervisor)
        supervisor.start(program.name)
        return supervisor

    yield launch
    for supervisor in launched:
        supervisor.shut_down()


def wait_for(condition: Callable[[], bool]):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_killed_process_is_started_again(supervise: Supervise):
    supervisor = supervise(Process("sleeper", SLEEP, {}))
    wait_for(lambda: supervisor.processes()["sleeper"][0] == "RUNNING")
    killed = supervisor.processes()["sleeper"][1]

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: supervisor.processes()["sleeper"][1] not in {0, killed})


def test_shutting_down_ends_what_a_process_started_itself(supervise: Supervise, tmp_path: Path):
    supervisor = supervise(Process("parent", (sys.executable, "-c", SPAWN_AND_SLEEP), {}))
    log = tmp_path / "logs" / "parent.log"
    wait_for(lambda: log.exists() and log.read_text().strip().isdigit())
    grandchild = int(log.read_text())

    supervisor.shut_down()

    wait_for(lambda: not is_alive(grandchild))
    assert not supervisor.is_running()


def test_settings_arrive_as_they_were_written(supervise: Supervise, tmp_path: Path):
    program = "import os; print(os.environ['ODD'], flush=True); import time; time.sleep(600)"
    supervise(Process("teller", (sys.executable, "-c", program), {"ODD": "100% of a,b=c; d"}))
    log = tmp_path / "logs" / "teller.log"

    wait_for(lambda: log.exists() and log.read_text() != "")

    assert log.read_text() == "100% of a,b=c; d\n"


def test_program_that_cannot_run_is_given_up(supervise: Supervise):
    supervisor = supervise(Process("broken", (sys.executable, "-c", "raise SystemExit(1)"), {}))

    wait_for(lambda: supervisor.processes()["broken"][0] == "FATAL")
