from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from support.facts import Evidence, Fact
from support.knowledge.files import DISRUPTIONS, SHIPPED, KnowledgeInvalid
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.knowledge.models import Entry, Span, Unit
from tests.knowledge import business_days, hours

Write = Callable[..., Path]

NOVEMBER = datetime(2026, 11, 23, tzinfo=ZoneInfo("Australia/Melbourne"))
ENTRY = """
- key: delivery.processing
  about: From the order to its dispatch.
  value: {kind: span, least: 0, most: 2, unit: days}
  confirmed: true
  claims:
    - source: Kmart logistics
      where: their mail to us
      read_on: 2026-12-01
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a folder of one's own and returns the folder."""

    def written(text: str, name: str = "own.yml") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.read()


def test_every_key_has_an_entry_in_the_file_of_its_prefix(shipped: Library) -> None:
    files = {path.stem: path.read_text() for path in SHIPPED.glob("*.yml")} | {DISRUPTIONS: ""}

    assert set(shipped.entries) == set(KnowledgeKey)
    assert [
        key for key in KnowledgeKey if f"- key: {key}\n" not in files[key.partition(".")[0]]
    ] == []


def test_what_the_agent_procedure_says_is_confirmed_and_nothing_else(shipped: Library) -> None:
    based_on_it = {
        key
        for key, entry in shipped.entries.items()
        if entry.value and entry.basis and entry.basis.source == "Kmart agent procedure"
    }

    assert based_on_it == {key for key, entry in shipped.entries.items() if entry.confirmed}


@pytest.mark.parametrize(
    "key",
    [
        KnowledgeKey.EXPRESS_METRO,
        KnowledgeKey.INVESTIGATION_TIME,
        KnowledgeKey.WAIT_AFTER_DELIVERED,
        KnowledgeKey.TRACKING_WORRYING,
        KnowledgeKey.COLLECT_HOLDING,
        KnowledgeKey.TARGET_COLLECT_HOLDING,
        KnowledgeKey.TARGET_DELIVERY,
        KnowledgeKey.MARKETPLACE_REPLY,
        KnowledgeKey.MARKETPLACE_RESOLVED,
        KnowledgeKey.DELIVERY_FEE_REFUND,
        KnowledgeKey.PHONE,
    ],
)
def test_what_was_looked_for_and_not_found_is_not_known(
    key: KnowledgeKey, shipped: Library
) -> None:
    assert shipped.entry(key).value is None
    assert shipped.evidence(key) is None
    assert shipped.entry(key).note


@pytest.mark.parametrize(
    ("key", "span"),
    [
        (KnowledgeKey.STANDARD_METRO, business_days(3, 5)),
        (KnowledgeKey.STANDARD_REGIONAL, business_days(7, 10)),
        (KnowledgeKey.STANDARD_REMOTE, business_days(14, 20)),
        (KnowledgeKey.PROCESSING, business_days(0, 4)),
        (KnowledgeKey.TRACKING_UPDATES, hours(48, least=24)),
        (KnowledgeKey.TRACKING_AFTER_SHIPPING, hours(48)),
        (KnowledgeKey.POST_OFFICE_HOLDING, hours(48, least=48)),
        (KnowledgeKey.COLLECT_ONEPASS, hours(2)),
    ],
)
def test_of_two_claims_the_more_careful_one_is_told(
    key: KnowledgeKey, span: Span, shipped: Library
) -> None:
    found = shipped.span(key)

    assert found is not None
    assert found.value == span


def test_both_of_two_conflicting_claims_are_kept(shipped: Library) -> None:
    entry = shipped.entry(KnowledgeKey.STANDARD_REGIONAL)

    assert entry.disputed
    assert [claim.value for claim in entry.claims] == [None, business_days(5, 7)]
    assert not shipped.entry(KnowledgeKey.STANDARD_METRO).disputed


def test_each_kind_of_value_is_told_with_its_source_and_the_day_it_was_read(
    shipped: Library,
) -> None:
    help_article = Evidence("Click & Collect help article", NOVEMBER)
    procedure = Evidence("Kmart agent procedure", NOVEMBER)

    assert shipped.clock_time(KnowledgeKey.COLLECT_CUT_OFF) == Fact(time(12), help_article)
    assert shipped.holds(KnowledgeKey.OFFER_REFUND) == Fact(True, procedure)  # noqa: FBT003
    assert shipped.words(KnowledgeKey.COLLECT_AFTER_CUT_OFF) == Fact("the next day", help_article)
    assert shipped.evidence(KnowledgeKey.TRACKING_UPDATES) == procedure


