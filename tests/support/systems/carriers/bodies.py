"""Answers of the tracking endpoint, in every shape it is known to have."""

import json
import os
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]

SHARED: Final = Path(
    os.environ.get("CARRIER_EXAMPLES", Path(__file__).parents[5] / "shared" / "carriers")
)
"""Example bodies that are kept outside this project."""

NUMBER: Final = "JDQ019457101000930308"


def shared_body(name: str) -> Json:
    """Return one of the shared examples; each has a twin among those below."""
    loaded: Json = json.loads((SHARED / name).read_text(encoding="utf-8"))
    return loaded


def scan(date: str | None, description: str | None, location: str | None = None) -> Json:
    fields = {"date": date, "description": description, "location": location}
    return {name: value for name, value in fields.items() if value is not None}


def article(*scans: Json, status: str | None = None, number: str = NUMBER) -> Json:
    named = {"status": status} if status else {}
    return {"article_id": number, "product_type": "eParcel", "events": list(scans)} | named


def result(*items: Json, number: str = NUMBER, **fields: object) -> Json:
    return {"tracking_id": number, "trackable_items": list(items)} | fields


def answer(*results: Json) -> Json:
    return {"tracking_results": list(results)}


def rate_limited() -> Json:
    return {
        "errors": [
            {
                "message": "Too many requests",
                "error_code": "API_002",
                "error_name": "Too many requests",
            }
        ]
    }


def refused(number: str = NUMBER, **error: str) -> Json:
    return answer({"tracking_id": number, "errors": [error]})


SCANNED = scan("2026-11-23T19:40:00+11:00", "Item processed at facility", "SUNSHINE WEST VIC")
ONBOARD = scan("2026-11-24T07:02:00+11:00", "Onboard for delivery", "GEELONG VIC")
DELIVERED = scan("2026-11-24T11:26:00+11:00", "Delivered", "GEELONG VIC")
