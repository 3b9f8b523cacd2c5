"""A retailer's own delivery regions, which come before those of the table of localities.

A CSV file with the columns `postcode` and `region` (metro, regional or remote), named by the
setting REGIONS_FILE.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from support.places.localities import Remoteness

Regions = Mapping[str, Remoteness]
"""Regions by postcode."""

NO_REGIONS: Final[Regions] = MappingProxyType({})
_POSTCODE: Final = re.compile(r"\d{4}")
_COLUMNS: Final = ["postcode", "region"]


class RegionsInvalid(Exception):
    """The file cannot be used; the message names the line and what is wrong with it."""


def read_regions(path: Path) -> Regions:
    """Read such a file; raises RegionsInvalid."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if [name.strip() for name in rows.fieldnames or ()] != _COLUMNS:
                raise RegionsInvalid(f"{path}: the first line must be {','.join(_COLUMNS)}.")
            return MappingProxyType(dict(_entries(path, rows)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegionsInvalid(f"{path} cannot be read: {error}") from error


def _entries(path: Path, rows: "csv.DictReader[str]") -> Iterator[tuple[str, Remoteness]]:
    seen: set[str] = set()
    for row in rows:
        postcode, region = ((value or "").strip() for value in list(row.values())[:2])
        place = f"{path}, line {rows.line_num}"
        if not _POSTCODE.fullmatch(postcode):
            raise RegionsInvalid(f"{place}: {postcode!r} is no postcode of four digits.")
        if postcode in seen:
            raise RegionsInvalid(f"{place}: {postcode} stands there twice.")
        if region not in set(Remoteness):
            raise RegionsInvalid(f"{place}: {region!r} is not metro, regional or remote.")
        seen.add(postcode)
        yield postcode, Remoteness(region)
