"""A page for staff: what the assistant goes by, what is not confirmed, what is not known.

It holds nothing about customers. The proxy keeps it inside: docs/operations.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gateway.html import DOCTYPE, Html, element
from gateway.knowledge_entries import entry_tables, source_line, written
from gateway.services import Provided
from support.decisions.disruptions import is_current, is_over
from support.knowledge.disruptions import Disruption
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Entry
from support.systems.carriers.registry import profile_of
from support.times import utc_now, zone_of_state

router = APIRouter(include_in_schema=False)

_HEADERS: Final = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}
_TITLE: Final = "What the assistant knows"


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the page, with what it means for customers."""

    id: str
    title: str
    meaning: str
    entries: Sequence[Entry]


@router.get("/knowledge")
async def knowledge_page(services: Provided) -> HTMLResponse:
    """Return the page as things stand now."""
    today = utc_now().astimezone(zone_of_state(None)).date()
    page = render(services.knowledge, services.disruptions.all(), today=today)
    return HTMLResponse(page, headers=_HEADERS)


def render(library: Library, disruptions: Iterable[Disruption], *, today: date) -> str:
    """Return the whole page: the unconfirmed first, then the unknown, then the rest."""
    sections = _sections([library.entry(key) for key in KnowledgeKey])
    coming = [one for one in disruptions if not is_over(one, today)]
    body = element(
        "body",
        element("header", element("h1", _TITLE), element("p", _INTRODUCTION), class_="top"),
        element(
            "main",
            _counts(sections, coming),
            *(_section(one) for one in sections[:2]),
            _disruptions(coming, today),
            *(_section(one) for one in sections[2:]),
        ),
    )
    return DOCTYPE + element("html", _head(), body, lang="en-AU")


_INTRODUCTION: Final = (
    "For staff. Every time, rule and contact that the assistant may tell customers, with its "
    "source. How to change or confirm an entry: docs/knowledge.md."
)


def _sections(entries: Sequence[Entry]) -> Sequence[_Section]:
    return (
        _Section(
            "unconfirmed",
            "Not confirmed",
            "Customers are told these with their source. Please check and confirm them.",
            [one for one in entries if one.value is not None and not one.confirmed],
        ),
        _Section(
            "unknown",
            "Not known",
            "No source was found that holds. The assistant says that it does not know.",
            [one for one in entries if one.value is None],
        ),
        _Section(
            "confirmed",
            "Confirmed",
            "Confirmed by Kmart.",
            [one for one in entries if one.confirmed],
        ),
    )


def _head() -> Html:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", _TITLE),
        element("link", rel="icon", href="/assets/shop/icon.svg", type="image/svg+xml"),
        element("link", rel="stylesheet", href="/assets/knowledge/knowledge.css"),
    )


def _counts(sections: Sequence[_Section], coming: Sequence[Disruption]) -> Html:
    disputed = sum(one.value is not None and one.disputed for it in sections for one in it.entries)
    links = [_count(one.id, len(one.entries), one.title) for one in sections]
    links.insert(2, _count("disruptions", len(coming), "Disruptions"))
    summary = f"Of these entries {disputed} are disputed: their sources differ."
    return element(
        "nav",
        element("ul", *(element("li", link) for link in links), class_="counts"),
        element("p", summary, class_="meaning"),
        aria_label="On this page",
    )


def _count(place: str, count: int, title: str) -> Html:
    return element("a", element("strong", str(count)), " ", title, href=f"#{place}")


def _section(section: _Section) -> Html:
    heading = f"{section.title}: {len(section.entries)}"
    return element(
        "section",
        element("h2", heading, id=f"{section.id}-title"),
        element("p", section.meaning, class_="meaning"),
        entry_tables(section.id, section.entries),
        id=section.id,
        aria_labelledby=f"{section.id}-title",
    )


def _disruptions(coming: Sequence[Disruption], today: date) -> Html:
    listed = element("ul", *(_disruption(one, today) for one in coming), class_="disruptions")
    none = element("p", "None is announced.", class_="meaning")
    return element(
        "section",
        element("h2", f"Disruptions: {len(coming)}", id="disruptions-title"),
        listed if coming else none,
        id="disruptions",
        aria_labelledby="disruptions-title",
    )


def _disruption(one: Disruption, today: date) -> Html:
    state = "Now" if is_current(one, today) else "Announced"
    carriers = ", ".join(profile_of(carrier).name for carrier in one.carriers) or "all carriers"
    until = f"until {written(one.until)}" if one.until else "end not known"
    delay = one.expected_delay.spoken if one.expected_delay else "not known"
    facts = "; ".join(
        (carriers, _places(one), f"from {written(one.from_)}", until, f"expected delay {delay}")
    )
    return element(
        "li",
        element("p", element("span", state, class_="badge"), " ", element("strong", one.about)),
        element("p", facts, " ", element("code", one.id)),
        element("p", source_line(one), class_="note"),
    )


def _places(one: Disruption) -> str:
    ranges = [f"{it.first}-{it.last}" if it.first != it.last else it.first for it in one.postcodes]
    states = ", ".join(one.states)
    postcodes = f"postcodes {', '.join(ranges)}" if ranges else ""
    return ", ".join(filter(None, (states, postcodes))) or "everywhere"
