"""Prism: plays a published API description, or checks what a server behind it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gateway.server import listening_socket
from tests.contract.project_files import ROOT
from tests.fakes.node import installed, running

PRISM: Final = ROOT / "tests" / "fakes" / "prism_cli"
COMMAND: Final = "node_modules/@stoplight/prism-cli/dist/index.js"


@contextmanager
def prism(description: Path, *, upstream: str | None = None, strict: bool = False) -> Iterator[str]:
    """Run Prism on a free port: as a mock, or as a proxy that checks what an upstream is asked.

    A violation stands in a header of the answer; with `strict` it is the answer.
    """
    port = str(_free_port())
    common = ("-p", port, "-h", "127.0.0.1", *(("--errors",) if strict else ()))
    how = ("proxy", str(description), upstream) if upstream else ("mock", str(description))
    with running(COMMAND, *how, *common, folder=installed(PRISM), ready="Prism is listening"):
        yield f"http://127.0.0.1:{port}"


def _free_port() -> int:
    listener = listening_socket("127.0.0.1", 0)
    with listener:
        return int(listener.getsockname()[1])
