"""The entries of the knowledge as markup: one table for each group of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from gateway.html import Html, element, joined
from support.knowledge.models import Claim, Entry, Read


def entry_tables(section: str, entries: Iterable[Entry]) -> Html:
    """Return a headed table for each group of entries; `section` keeps the headings' ids apart."""
    groups = groupby(entries, key=group_of)
    return joined(*(_table(f"{section}-{group}", group, list(of_it)) for group, of_it in groups))


def group_of(entry: Entry) -> str:
    """Return what an entry belongs to: `delivery`."""
    return entry.key.partition(".")[0]


def source_line(read: Read) -> Html:
    """Return who said something, where it stands and when it was read."""
    place = f", {read.where}. Read on {written(read.read_on)}."
    return joined(element("strong", read.source), place)


def written(day: date) -> str:
    """Return a date as it is written: `23 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def _table(name: str, group: str, entries: Sequence[Entry]) -> Html:
    heading = element("h3", group.replace("_", " ").capitalize(), id=name)
    columns = (element("th", one, scope="col", role="columnheader") for one in _COLUMNS)
    head = element("thead", _row(*columns), role="rowgroup")
    body = element("tbody", *(_entry(one) for one in entries), role="rowgroup")
    return joined(heading, element("table", head, body, role="table", aria_labelledby=name))


_COLUMNS = ("Entry", "Value", "Sources")


def _row(*cells: Html) -> Html:
    # A phone shows rows as blocks; the roles keep them rows for those who listen.
    return element("tr", *cells, role="row")


def _entry(entry: Entry) -> Html:
    about = element("th", entry.about, _key(entry), scope="row", role="rowheader")
    return _row(
        about,
        element("td", _value(entry), role="cell", data_label="Value"),
        element("td", _sources(entry), role="cell", data_label="Sources"),
    )


def _key(entry: Entry) -> Html:
    return element("code", entry.key)


def _value(entry: Entry) -> Html:
    if entry.value is None:
        return element("span", "Not known", class_="unknown")
    value = element("span", entry.value.spoken, class_="value")
    if not entry.disputed:
        return value
    return joined(value, " ", element("span", "Disputed", class_="badge"))


def _sources(entry: Entry) -> Html:
    claims = element("ul", *(_claim(entry, one) for one in entry.claims))
    note = element("p", entry.note, class_="note") if entry.note else Html()
    return joined(claims if entry.claims else Html(), note)


def _claim(entry: Entry, claim: Claim) -> Html:
    parts: list[str] = [source_line(claim)]
    if claim.note:
        parts.append(f" {claim.note}")
    if claim.value is not None and claim.value != entry.value:
        says = "Says" if entry.value is None else "Says otherwise:"
        parts += [" ", element("mark", f"{says} {claim.value.spoken}")]
    return element("li", *parts)
