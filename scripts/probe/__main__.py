"""Asks configured systems one harmless question each, and says in plain words what is wrong.

    python -m scripts.probe australia_post --record exchanges.jsonl

Reads the same settings as the actions. Without a name all systems are asked. What was answered can
be kept in a file, to be played again in a test (`support/systems/exchanges.py`); keys are not in
it.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scripts.probe.desk import desk_questions
from scripts.probe.findings import probe
from scripts.probe.questions import Question, questions
from support.systems.desk.settings import DeskCallsSettings
from support.systems.exchanges import RecordingTransport, write_exchanges
from support.systems.settings import SystemsSettings


def _questions() -> dict[str, Question]:
    try:
        return questions(SystemsSettings()) | desk_questions(DeskCallsSettings())
    except ValidationError as error:
        wrong = sorted({_wrong(one) for one in error.errors()})
        sys.stderr.write(f"These settings are missing or wrong: {', '.join(wrong)}.\n")
        raise SystemExit(os.EX_CONFIG) from None


def _wrong(error: ErrorDetails) -> str:
    """Return the setting that is wrong, or what is said about several together."""
    return ".".join(map(str, error["loc"])).upper() or error["msg"]


async def _probe_all(names: list[str], asked: Mapping[str, Question], record: Path | None) -> bool:
    well = True
    recording = RecordingTransport(httpx.AsyncHTTPTransport(trust_env=False))
    async with httpx.AsyncClient(transport=recording, trust_env=False) as client:
        for name in names:
            finding = await probe(asked[name], client)
            print(f"{name}: {finding.sentence}")
            well = well and finding.well
    if record is not None:
        write_exchanges(record, recording.exchanges)
    return well


def main() -> None:
    """Probe the systems that are named, or all."""
    parser = argparse.ArgumentParser(prog="make probe", description=__doc__)
    parser.add_argument("systems", nargs="*")
    parser.add_argument("--record", type=Path, help="a file to keep the answers in")
    arguments = parser.parse_args()
    asked = _questions()
    names = arguments.systems or list(asked)
    unknown = [name for name in names if name not in asked]
    if unknown:
        sys.stderr.write(f"{', '.join(unknown)} is not set up; there are {', '.join(asked)}.\n")
        raise SystemExit(os.EX_USAGE)
    well = asyncio.run(_probe_all(names, asked, arguments.record))
    raise SystemExit(0 if well else os.EX_UNAVAILABLE)


if __name__ == "__main__":
    main()
