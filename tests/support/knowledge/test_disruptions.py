import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from support.knowledge.disruptions import Disruptions
from support.knowledge.files import SHIPPED, KnowledgeInvalid
from support.knowledge.models import Span, Unit
from support.places.states import State
from tests.orders import NOW

FLOODS = """
- id: far-north-floods
  about: Floods in Far North Queensland have closed roads, so parcels there take longer.
  carriers: [Australia Post, startrack]
  states: [QLD]
  postcodes: ["4870-4895", "4802"]
  from: 2026-11-20
  expected_delay: {least: 2, most: 5, unit: business_days}
  source: Australia Post service alerts
  where: auspost.com.au/service-updates
  read_on: 2026-11-21
"""


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


class Notebook:
    """A folder of one's own with its file of disruptions, edited as staff do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._edits = 0

    def write(self, text: str) -> None:
        path = self.folder / "disruptions.yml"
        path.write_text(text)
        self._edits += 1
        os.utime(path, (self._edits, self._edits))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path)


def test_none_is_shipped(clock: Clock) -> None:
    assert Disruptions(now=clock).all() == ()


def test_the_example_in_the_shipped_file_is_a_good_one(notebook: Notebook, clock: Clock) -> None:
    lines = (SHIPPED / "disruptions.yml").read_text().splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("# - id:"))
    notebook.write("\n".join(line.removeprefix("# ") for line in lines[begin:-2]))

    (found,) = Disruptions(notebook.folder, now=clock).all()

    assert found.id == "far-north-floods-2026-12"
    assert found.until == date(2026, 12, 10)


def test_all_that_is_written_is_read(notebook: Notebook, clock: Clock) -> None:
    notebook.write(FLOODS)

    (found,) = Disruptions(notebook.folder, now=clock).all()

    assert found.carriers == ("australia_post", "startrack")
    assert found.states == (State.QLD,)
    assert [(one.first, one.last) for one in found.postcodes] == [
        ("4870", "4895"),
        ("4802", "4802"),
    ]
    assert found.until is None
    assert found.expected_delay == Span(least=2, most=5, unit=Unit.BUSINESS_DAYS)
    assert found.evidence.source == "Australia Post service alerts"
    assert found.evidence.at.date() == date(2026, 11, 21)


def test_a_change_is_read_after_half_a_minute_and_not_before(
    notebook: Notebook, clock: Clock
) -> None:
    notebook.write("[]")
    disruptions = Disruptions(notebook.folder, now=clock)
    notebook.write(FLOODS)

    clock.pass_seconds(29)
    before = disruptions.all()
    clock.pass_seconds(1)
    after = disruptions.all()

    assert before == ()
    assert [one.id for one in after] == ["far-north-floods"]


def test_a_file_that_comes_later_is_found(notebook: Notebook, clock: Clock) -> None:
    disruptions = Disruptions(notebook.folder, now=clock)
    notebook.write(FLOODS)
    clock.pass_seconds(30)

    assert [one.id for one in disruptions.all()] == ["far-north-floods"]


def test_an_edit_with_a_mistake_is_logged_once_and_what_was_good_stays(
    notebook: Notebook, clock: Clock
) -> None:
    notebook.write(FLOODS)
    disruptions = Disruptions(notebook.folder, now=clock)
    notebook.write(FLOODS.replace("from:", "form:"))

    with capture_logs() as logged:
        for _ in range(3):
            clock.pass_seconds(30)
            kept = disruptions.all()

    assert [one.id for one in kept] == ["far-north-floods"]
    assert [one["event"] for one in logged] == ["knowledge.disruptions_invalid"]
    assert "far-north-floods, from: Field required." in logged[0]["problem"]


def test_a_mended_edit_is_read(notebook: Notebook, clock: Clock) -> None:
    notebook.write("[]")
    disruptions = Disruptions(notebook.folder, now=clock)
    notebook.write("- id")
    clock.pass_seconds(30)
    disruptions.all()
    notebook.write(FLOODS)
    clock.pass_seconds(30)

    assert [one.id for one in disruptions.all()] == ["far-north-floods"]


def test_a_folder_that_goes_away_takes_nothing_with_it(notebook: Notebook, clock: Clock) -> None:
    notebook.write(FLOODS)
    disruptions = Disruptions(notebook.folder, now=clock)
    (notebook.folder / "disruptions.yml").unlink()
    notebook.folder.rmdir()
    clock.pass_seconds(30)

    with capture_logs() as logged:
        kept = disruptions.all()

    assert [one.id for one in kept] == ["far-north-floods"]
    assert [one["event"] for one in logged] == ["knowledge.disruptions_invalid"]


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("from: 2026-11-20", "from: soon", "from: Input should be a valid date"),
        ("[QLD]", "[Queens]", "states.0: Input should be"),
        ('"4802"', "4802", 'postcodes.1: Write postcodes in quotes: "4870" or "4870-4895".'),
        ("4870-4895", "4895-4870", "postcodes.0: 4895-4870 is no postcode and no range"),
        ("longer.", "longer", "about: Customers read this: write a whole sentence"),
        ("  from: 2026-11-20", "  from: 2026-11-20\n  until: 2026-11-19", "`until` is before"),
        ("unit: business_days", "unit: parsecs", "expected_delay.unit: Input should be"),
        ("  source: Australia Post service alerts\n", "", "source: Field required."),
    ],
)
def test_at_the_start_a_mistake_is_refused(
    good: str, bad: str, problem: str, notebook: Notebook
) -> None:
    notebook.write(FLOODS.replace(good, bad))

    with pytest.raises(KnowledgeInvalid) as refused:
        Disruptions(notebook.folder)

    assert "disruptions.yml: far-north-floods" in str(refused.value)
    assert problem in str(refused.value)


def test_the_same_id_twice_is_refused(notebook: Notebook) -> None:
    notebook.write(FLOODS + FLOODS)

    with pytest.raises(KnowledgeInvalid, match="far-north-floods stands there twice"):
        Disruptions(notebook.folder)
