"""Servers that run on Node.js: their packages as locked, installed once into a cache."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from tests.contract.project_files import ROOT

CACHE = ROOT / ".demo" / "node"
INSTALL_SECONDS = 100
START_SECONDS = 60
LOCKED = ("package.json", "package-lock.json", ".npmrc")


def installed(source: Path) -> Path:
    """Return a folder with the packages that `source` locks, and with its scripts."""
    digest = hashlib.sha256(b"".join((source / name).read_bytes() for name in LOCKED))
    place = CACHE / f"{source.name}-{digest.hexdigest()[:16]}"
    if not place.exists():
        _install(source, place)
    for script in source.glob("*.mjs"):
        shutil.copy(script, place)
    return place


@contextmanager
def running(
    *command: str | Path, folder: Path, ready: str = "http://127.0.0.1"
) -> Iterator[list[str]]:
    """Run a server until the end; give the lines it printed until one held `ready`."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [_tool("node"), *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: Queue[str] = Queue()
    reader = Thread(target=_read, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield _until(ready, lines)
    finally:
        process.terminate()
        process.wait(10)
        reader.join(10)
        if process.stdout:
            process.stdout.close()


def _install(source: Path, place: Path) -> None:
    making = place.with_name(f"{place.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for name in LOCKED:
        shutil.copy(source / name, making)
    done = subprocess.run(  # noqa: S603 - our own command
        [_tool("npm"), "ci", "--ignore-scripts"],
        cwd=making,
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"npm could not install the packages of {source}:\n{done.stderr}")
    making.rename(place)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"These tests need Node.js 20 or newer with npm: {name} was not found.")
    return found


def _read(process: subprocess.Popen[str], lines: "Queue[str]") -> None:
    assert process.stdout
    for line in process.stdout:
        lines.put(line.strip())


def _until(ready: str, lines: "Queue[str]") -> list[str]:
    read: list[str] = []
    while not read or ready not in read[-1]:
        try:
            read.append(lines.get(timeout=START_SECONDS))
        except Empty:
            pytest.fail("The server did not start:\n" + "\n".join(read))
    return read
