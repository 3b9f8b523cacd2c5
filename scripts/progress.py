"""Says on the terminal which step is being done and for how long.

Runs on whatever `python3` a fresh machine has, so it uses nothing but the standard library.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS_BETWEEN_LINES = 20
"""How often a step that takes long is mentioned where the output is not a terminal."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show `title` with the seconds it has taken, until the block ends."""
    ended = threading.Event()
    started = time.monotonic()
    ticker = threading.Thread(target=_tick, args=(title, started, ended), daemon=True)
    ticker.start()
    outcome = "failed"
    try:
        yield
        outcome = "done"
    finally:
        ended.set()
        ticker.join()
        _show(f"{title}: {outcome} ({time.monotonic() - started:.0f} s)", last=True)


def note(text: str) -> None:
    """Say one thing on its own line."""
    print(text, flush=True)


def last_lines(log: Path, count: int = 15) -> str:
    """Return the end of a log file, indented, for showing below an error."""
    if not log.exists():
        return "  (nothing was logged)"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    return "\n".join(f"  | {line}" for line in lines) or "  (nothing was logged)"


def _tick(title: str, started: float, ended: threading.Event) -> None:
    terminal = sys.stdout.isatty()
    if not terminal:
        note(f"  {title} ...")
    while not ended.wait(1 if terminal else SECONDS_BETWEEN_LINES):
        _show(f"{title} ... {time.monotonic() - started:.0f} s")


def _show(text: str, *, last: bool = False) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[2K  {text}", end="\n" if last else "", flush=True)
    else:
        note(f"  {text}")
