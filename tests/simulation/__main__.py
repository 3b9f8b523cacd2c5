"""`make simulate`: customers of all kinds talk to the whole system, each about an order of its own.

CONVERSATIONS=   how many, 500 if not given
SEED=            other orders and other words for another number
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from scripts.demo.model import train
from scripts.demo.ports import free_port
from scripts.demo.processes import ROOT, Ports
from scripts.demo.system import System
from scripts.progress import note, step
from tests.simulation.conversations import Conversation, held
from tests.simulation.place import place_in
from tests.simulation.report import as_text, missed, rows, write_transcripts
from tests.simulation.scenarios import scenarios

REPORTS: Final = ROOT / "reports" / "simulation"
_CONVERSATIONS: Final = 500


def main() -> int:
    """Hold the conversations, print the table; return 1 if a bar is missed."""
    count = int(os.environ.get("CONVERSATIONS") or _CONVERSATIONS)
    start = int(os.environ.get("SEED") or 0)
    conversations = _simulated(count, start)
    table = rows(conversations)
    wrong = write_transcripts(conversations, REPORTS)
    note(f"\n{as_text(table)}\n")
    if wrong:
        note(f"{wrong} conversations that went wrong are in {REPORTS}")
    for bar in missed(table):
        note(f"missed: {bar}")
    return 1 if missed(table) else 0


def _simulated(count: int, start: int) -> list[Conversation]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with step("trained model"):
            train(home / "logs" / "train.log")
        with System(home, Ports(gateway=free_port(), sandbox=free_port())) as system:
            with step("processes"):
                system.start()
                system.wait_until_ready()
            with step(f"{count} conversations"), place_in(system) as place:
                return held(place, scenarios(count, start=start))


if __name__ == "__main__":
    sys.exit(main())
