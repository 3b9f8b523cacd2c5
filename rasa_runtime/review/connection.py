"""Which Redis holds the list, and how it is reached."""

import configparser
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

DEMO: Final = Path(".demo/supervisord.conf")
"""What `make demo` writes at its start; its Redis listens on another port each time."""
WAIT_SECONDS: Final = 3.0


def redis_url(environment: Mapping[str, str], demo: Path = DEMO) -> str | None:
    """Return REDIS_URL where it is set, else the Redis of the demo, else None."""
    return environment.get("REDIS_URL") or _redis_of_demo(demo)


def connect(url: str) -> Redis:
    """Return a client that answers in text and never waits long."""
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=WAIT_SECONDS,
        socket_connect_timeout=WAIT_SECONDS,
        retry=Retry(NoBackoff(), retries=1),
    )


def address(url: str) -> str:
    """Return host and port of a URL, without its password."""
    return urlsplit(url).netloc.rpartition("@")[2] or "its socket"


def _redis_of_demo(configuration: Path) -> str | None:
    parser = configparser.RawConfigParser()
    parser.read(configuration, encoding="utf-8")
    environment = parser.get("program:rasa", "environment", fallback="")
    found = re.search(r'\bREDIS_URL="([^"]*)"', environment)
    return found[1].replace("%%", "%") if found else None
