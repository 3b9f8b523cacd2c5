"""The dialogue, with answers instead of a person, on real training files and a list in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from rasa_runtime.review.candidates import Candidate
from rasa_runtime.review.grouping import Group
from rasa_runtime.review.messages import StoredMessage
from rasa_runtime.review.reasons import Prediction
from rasa_runtime.review.session import Session
from rasa_runtime.review.sitting import training_files
from rasa_runtime.review.suggestions import Ranking
from tests.rasa_runtime.review.examples import line, prediction

TRAINING = """\
version: "3.1"
nlu:
- intent: delivery_delayed
  examples: |
    - it is late
- intent: eta_question
  examples: |
    - when will it come
- intent: out_of_scope
  examples: |
    - are you hiring
"""


class Person:
    """Answers in order, and goes away afterwards."""

    def __init__(self, *answers: str) -> None:
        self._answers = iter(answers)
        self.heard: list[str] = []
        self.prefilled: list[str] = []

    def say(self, text: str) -> None:
        self.heard.append(text)

    def ask(self, prompt: str, prefilled: str = "") -> str:
        self.heard.append(prompt)
        self.prefilled.append(prefilled)
        try:
            return next(self._answers)
        except StopIteration:
            raise EOFError from None

    @property
    def screen(self) -> str:
        return "\n".join(self.heard)


class Sitting:
    """A session over a folder, and what became of both."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "topics.yml"
        self.path.write_text(TRAINING)
        self.removed: list[str] = []

    def hold(self, groups: Sequence[Group], *answers: str) -> str:
        """Let a person answer; return all that was on the screen."""
        person = Person(*answers)
        files = training_files(self.path.parent)
        Session(files=files, suggest=self._suggest, remove=self._remove, terminal=person).run(
            groups
        )
        return person.screen

    @property
    def new_lines(self) -> list[str]:
        rows = self.path.read_text().splitlines()
        return [row.strip() for row in rows if row not in TRAINING.splitlines()]

    def _suggest(self, _: Sequence[Candidate]) -> Ranking:
        return (("eta_question", 0.41), ("delivery_delayed", 0.22))

    def _remove(self, messages: Iterable[StoredMessage]) -> None:
        self.removed += [stored.message.text for stored in messages]


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(tmp_path)


def group(*texts: str, understood: Prediction | None = None) -> Group:
    return Group(tuple(line(text, understood) for text in texts))


def test_a_group_is_labelled_with_a_suggestion(sitting: Sitting):
    screen = sitting.hold([group("whens it here", "when is it gunna rock up")], "1")
    assert "a  whens it here  (nlu_fallback 0.30)" in screen
    assert "1 eta_question 0.41   2 delivery_delayed 0.22" in screen
    assert sitting.new_lines == ["- whens it here", "- when is it gunna rock up"]
    assert sitting.removed == ["whens it here", "when is it gunna rock up"]
    assert f"2 lines added to {sitting.path}; run make train." in screen
    assert f" {sitting.path} |   2 ++" in screen


def test_single_lines_are_labelled_and_the_rest_is_asked_for_again(sitting: Sitting):
    sitting.hold([group("one two", "three four", "five six")], "eta b", "deliv")
    after = sitting.path.read_text()
    assert after.index("- it is late") < after.index("- one two") < after.index("- five six")
    assert after.index("- when will it come") < after.index("- three four")


def test_what_was_masked_is_added_with_something_made_up(sitting: Sitting):
    screen = sitting.hold([group("whens [order_number] here")], "1")
    [added] = sitting.new_lines
    assert added.startswith("- whens ")
    assert "[" not in added
    assert added.removeprefix("- ") in screen


def test_a_line_is_edited_before_it_is_added(sitting: Sitting):
    sitting.hold([group("whens it here u muppet", "eta")], "e a", "whens it here", "1 a", "s")
    assert sitting.new_lines == ["- whens it here"]
    assert sitting.removed == ["whens it here u muppet"]


def test_editing_starts_from_the_text_and_keeps_it_when_nothing_is_typed(sitting: Sitting):
    person = Person("e", "", "1")
    files = training_files(sitting.path.parent)
    Session(files=files, suggest=sitting._suggest, remove=sitting._remove, terminal=person).run(
        [group("whens it here")]
    )
    assert "whens it here" in person.prefilled
    assert sitting.new_lines == ["- whens it here"]


def test_only_one_line_is_edited_at_a_time(sitting: Sitting):
    assert "one line at a time" in sitting.hold([group("one", "two")], "e")


def test_what_is_skipped_stays_on_the_list(sitting: Sitting):
    sitting.hold([group("one"), group("two")], "s", "1")
    assert (sitting.new_lines, sitting.removed) == (["- two"], ["two"])


def test_what_is_useless_is_deleted_after_a_confirmation(sitting: Sitting):
    sitting.hold([group("asdf", "qwer")], "d", "n", "d", "y")
    assert (sitting.new_lines, sitting.removed) == ([], ["asdf", "qwer"])


def test_a_single_line_is_deleted_without_asking(sitting: Sitting):
    sitting.hold([group("asdf", "qwer")], "d a", "s")
    assert sitting.removed == ["asdf"]


def test_really_out_of_scope_is_added_there(sitting: Sitting):
    sitting.hold([group("got any jobs going")], "o")
    assert sitting.new_lines == ["- got any jobs going"]


def test_what_was_understood_without_doubt_is_not_added(sitting: Sitting):
    refused = group("got any jobs going", understood=prediction("out_of_scope", 0.93))
    screen = sitting.hold([refused], "o")
    assert (sitting.new_lines, sitting.removed) == ([], ["got any jobs going"])
    assert "understood as out_of_scope already" in screen
    assert "No lines added." in screen


def test_a_line_that_is_there_already_leaves_the_list(sitting: Sitting):
    screen = sitting.hold([group("When will it come?")], "1")
    assert (sitting.new_lines, sitting.removed) == ([], ["When will it come?"])
    assert "has it already" in screen


def test_a_line_of_another_intent_stays_on_the_list(sitting: Sitting):
    screen = sitting.hold([group("it is late")], "1")
    assert (sitting.new_lines, sitting.removed) == ([], [])
    assert "has it as delivery_delayed" in screen


def test_help_and_intents_are_shown_on_request(sitting: Sitting):
    screen = sitting.hold([group("one")], "?", "l", "nonsense", "s")
    assert "out_of_scope: the assistant was right not to answer" in screen
    assert "  delivery_delayed  eta_question" in screen
    assert "No intent begins with nonsense" in screen


@pytest.mark.parametrize("last", [["q"], []], ids=["quit", "gone"])
def test_what_was_done_before_the_end_is_kept(sitting: Sitting, last: list[str]):
    screen = sitting.hold([group("one"), group("two"), group("three")], "1", *last)
    assert (sitting.new_lines, sitting.removed) == (["- one"], ["one"])
    assert "1 line added to" in screen
