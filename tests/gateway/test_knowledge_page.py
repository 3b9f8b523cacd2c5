from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gateway.knowledge_page import render
from support.knowledge.disruptions import Disruption
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from tests.fakes.chat import RunningGateway, running_gateway

TODAY = date(2026, 11, 24)
UNSAFE = "<script>alert('it')</script>"
FLOODS = Disruption.model_validate(
    {
        "id": "floods",
        "about": "Floods have closed roads, so parcels take longer.",
        "carriers": ["australia_post"],
        "states": ["QLD"],
        "postcodes": ["4870-4895"],
        "from": TODAY - timedelta(days=2),
        "expected_delay": {"least": 2, "most": 5, "unit": "business_days"},
        "source": "Australia Post service alerts",
        "where": "auspost.com.au/service-updates",
        "read_on": TODAY,
    }
)


class Outline(HTMLParser):
    """What a reader of headings and tables meets, in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.headings: list[str] = []
        self.rows: list[str] = []
        self._in: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"h1", "h2", "h3"}:
            self._in = tag
            self.headings.append("")
        elif tag == "tr":
            self._in = tag
            self.rows.append("")
        del attrs

    def handle_data(self, data: str) -> None:
        if self._in == "tr":
            self.rows[-1] += f"{data} "
        elif self._in:
            self.headings[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = None

    def row(self, key: KnowledgeKey) -> str:
        (found,) = [row for row in self.rows if f" {key} " in row]
        return " ".join(found.split())


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.read()


def outline(library: Library, *disruptions: Disruption) -> Outline:
    return Outline(render(library, disruptions, today=TODAY))


def with_entry(library: Library, key: KnowledgeKey, **different: object) -> Library:
    entry = library.entry(key).model_copy(update=different)
    return replace(library, entries={**library.entries, key: entry})


def test_what_is_not_confirmed_comes_first_then_what_is_not_known(library: Library) -> None:
    entries = library.entries.values()
    unknown = sum(one.value is None for one in entries)
    confirmed = sum(one.confirmed for one in entries)
    unconfirmed = len(entries) - unknown - confirmed

    sections = [one for one in outline(library).headings if ": " in one]

    assert sections == [
        f"Not confirmed: {unconfirmed}",
        f"Not known: {unknown}",
        "Disruptions: 0",
        f"Confirmed: {confirmed}",
    ]


def test_every_entry_is_there_once(library: Library) -> None:
    page = outline(library)

    assert all(page.row(key) for key in KnowledgeKey)


def test_an_entry_says_its_value_and_who_said_it_where_and_when(library: Library) -> None:
    row = outline(library).row(KnowledgeKey.TRACKING_AFTER_SHIPPING)

    assert "up to 48 hours" in row
    assert "Kmart delivery FAQ , kmart.com.au/faq/delivery" in row
    assert "Read on 23 November 2026." in row


def test_a_disputed_value_is_marked_and_both_are_shown(library: Library) -> None:
    row = outline(library).row(KnowledgeKey.STANDARD_REGIONAL)

    assert "7 to 10 business days Disputed" in row
    assert "Says otherwise: 5 to 7 business days" in row
    assert "Disputed" not in outline(library).row(KnowledgeKey.STANDARD_METRO)


def test_what_is_claimed_of_something_not_known_is_shown_as_such(library: Library) -> None:
    row = outline(library).row(KnowledgeKey.PHONE)

    assert "Not known" in row
    assert "Says 1800 124 125" in row


def test_what_staff_have_written_cannot_become_markup(library: Library) -> None:
    key = KnowledgeKey.STANDARD_METRO
    claim = (
        library.entry(key)
        .claims[0]
        .model_copy(update={"source": UNSAFE, "where": UNSAFE, "note": UNSAFE})
    )
    unsafe = with_entry(library, key, about=UNSAFE, note=UNSAFE, claims=(claim,))
    disruption = FLOODS.model_copy(update={"about": UNSAFE, "where": UNSAFE, "id": UNSAFE})

    page = outline(unsafe, disruption)

    assert "script" not in page.tags
    assert page.row(key).count(UNSAFE) == 5


def test_disruptions_are_shown_until_they_are_over(library: Library) -> None:
    begun = render(library, [FLOODS], today=TODAY)
    coming = render(library, [FLOODS], today=FLOODS.from_ - timedelta(days=1))
    over = FLOODS.model_copy(update={"until": TODAY - timedelta(days=1)})

    assert "Now</span> <strong>Floods have closed roads" in begun
    assert "Australia Post; QLD, postcodes 4870-4895; from 22 November 2026" in begun
    assert "expected delay 2 to 5 business days" in begun
    assert "Announced</span> <strong>Floods" in coming
    assert "None is announced." in render(library, [over], today=TODAY)


async def test_the_page_is_served_with_its_looks_and_without_scripts(
    gateway: RunningGateway,
) -> None:
    page = await gateway.http.get("/knowledge")
    looks = await gateway.http.get("/assets/knowledge/knowledge.css")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["x-robots-tag"] == "noindex"
    assert "script" not in Outline(page.text).tags
    assert " style=" not in page.text
    assert looks.status_code == 200


async def test_the_page_shows_what_staff_have_written_themselves(
    redis_url: str, tmp_path: Path
) -> None:
    (tmp_path / "own.yml").write_text(
        "- key: contact.phone\n  about: Customer service by phone.\n  confirmed: true\n"
        "  value: {kind: words, text: 1800 000 000}\n"
        "  claims: [{source: Kmart, where: their mail, read_on: 2026-12-01}]\n"
    )
    async with running_gateway(redis_url, knowledge_folder=tmp_path) as own:
        page = await own.http.get("/knowledge")

    assert "1800 000 000" in Outline(page.text).row(KnowledgeKey.PHONE)
