"""`make demo`: the whole system in the foreground until Ctrl-C."""

import os
import signal
import sys
import threading
from types import FrameType

from scripts.demo.model import TrainingFailed, train
from scripts.demo.ports import PortUnusable, public_ports
from scripts.demo.processes import ROOT, Ports
from scripts.demo.supervision import SupervisorFailed
from scripts.demo.system import ProcessFailed, System
from scripts.progress import note, step

HOME = ROOT / ".demo"
SECONDS_BETWEEN_CHECKS = 2
FIRST_MESSAGE = "where is my order 410200341, sam@example.com"


class Stopped(BaseException):
    """Somebody asked the demo to end."""


def main() -> int:
    """Start everything, say where it is, and stay until asked to stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        gateway, sandbox = public_ports()
        ports = Ports(gateway=gateway, sandbox=sandbox)
        with System(HOME, ports, redis_url=os.environ.get("REDIS_URL") or None) as system:
            _run(system)
    except Stopped:
        note("\nStopped. Nothing is left running.")
    except (PortUnusable, ProcessFailed, SupervisorFailed, TrainingFailed) as problem:
        note(str(problem))
        return 1
    return 0


def _run(system: System) -> None:
    _refuse_a_second(system)
    with step("trained model"):
        train(HOME / "logs" / "train.log")
    _refuse_a_second(system)  # one may have been started while this one trained
    with step("processes (Rasa takes longest)"):
        system.start()
        system.wait_until_ready()
        passwords = system.create_desk_accounts()
    accounts = "\n".join(f"      {name:<6} {word}" for name, word in passwords.items())
    note(
        f"\n  The shop with the assistant: {system.gateway_url}/\n"
        f"  Open the chat and type:      {FIRST_MESSAGE}\n"
        f"  The agents' desk:            {system.gateway_url}/desk\n"
        f"  Sign in there as (sam is the supervisor):\n{accounts}\n"
        f"  SMS, e-mails, WhatsApp sent: {system.sandbox_url}/sandbox/sent\n"
        f"  Stop everything:             Ctrl-C      Logs: {system.supervisor.logs}\n"
    )
    _watch(system)


def _refuse_a_second(system: System) -> None:
    if system.supervisor.is_running():
        raise ProcessFailed("The demo already runs from this folder: stop that one first.")


def _watch(system: System) -> None:
    pause = threading.Event()
    while True:
        system.raise_if_failing()
        pause.wait(SECONDS_BETWEEN_CHECKS)


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean-up short
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
