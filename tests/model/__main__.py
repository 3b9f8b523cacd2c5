"""Walks far: `python -m tests.model` (STEPS, SEED). What `make model-test` runs."""

import os
import sys
import tempfile
import time
from pathlib import Path

import structlog

from support import embedded_redis
from tests.model.run import rows_not_walked, walk

STEPS = int(os.environ.get("STEPS", "200000"))
SEED = int(os.environ.get("SEED", "0"))


def main() -> None:
    """Take the steps and say how many there were."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        server = embedded_redis.start(Path(folder), options=("--appendonly", "no"))
        try:
            steps = walk(server.url, STEPS, first_seed=SEED)
        finally:
            server.stop()
    if missed := rows_not_walked():
        sys.exit(f"Never happened: {sorted(missed)}")
    seconds = time.monotonic() - began
    sys.stdout.write(f"{steps:,} steps in {seconds:.0f} s, 0 violations\n")


if __name__ == "__main__":
    main()
