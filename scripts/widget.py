"""Builds the chat (`make widget`), or checks that it is built from its source (`make check`).

    python3 -m scripts.widget build
    python3 -m scripts.widget check

A machine without Node uses the chat as it was built. With NODE_REQUIRED=1, as in CI, that is an
error. Runs on whatever `python3` a fresh machine has.
"""

import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.progress import last_lines, note, step

ROOT = Path(__file__).resolve().parent.parent
WIDGET = ROOT / "web" / "widget"
BUILT = WIDGET / "dist"
LOG = ROOT / ".demo" / "logs" / "widget.log"
LOCK = WIDGET / "package-lock.json"
INSTALLED = WIDGET / "node_modules" / ".package-lock.json"

NO_NODE = (
    "Node 20.19 or newer is not here: the chat is used as built, and not built or tested anew."
)
STALE = (
    "web/widget/dist is not what its source builds. Run `make widget` and commit what it writes."
)


class WidgetFailed(Exception):
    """The chat is not as it must be; the message says what to do about it."""


def main(arguments: "list[str]") -> int:
    """Build the chat, or check that types, tests and the committed build are right."""
    commands = {"build": _build, "check": _check}
    if len(arguments) != 1 or arguments[0] not in commands:
        note(f"Choose from: {', '.join(commands)}")
        return 2
    if shutil.which("npm") is None:
        note(NO_NODE)
        return 1 if os.environ.get("NODE_REQUIRED") or arguments == ["build"] else 0
    try:
        commands[arguments[0]]()
    except WidgetFailed as failure:
        note(str(failure))
        return 1
    return 0


def _build() -> None:
    _install()
    with step("the chat, built"):
        _npm("run", "build")


def _check() -> None:
    _install()
    with step("the chat's types"):
        _npm("run", "check")
    with step("the chat's unit tests"):
        _npm("test")
    with step("the chat, built anew and compared"), tempfile.TemporaryDirectory() as folder:
        _npm("run", "build", "--", "--outDir", folder)
        if not _same(Path(folder), BUILT):
            raise WidgetFailed(STALE)


def _install() -> None:
    """Install exactly what the lock file names, unless that is what is there."""
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    with step("what builds the chat (web/widget/node_modules)"):
        _npm("ci")


def _npm(*arguments: str) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("w", encoding="utf-8") as output:
        done = subprocess.run(  # noqa: S603 - fixed commands, no shell
            ["npm", *arguments],  # noqa: S607 - whichever npm is on the path
            cwd=WIDGET,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise WidgetFailed(f"npm {' '.join(arguments)} failed:\n{last_lines(LOG, 40)}")


def _same(one: Path, other: Path) -> bool:
    names = {path.name for path in (*one.iterdir(), *other.iterdir())}
    _, different, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return not different and not missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
