"""What `make review ARGS="..."` takes."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NEWEST = 2000
"""Messages looked at in one sitting: more takes long to group, and nobody labels it in one go."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What is to be done."""

    table: bool
    json: bool
    export: Path | None
    newest: int
    data: Path
    model: Path


def arguments(given: Sequence[str]) -> Arguments:
    """Read the command line; end the process where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="make review",
        description="Label the messages that were not understood.",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", dest="table", help="print the groups")
    what.add_argument("--json", action="store_true", help="print the groups as JSON")
    what.add_argument("--export", type=Path, metavar="FILE.csv", help="write all lines as CSV")
    parser.add_argument("--newest", type=int, default=NEWEST, help="look at that many messages")
    parser.add_argument("--data", type=Path, default=Path("data/nlu"), help="the training lines")
    parser.add_argument("--model", type=Path, default=Path("models/order-assistant.tar.gz"))
    return Arguments(**vars(parser.parse_args(given)))
