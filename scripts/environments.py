"""Creates and updates `.venv` and `.venv-rasa` from the locked, hashed requirement files.

    python3 -m scripts.environments runtime dev rasa rasa-test

Each name is one lock file. What an environment was once given stays in it: asking for
`runtime` after `dev` updates both. Nothing is done, within a few milliseconds, when the lock
files have not changed. Runs on whatever `python3` a fresh machine has.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.progress import last_lines, note, step

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".demo"
PYTHON = "3.11"


@dataclass(frozen=True)
class Environment:
    """One virtual environment and the lock files it can be given, in order."""

    folder: str
    title: str
    locks: "dict[str, str]"


ENVIRONMENTS = (
    Environment(
        ".venv",
        "environment of the assistant",
        {"runtime": "requirements/runtime.txt", "dev": "requirements/dev.txt"},
    ),
    Environment(
        ".venv-rasa",
        "environment of Rasa",
        {
            "rasa": "rasa_runtime/requirements.txt",
            "rasa-test": "rasa_runtime/requirements-test.txt",
        },
    ),
)


class SetupFailed(Exception):
    """The environment cannot be made; the message says what to do about it."""


def main(names: "list[str]") -> int:
    """Bring the environments that hold these lock files up to date."""
    known = [name for environment in ENVIRONMENTS for name in environment.locks]
    unknown = sorted(set(names) - set(known))
    if unknown or not names:
        note(f"Choose from: {', '.join(known)}")
        return 2
    try:
        for environment in ENVIRONMENTS:
            _update(environment, set(names))
    except SetupFailed as failure:
        note(str(failure))
        return 1
    return 0


def _update(environment: Environment, names: "set[str]") -> None:
    stamp = ROOT / environment.folder / ".locks.json"
    installed = _read(stamp)
    wanted = _digests(environment, names | set(installed)) if names & set(environment.locks) else {}
    if not wanted or wanted == installed:
        return
    uv = _uv()
    log = WORK / "logs" / f"install{environment.folder}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with step(f"{environment.title} ({environment.folder})"):
        if not (ROOT / environment.folder / "bin" / "python").exists():
            _run([uv, "venv", "--quiet", "--python", PYTHON, environment.folder], log)
        locks = [environment.locks[name] for name in wanted]
        target = ["--python", f"{environment.folder}/bin/python"]
        _run([uv, "pip", "sync", "--require-hashes", *target, *locks], log)
    stamp.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")


def _read(stamp: Path) -> "dict[str, str]":
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _digests(environment: Environment, names: "set[str]") -> "dict[str, str]":
    return {
        name: hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        for name, path in environment.locks.items()
        if name in names
    }


def _uv() -> str:
    """Return a uv: the machine's own, else one installed into the work folder with pip."""
    own = WORK / "uv" / "bin" / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    if found:
        return found
    log = WORK / "logs" / "install-uv.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    lock = "requirements/bootstrap.txt"
    # --target leaves the system's own packages alone and needs neither root nor python3-venv.
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    with step("uv, the installer"):
        _run([*pip, "--target", str(WORK / "uv"), "-r", lock], log)
    return str(own)


def _run(command: "list[str]", log: Path) -> None:
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(  # noqa: S603 - fixed commands, no shell
            command,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise SetupFailed(
            f"{' '.join(command)} failed:\n{last_lines(log)}\n{_hint()}Whole output: {log}"
        )


def _hint() -> str:
    hints = []
    if not (shutil.which("cc") or shutil.which("gcc")):
        hints.append("A C compiler is needed to build one of Rasa's libraries: install gcc.\n")
    if not shutil.which(f"python{PYTHON}"):
        hints.append(f"Python {PYTHON} is not on the path: install it, or let uv fetch it.\n")
    return "".join(hints)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
