"""Customers of all kinds talk to the whole system; `make simulate` holds many more of these.

They are the same conversations every time. One that goes wrong is printed whole.
"""

import pytest

from scripts.demo.system import System
from tests.end_to_end.sandbox import Sandbox
from tests.simulation.conversations import Conversation, held
from tests.simulation.place import place_in
from tests.simulation.report import rows
from tests.simulation.scenarios import scenarios

CONVERSATIONS = 40
COMPLETED_AT_LEAST = 38


@pytest.fixture(scope="module")
def conversations(system: System) -> list[Conversation]:
    with place_in(system) as place:
        Sandbox(place.sandbox).reset()
        return held(place, scenarios(CONVERSATIONS, start=0))


def test_nothing_untrue_is_said(conversations: list[Conversation]) -> None:
    wrong = [one for one in conversations if one.untrue]

    assert wrong == [], "\n\n".join(map(str, wrong))


def test_no_reply_is_a_dead_end(conversations: list[Conversation]) -> None:
    wrong = [one for one in conversations if one.dead_ends]

    assert wrong == [], "\n\n".join(map(str, wrong))


def test_problems_are_dealt_with(conversations: list[Conversation]) -> None:
    wrong = [one for one in conversations if not one.completed]

    assert CONVERSATIONS - len(wrong) >= COMPLETED_AT_LEAST, "\n\n".join(map(str, wrong))


def test_an_answer_comes_soon(conversations: list[Conversation]) -> None:
    whole = rows(conversations)[-1]

    assert (whole.turns_with_details or 0) <= 3
    assert (whole.turns_without_details or 0) <= 5
