import pytest

from support.decisions.missing_items import Problem
from support.decisions.told_items import (
    lines_named,
    means_everything,
    problem_told,
    replaces_what_was_said,
    report_told,
)
from support.ids import LineId

NAMES = {
    LineId("1"): "Anko Kettle 1.7L",
    LineId("2"): "Ceramic Mug White",
    LineId("3"): "Dining Chair Oak",
    LineId("4"): "Dining Table Oak",
    LineId("5"): "Storage Box 50L",
}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("the kettle was smashed", Problem.DAMAGED),
        ("arrived broken", Problem.DAMAGED),
        ("kettle doesn\u2019t turn on", Problem.DAMAGED),
        ("you sent the wrong colour", Problem.DAMAGED),
        ("not what i ordered", Problem.DAMAGED),
        ("its not mine, its someone elses stuff", Problem.DAMAGED),
        ("got a toaster instead of the kettle", Problem.DAMAGED),
        ("one of the mugs is missing", Problem.MISSING),
        ("only got 3 of 4", Problem.MISSING),
        ("the lid wasn't in the box", Problem.MISSING),
        ("didnt get my kettle", Problem.MISSING),
        ("mugs werent in the box", Problem.MISSING),
        ("it doesnt work", Problem.DAMAGED),
        ("i didn't get my kettle", Problem.MISSING),
        ("half my order is not there", Problem.MISSING),
        ("the box was empty", Problem.MISSING),
        ("kettle smashed, mugs missing", None),
        ("there's a problem", None),
        ("sent to the wrong address", None),
    ],
)
def test_what_is_wrong_is_known_by_its_words(text: str, problem: Problem | None) -> None:
    assert problem_told(text) is problem


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("the kettle was smashed", {"1"}),
        ("KETTLE", {"1"}),
        ("my jug is broken", {"1"}),
        ("mugs and the kettle", {"1", "2"}),
        ("the dining chair is cracked", {"3"}),
        ("chair", {"3"}),
        ("oak is scratched", set()),
        ("the box was smashed", set()),
        ("it's the mug not the kettle", {"2"}),
        ("everything is broken", set()),
    ],
)
def test_lines_are_known_by_what_people_call_them(text: str, lines: set[str]) -> None:
    assert lines_named(text, NAMES) == lines


def test_what_fits_several_lines_names_them_in_the_plural_only() -> None:
    chairs = {LineId("1"): "Dining Chair Oak", LineId("2"): "Dining Chair Black"}

    assert lines_named("the chairs are missing", chairs) == {"1", "2"}
    assert lines_named("the chair is missing", chairs) == set()
    assert lines_named("the black chair is missing", chairs) == {"2"}


def test_items_found_by_others_count_too() -> None:
    names = {LineId("1"): "Wiggles Stage Playset", LineId("2"): "Kettle"}

    assert lines_named("it came broken", names, ["wiggles stage"]) == {"1"}


@pytest.mark.parametrize(
    ("text", "missing", "damaged", "unsorted"),
    [
        ("the kettle is smashed and the mugs are missing", {"2"}, {"1"}, set()),
        ("kettle and mugs are smashed", set(), {"1", "2"}, set()),
        ("the kettle is broken, the mug too", set(), {"1", "2"}, set()),
        ("something's wrong with the kettle", set(), set(), {"1"}),
        ("the mugs arrived fine but the kettle is cracked", set(), {"1"}, set()),
        ("i ordered a kettle but got a toaster", set(), {"1"}, set()),
        ("broken!!", set(), set(), set()),
    ],
)
def test_each_line_takes_the_problem_of_its_clause(
    text: str, missing: set[str], damaged: set[str], unsorted: set[str]
) -> None:
    told = report_told(text, NAMES)

    assert (told.missing, told.damaged, told.unsorted) == (missing, damaged, unsorted)


def test_a_problem_of_nothing_in_particular_is_kept() -> None:
    assert report_told("it all came broken", NAMES).problem is Problem.DAMAGED


@pytest.mark.parametrize("text", ["all of it", "everything", "the whole lot", "all", "Both!"])
def test_everything_is_known_by_its_words(text: str) -> None:
    assert means_everything(text)


def test_one_thing_is_not_everything() -> None:
    assert not means_everything("not all there, the mug is gone")


def test_a_correction_that_takes_back_is_told_from_one_that_adds() -> None:
    assert replaces_what_was_said("not the kettle, the mug")
    assert not replaces_what_was_said("and the mug too")
