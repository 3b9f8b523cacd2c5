"""Adding training lines: what changes in a file, and what never does."""

import difflib
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from rasa_runtime.review.sitting import training_files
from rasa_runtime.review.training_files import (
    Added,
    AlreadyThere,
    Block,
    TrainingFiles,
    UnreadableTrainingData,
)
from support.masking import masked
from tests.rasa_runtime.conftest import ROOT

DELAY = """\
# Late deliveries.
#
# delivery_delayed  not here although it should be

version: "3.1"

nlu:
  - intent: delivery_delayed   # the big one
    examples: |
      - my parcel's late
      - where is 410200341, it's late

  # after the blank line
  - intent: eta_question
    examples: |
      - when will it come
"""
FALLBACK = """\
version: "3.1"
nlu:
# Stores
- intent: out_of_scope
  examples: |
    - what time do you open
    - is there a store in Cairns
# Jobs
- intent: out_of_scope
  examples: |
    - are you hiring
    - how do i apply for a job"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "delay.yml").write_text(DELAY)
    (tmp_path / "fallback.yml").write_text(FALLBACK)
    return tmp_path


@pytest.fixture
def files(folder: Path) -> TrainingFiles:
    return training_files(folder)


def changes(before: str, after: str) -> list[str]:
    """The lines that differ, as a diff shows them."""
    rows = difflib.ndiff(before.splitlines(), after.splitlines())
    return [row for row in rows if not row.startswith("  ")]


def test_a_line_goes_under_its_intent_and_nothing_else_changes(files: TrainingFiles, folder: Path):
    added = files.add("delivery_delayed", "still not here mate")
    after = (folder / "delay.yml").read_text()
    assert added == Added(folder / "delay.yml", "delivery_delayed")
    assert changes(DELAY, after) == ["+       - still not here mate"]
    assert after.index("it's late") < after.index("still not") < after.index("# after the blank")


def test_lines_are_added_one_below_the_other(files: TrainingFiles, folder: Path):
    for text in ("one more", "and another", "and a third"):
        files.add("delivery_delayed", text)
    after = (folder / "delay.yml").read_text()
    assert changes(DELAY, after) == [
        "+       - one more",
        "+       - and another",
        "+       - and a third",
    ]


def test_a_file_without_a_line_end_gets_one(files: TrainingFiles, folder: Path):
    files.add("out_of_scope", "do you have vacancies")
    assert (folder / "fallback.yml").read_text() == f"{FALLBACK}\n    - do you have vacancies\n"


def test_of_several_blocks_the_one_with_the_nearest_lines_is_chosen(
    files: TrainingFiles, folder: Path
):
    files.add("out_of_scope", "which store is near Hobart")
    after = (folder / "fallback.yml").read_text()
    assert after.index("Cairns") < after.index("Hobart") < after.index("# Jobs")


def test_rasa_reads_the_line_back_as_it_was(files: TrainingFiles, folder: Path):
    awkward = "- it's [late](order) : {again} # \"really\" | 50% 'off' 👍"
    files.add("delivery_delayed", awkward)
    [read] = [e for e in load_data(str(folder)).intent_examples if "really" in e.get("text")]
    assert read.get("text") == "it's (late)(order) : (again) # \"really\" | 50% 'off' 👍"
    assert (read.get("intent"), read.get("entities", [])) == ("delivery_delayed", [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("my parcel's late", id="the same"),
        pytest.param("My parcel's  LATE!", id="case, spaces and end marks"),
        pytest.param("where is 300192837, it's late", id="another number"),
    ],
)
def test_what_the_intent_has_already_is_not_added(files: TrainingFiles, folder: Path, text: str):
    place = files.add("delivery_delayed", text)
    assert place == AlreadyThere(folder / "delay.yml", "delivery_delayed")
    assert (folder / "delay.yml").read_text() == DELAY


def test_what_was_just_added_is_not_added_again(files: TrainingFiles):
    files.add("delivery_delayed", "still not here mate")
    assert isinstance(files.add("delivery_delayed", "still not here mate"), AlreadyThere)


def test_what_another_intent_has_is_not_added(files: TrainingFiles, folder: Path):
    place = files.add("delivery_delayed", "when will it come")
    assert place == AlreadyThere(folder / "delay.yml", "eta_question")
    assert (folder / "delay.yml").read_text() == DELAY


def test_a_change_by_somebody_else_is_not_overwritten(files: TrainingFiles, folder: Path):
    changed = DELAY.replace("      - my parcel's late\n", "")
    (folder / "delay.yml").write_text(changed)
    with pytest.raises(UnreadableTrainingData, match="changed meanwhile"):
        files.add("delivery_delayed", "still not here mate")
    assert (folder / "delay.yml").read_text() == changed


def test_examples_of_an_unknown_shape_are_refused(tmp_path: Path):
    path = tmp_path / "delay.yml"
    path.write_text('nlu:\n- intent: delivery_delayed\n  examples: "- one\\n- two"\n')
    with pytest.raises(UnreadableTrainingData, match="delivery_delayed"):
        training_files(tmp_path)


def test_every_intent_of_the_assistant_takes_a_line(tmp_path: Path):
    folder = shutil.copytree(ROOT / "data" / "nlu", tmp_path / "nlu")
    before = {path.name: path.read_text() for path in folder.glob("*.yml")}
    files = TrainingFiles(folder, mask=masked, choose=_last)
    for intent in files.intents:
        assert isinstance(files.add(intent, f"glorp the flim flam of {intent}"), Added)
    added = [
        change.strip("+ -")
        for path in sorted(folder.glob("*.yml"))
        for change in changes(before[path.name], path.read_text())
    ]
    assert sorted(added) == [f"glorp the flim flam of {intent}" for intent in files.intents]


def _last(_: str, blocks: Sequence[Block]) -> Block:
    return blocks[-1]
