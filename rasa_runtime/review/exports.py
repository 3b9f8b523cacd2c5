"""The collected messages for other programs: JSON, and CSV for `make evaluate`."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rasa_runtime.review.grouping import Group, Line
from rasa_runtime.review.placeholders import filled_in
from rasa_runtime.review.suggestions import Ranking, collected_rankings, nearest_intents

COLUMNS: Final = ("text", "intent", "predicted", "confidence", "reasons", "conversations")
STARTS_A_FORMULA: Final = "=+-@"


def as_json(groups: Sequence[Group]) -> str:
    """Return the groups, the biggest first, as a JSON array."""
    return json.dumps([_group(group) for group in groups], ensure_ascii=False, indent=2)


def write_csv(groups: Sequence[Group], path: Path) -> int:
    """Write one row per line, similar ones below each other; return how many there are.

    `intent` is empty: what is right is for a person to say, and `make evaluate` leaves rows without
    it out.
    """
    rows = [_row(line) for group in groups for line in group.lines]
    with path.open("w", encoding="utf-8", newline="") as output:
        writer = csv.DictWriter(output, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _group(group: Group) -> dict[str, object]:
    return {
        "count": group.count,
        "reasons": group.reasons,
        "nearest": [_nearest(*ranked) for ranked in _nearest_intents(group)],
        "lines": [_line(line) for line in group.lines],
    }


def _nearest_intents(group: Group) -> Ranking:
    return nearest_intents(collected_rankings(group.lines))


def _nearest(intent: str, confidence: float) -> dict[str, object]:
    return {"intent": intent, "confidence": round(confidence, 4)}


def _line(line: Line) -> dict[str, object]:
    prediction = line.messages[0].message.prediction
    return {
        "text": line.text,
        "count": line.count,
        "intent": prediction.intent,
        "confidence": prediction.confidence,
        "reasons": line.reasons,
    }


def _row(line: Line) -> dict[str, object]:
    prediction = line.messages[0].message.prediction
    return {
        # A customer's text must not become a formula in somebody's spreadsheet.
        "text": filled_in(line.text).lstrip(STARTS_A_FORMULA + " "),
        "intent": "",
        "predicted": prediction.intent,
        "confidence": f"{prediction.confidence:.2f}",
        "reasons": ", ".join(sorted(line.reasons)),
        "conversations": line.count,
    }