def test_a_value_is_never_taken_for_another_kind(shipped: Library) -> None:
    with pytest.raises(TypeError, match="is not a Rule"):
        shipped.holds(KnowledgeKey.STANDARD_METRO)


def test_an_entry_in_a_folder_of_ones_own_takes_the_place_of_the_shipped_one(
    write: Write, shipped: Library
) -> None:
    library = Library.read(write(ENTRY))

    found = library.span(KnowledgeKey.PROCESSING)
    assert found is not None
    assert found.value == Span(least=0, most=2, unit=Unit.DAYS)
    assert found.evidence.source == "Kmart logistics"
    assert found.evidence.at.date() == date(2026, 12, 1)
    assert library.entry(KnowledgeKey.STANDARD_METRO) == shipped.entry(KnowledgeKey.STANDARD_METRO)


def test_disruptions_are_no_entries(write: Write) -> None:
    assert Library.read(write("- {id: anything}", DISRUPTIONS)).entries


INVALID = {
    "no list": ("key: x", "own.yml has to be a list; for an empty one write []."),
    "no YAML": ("- key: 'x", "own.yml cannot be read: found unexpected end of stream, in line 1."),
    "no entry": ("- delivery", "own.yml: entry 1: Input should be a valid dictionary"),
    "unknown key": (
        ENTRY.replace("delivery.processing", "delivery.processign"),
        "own.yml: delivery.processign, key: Input should be",
    ),
    "twice": (ENTRY + ENTRY, "own.yml: delivery.processing stands there twice, or in two files."),
    "word twice": (
        ENTRY + "  confirmed: false\n",
        "own.yml cannot be read: confirmed stands twice in one entry, in line 2.",
    ),
    "unknown word": (
        ENTRY.replace("about:", "abuot:"),
        "own.yml: delivery.processing, about: Field required.",
    ),
    "no unit": (
        ENTRY.replace("unit: days", "unit: fortnights"),
        "own.yml: delivery.processing, value.span.unit: Input should be 'hours', 'days' or",
    ),
    "wrong order": (
        ENTRY.replace("least: 0", "least: 3"),
        "own.yml: delivery.processing, value.span: `least` is more than `most`.",
    ),
    "time without quotes": (
        ENTRY.replace("{kind: span, least: 0, most: 2, unit: days}", "{kind: time, at: 12:00}"),
        'own.yml: delivery.processing, value.time.at: Write times in quotes: "12:00".',
    ),
    "no source": (
        ENTRY[: ENTRY.index("  claims")],
        "own.yml: delivery.processing: There is a value and no source.",
    ),
    "no basis": (
        ENTRY + "      value: {kind: rule, holds: true}\n",
        "own.yml: delivery.processing: No source says what `value` says.",
    ),
    "confirmed without value": (
        ENTRY.replace("{kind: span, least: 0, most: 2, unit: days}", "null"),
        "own.yml: delivery.processing: It is confirmed but has no value.",
    ),
    "no day": (
        ENTRY.replace("2026-12-01", "last week"),
        "own.yml: delivery.processing, claims.0.read_on: Input should be a valid date",
    ),
}


@pytest.mark.parametrize(("text", "problem"), INVALID.values(), ids=INVALID.keys())
def test_a_mistake_is_named_with_its_file_entry_and_place(
    text: str, problem: str, write: Write
) -> None:
    with pytest.raises(KnowledgeInvalid) as refused:
        Library.read(write(text))

    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeInvalid, match="nowhere cannot be read: No such file"):
        Library.read(tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_bytes("- key: caf\xe9".encode("latin-1"))

    with pytest.raises(KnowledgeInvalid, match=r"own\.yml cannot be read"):
        Library.read(tmp_path)


@pytest.mark.parametrize(
    ("span", "spoken"),
    [
        (business_days(3, 5), "3 to 5 business days"),
        (business_days(0, 4), "up to 4 business days"),
        (business_days(0, 1), "up to 1 business day"),
        (hours(24, least=24), "24 hours"),
        (hours(1, least=1), "1 hour"),
    ],
)
def test_a_span_is_said_as_people_say_it(span: Span, spoken: str) -> None:
    assert span.spoken == spoken


def test_an_entry_without_a_claim_for_its_value_cannot_be_made(shipped: Library) -> None:
    written = shipped.entry(KnowledgeKey.STANDARD_METRO).model_dump()

    with pytest.raises(ValueError, match="There is a value and no source"):
        Entry.model_validate(written | {"claims": ()})
