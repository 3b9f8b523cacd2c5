"""Prints docs/demo-orders.md: `python -m sandbox.demo > docs/demo-orders.md`."""

import sys
from typing import Final

from sandbox.demo import catalogue
from sandbox.demo.pieces import DemoOrder
from support.times import utc_now

_HEAD: Final = """\
# Demo orders

Made by `python -m sandbox.demo > docs/demo-orders.md`. The customers are made up; times count from
the start of the sandbox, or from its last reset.

| order | e-mail | phone | what it shows |
|---|---|---|---|
"""


def table() -> str:
    """Return the page."""
    return _HEAD + "".join(_row(demo) for demo in catalogue(utc_now()))


def _row(demo: DemoOrder) -> str:
    contact = demo.order["contact"]
    phone = "0" + contact["phone"].removeprefix("+61")
    return f"| {demo.order['number']} | {contact['email']} | {phone} | {demo.shows} |\n"


if __name__ == "__main__":
    sys.stdout.write(table())
