"""Which Redis holds the list, and how long it may take."""

import configparser
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from support.redis_client import Patience

DEMO: Final = Path(".demo/supervisord.conf")
"""What `make demo` writes at its start; its Redis listens on another port each time."""
PATIENCE: Final = Patience(connect_seconds=3, answer_seconds=3, repeats=1)
"""A person waits: better to be told soon."""


def redis_url(environment: Mapping[str, str], demo: Path = DEMO) -> str | None:
    """Return REDIS_URL where it is set, else the Redis of the demo, else None."""
    return environment.get("REDIS_URL") or _redis_of_demo(demo)


def address(url: str) -> str:
    """Return where a URL leads, without its password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _redis_of_demo(configuration: Path) -> str | None:
    parser = configparser.RawConfigParser()
    parser.read(configuration, encoding="utf-8")
    environment = parser.get("program:rasa", "environment", fallback="")
    found = re.search(r'\bREDIS_URL="([^"]*)"', environment)
    return found[1].replace("%%", "%") if found else None
