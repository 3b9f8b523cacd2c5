"""Grouping, with the real sentence encoder."""

from rasa_runtime.review.grouping import LINES_AT_ONCE, Group, groups_of, lines_of
from rasa_runtime.review.reasons import Reason
from rasa_runtime.review.sitting import vectors_of
from tests.rasa_runtime.review.examples import line, message, prediction, stored


def texts_in_groups(*texts: str) -> list[set[str]]:
    groups = groups_of([line(text) for text in texts], vectors_of)
    return [{line.text for line in group.lines} for group in groups]


def test_what_asks_the_same_comes_together_and_the_rest_stays_apart():
    stores = {
        "what time does the store open",
        "what time do your stores open",
        "when does the store open today",
    }
    jobs = {"are you hiring at the moment", "are you guys hiring right now"}
    alone = {"can i pay with a cheque"}
    assert texts_in_groups(*alone, *jobs, *stores) == [stores, jobs, alone]


def test_masked_numbers_count_as_words_for_them():
    first, second = "swap the lid on [order_number]", "swap the lid on order number"
    assert texts_in_groups(first, second) == [{first, second}]


def test_the_same_wording_is_one_line_however_it_is_typed():
    [found] = lines_of(stored(message("Oi, where"), message("oi,  where??", conversation="c2")))
    assert (found.text, found.count) == ("Oi, where", 2)


def test_a_conversation_counts_once_a_line():
    [found] = lines_of(stored(message("oi"), message("oi"), message("oi", conversation="c2")))
    assert found.count == 2
    assert len(found.messages) == 3
    assert found.reasons == {Reason.REFUSED: 2}


def test_no_line_is_no_group_and_one_is_one():
    assert groups_of([], vectors_of) == []
    assert texts_in_groups("oi") == [{"oi"}]


def test_the_more_often_it_was_said_the_earlier_a_group_comes():
    often = [message("can i pay with a cheque", conversation=f"c{n}") for n in range(3)]
    others = [message("are you hiring at the moment"), message("are you guys hiring right now")]
    groups = groups_of(lines_of(stored(*others, *often)), vectors_of)
    assert [group.count for group in groups] == [3, 2]


def test_a_group_too_big_for_the_screen_comes_in_parts():
    texts = [f"what time does store {number} open" for number in range(LINES_AT_ONCE + 3)]
    assert sorted(map(len, texts_in_groups(*texts))) == [3, LINES_AT_ONCE]


def test_a_group_says_what_most_of_it_was_taken_for():
    understood = [prediction("greet", 0.5), prediction("thanks", 0.6), prediction("thanks", 0.4)]
    lines = [line(f"oi {number}", said) for number, said in enumerate(understood)]
    assert Group(tuple(lines)).taken_for == ("thanks", 0.5)
