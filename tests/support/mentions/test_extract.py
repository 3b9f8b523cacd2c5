import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.identifiers.extract import identifiers_in
from support.mentions.extract import mentions_in
from support.mentions.models import Mention, MentionKind

TUESDAY = date(2026, 11, 24)
_PIECES = (
    *("my kettle", "auspost", "in Geelong", "VIC 3220", "410200341", "since friday", "24/11"),
    *("the second one", "both", "sold by Acme", "sam@example.com", "0400 000 001", "\u200b", "2"),
    *(
        "kmart",
        "marketplace seller",
        "post office",
        "black friday",
        "\uff11\uff12th",
        "Orange",
        "'",
    ),
)
_TYPED = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3))).map(" ".join),
)


def mentions(text: str) -> tuple[Mention, ...]:
    return mentions_in(text, identifiers_in(text), TUESDAY)


def found(text: str) -> list[tuple[str, str]]:
    return [(str(mention.kind), mention.value) for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "hi, order 410200341 my air fryer, auspost had it in geelong since tues",
            [
                ("item", "air fryer"),
                ("carrier", "australia_post"),
                ("suburb", "Geelong"),
                ("date", "2026-11-17"),
            ],
        ),
        ("bought from target last week", [("seller", "target"), ("date", "2026-11-16/2026-11-22")]),
        ("it's at the geelong post office", [("suburb", "Geelong"), ("carrier", "australia_post")]),
        ("sam@geelong.com.au or 0400 000 001", []),
        ("my kmart lamp", [("seller", "kmart"), ("item", "lamp")]),
        ("send it to Geelong 3220", [("suburb", "Geelong")]),
        ("border express lost my rug", [("carrier", "border_express"), ("item", "rug")]),
        ("410200341, 2", []),
        ("the second one", [("choice", "2")]),
        ("order 410200341 was $49.00 at 5pm", []),
        ("", []),
    ],
)
def test_a_message_is_taken_apart(text: str, expected: list[tuple[str, str]]):
    assert found(text) == expected


def test_a_mention_points_at_what_was_typed():
    (mention,) = mentions("in \u200bGee\u200blong!")
    assert (mention.kind, mention.value, mention.raw) == (
        MentionKind.SUBURB,
        "Geelong",
        "Gee\u200blong",
    )


@given(_TYPED)
def test_whatever_is_typed_mentions_are_where_they_say_and_do_not_overlap(text: str):
    everything = sorted([*identifiers_in(text), *mentions(text)], key=lambda one: one.start)
    assert all(text[one.start : one.end] == one.raw for one in everything)
    assert all(left.end <= right.start for left, right in pairwise(everything))


@pytest.mark.alone
@pytest.mark.parametrize(
    "piece", ["a ", "my ", "st ", "the last ", "1/", "2 weeks ", "lamp ", "po "]
)
def test_long_texts_of_one_piece_are_read_quickly(piece: str):
    text = piece * (4_000 // len(piece))
    started = time.perf_counter()
    mentions_in(text, (), TUESDAY)
    assert time.perf_counter() - started < 5


@pytest.mark.alone
def test_an_ordinary_message_takes_about_a_millisecond():
    text = "hi my air fryer from last tuesday is stuck with auspost in geelong, can you help pls"
    mentions(text)
    started = time.process_time()
    for _ in range(100):
        mentions(text)
    assert (time.process_time() - started) / 100 < 0.006
