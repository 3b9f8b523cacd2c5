"""Reads labelled messages from a CSV file, or says in one sentence why that cannot be done."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gateway.text_cleaning import clean_text

REQUIRED_COLUMNS = ("text", "intent")


class UnusableData(Exception):
    """The file cannot be evaluated; the message is a sentence that says what to change."""


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """What a customer typed, and what somebody says it means."""

    line: int
    """Where it begins in the file; the header is line 1."""
    text: str
    """As the gateway hands it on: what cannot be seen is taken out."""
    intent: str
    row: dict[str, str]
    """All columns of the file, untouched."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that holds nothing to evaluate."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LabelledData:
    """What a file holds."""

    path: Path
    sha256: str
    columns: tuple[str, ...]
    messages: tuple[LabelledMessage, ...]
    skipped: tuple[SkippedRow, ...]


def read_messages(path: Path) -> LabelledData:
    """Read a CSV file in UTF-8, with or without byte order mark, and a header naming its columns.

    Columns beside `text` and `intent` are kept. Rows without text or intent are skipped and listed.
    Raises UnusableData.
    """
    content = _content(path)
    records = _records(_decoded(content, path), path)
    _, columns = next(records, (1, []))
    _check_columns(columns, path)
    rows = [_row(line, values, columns) for line, values in records]
    messages = tuple(row for row in rows if isinstance(row, LabelledMessage))
    if not messages:
        raise UnusableData(f"{path} holds no row with a text and an intent.")
    return LabelledData(
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        columns=tuple(columns),
        messages=messages,
        skipped=tuple(row for row in rows if isinstance(row, SkippedRow)),
    )


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise UnusableData(f"{path} is a folder: name a CSV file (DATA=file.csv).") from error
    except FileNotFoundError as error:
        raise UnusableData(f"There is no file {path}.") from error
    except OSError as error:
        raise UnusableData(f"{path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise UnusableData(f"{path} is empty.")
    return content


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The position counts from behind a byte order mark, which holds no line end.
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnusableData(f"Line {line} of {path} is not UTF-8: save it as UTF-8.") from error


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not a blank line, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for values in reader:
            if values:
                yield begins, values
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnusableData(f"Line {begins} of {path} is not CSV: {error}.") from error


def _check_columns(columns: list[str], path: Path) -> None:
    for required in REQUIRED_COLUMNS:
        if columns.count(required) != 1:
            found = ", ".join(columns) or "none"
            raise UnusableData(
                f"{path} needs one column {required} in its first line; it has: {found}."
            )


def _row(line: int, values: list[str], columns: list[str]) -> LabelledMessage | SkippedRow:
    if len(values) != len(columns):
        return SkippedRow(line, f"has {len(values)} values for {len(columns)} columns")
    row = dict(zip(columns, values, strict=True))
    text, intent = clean_text(row["text"]), row["intent"].strip()
    if not text:
        return SkippedRow(line, "has no text")
    if not intent:
        return SkippedRow(line, "has no intent")
    return LabelledMessage(line, text, intent, row)
