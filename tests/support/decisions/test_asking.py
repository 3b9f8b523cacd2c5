import pytest

from support.decisions.asking import Manner, manner, question
from support.decisions.identity import NextStep

ASKS = [NextStep.ASK_BOTH, NextStep.ASK_ORDER_NUMBER, NextStep.ASK_CONTACT]


def test_a_question_is_put_in_three_ways_and_then_left() -> None:
    assert [manner(times) for times in range(5)] == [
        Manner.FIRST,
        Manner.WITH_HELP,
        Manner.WITH_A_WAY_OUT,
        Manner.NO_MORE,
        Manner.NO_MORE,
    ]


@pytest.mark.parametrize("step", ASKS)
def test_each_way_has_words_of_its_own(step: NextStep) -> None:
    ways = [Manner.FIRST, Manner.WITH_HELP, Manner.WITH_A_WAY_OUT, Manner.RESUMED]

    assert len({question(step, how) for how in ways}) == len(ways)
