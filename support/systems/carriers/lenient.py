"""Reading vendors' bodies leniently: what is odd is left out rather than refused.

An answer with one odd event still tells where the parcel is.
"""

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def one_line(value: object) -> str | None:
    """Return a text or a number on one line; None for anything else, or nothing in it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def objects(value: object) -> list[object]:
    """Read a list of objects, a single object in its place, or nothing."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def object_or_none(value: object) -> object:
    """Read an object; None for anything else."""
    return value if isinstance(value, dict) else None


Text = Annotated[str | None, BeforeValidator(one_line)]


class Part(BaseModel):
    """A part of a vendor's body."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def time_of(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Read an ISO 8601 time; one without an offset is of this zone. Returned in UTC."""
    try:
        at = datetime.fromisoformat(text or "")
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_of(text: str | None) -> date | None:
    """Read the day of a date or of a time, as it is written there."""
    written = _DAY.match(text or "")
    try:
        return date.fromisoformat(written.group()) if written else None
    except ValueError:
        return None
