from datetime import timedelta

import pytest

from gateway.conversation_log import Entry, Sender
from gateway.desk.clocks import Clock
from gateway.handover import HandoverEvent
from gateway.insights.episodes import Episode, episodes
from gateway.insights.models import ConversationSummary, Wait, WaitEnd
from gateway.insights.summary import summary_of
from gateway.ownership import Owner, OwnershipEvent
from gateway.ratings import KeptRating
from tests.gateway.insights.conversations import (
    CONVERSATION,
    after,
    answered,
    asked,
    changed,
    said,
)

HOUR = 3600


def summarised(
    entries: list[Entry],
    events: list[HandoverEvent] | None = None,
    rating: KeptRating | None = None,
) -> ConversationSummary:
    summary = summary_of(
        CONVERSATION,
        "web",
        Episode(entries, events or []),
        rating=rating,
        hashed=lambda value: f"hash of {value}",
    )
    assert summary is not None
    return summary


def test_a_conversation_with_the_assistant_is_counted():
    summary = summarised(
        [asked(0), answered(1.5), asked(30), answered(32, "eta_question"), answered(32.2, None)],
        rating=KeptRating(score=5, at=after(60)),
    )

    assert summary.problems == ("order_status", "eta")
    assert (summary.messages, summary.understood, summary.not_understood) == (2, 2, 0)
    assert summary.answer_seconds == (1.5, 2.0)
    assert summary.answered
    assert not summary.had_agent
    assert summary.rating == 5
    assert summary.clocks[Clock.BOT] == 3.5


def test_nothing_that_was_written_is_kept():
    told = "I'm Sam, sam@example.com, order 410200341, 0412 345 678"
    kept = summarised([asked(0, told), answered(1)]).model_dump_json()

    assert "hash of 410200341" in kept
    for secret in ("Sam", "sam@example.com", "0412", "Here."):
        assert secret not in kept


def test_a_conversation_in_which_nobody_asked_anything_is_none():
    episode = Episode([said(0, Sender.SYSTEM)], [])

    assert summary_of(CONVERSATION, "web", episode, rating=None, hashed=str) is None


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([asked(0), answered(1)], True, id="answered"),
        pytest.param([asked(0), answered(1), asked(5)], False, id="last message unanswered"),
        pytest.param([asked(0), answered(1, "nlu_fallback")], False, id="not understood"),
        pytest.param([asked(0), said(1, Sender.SYSTEM)], False, id="only an apology"),
        pytest.param([asked(0), said(1, Sender.AGENT)], True, id="by an agent"),
        pytest.param(
            [asked(0), answered(1, "nlu_fallback"), asked(5), answered(6)],
            True,
            id="understood in the end",
        ),
    ],
)
def test_what_counts_as_answered(entries: list[Entry], *, expected: bool):
    assert summarised(entries).answered is expected


def test_waiting_and_agents_are_counted():
    summary = summarised(
        [asked(0), answered(1, "request_human"), said(100, Sender.AGENT), asked(120)],
        [
            changed(1, Owner.QUEUED, reason="asked"),
            changed(60, Owner.RESERVED, OwnershipEvent.AGENT_PICKED),
            changed(90, Owner.AGENT, OwnershipEvent.AGENT_TOOK_OVER),
            changed(200, Owner.CLOSED, OwnershipEvent.AGENT_RESOLVED),
        ],
    )

    assert summary.handover_reasons == ("asked",)
    assert summary.waits == (Wait(seconds=89, ended=WaitEnd.AGENT),)
    assert summary.had_agent
    assert summary.clocks[Clock.QUEUE] == 89
    assert summary.ended == after(200)


@pytest.mark.parametrize(
    ("after_waiting", "ended"),
    [
        pytest.param(Owner.TICKET, WaitEnd.TICKET, id="call-back"),
        pytest.param(Owner.CLOSED, WaitEnd.LEFT, id="left"),
        pytest.param(Owner.BOT, WaitEnd.ASSISTANT, id="solved by the assistant"),
    ],
)
def test_waiting_ends_in_different_ways(after_waiting: Owner, ended: WaitEnd):
    events = [
        changed(1, Owner.QUEUED),
        changed(31, after_waiting, OwnershipEvent.TICKET_CHOSEN),
    ]

    assert summarised([asked(0)], events).waits == (Wait(seconds=30, ended=ended),)


def test_the_order_is_the_one_shown_last():
    card = {"kind": "parcel", "order_number": "410200357"}
    entries = [asked(0, "410200341"), answered(1, cards=[card])]

    assert summarised(entries).order == "hash of 410200357"


def test_who_comes_back_after_a_silence_begins_another_conversation():
    entries = [
        asked(0),
        answered(1),
        answered(2 * HOUR, None),
        asked(2 * HOUR + 10),
        asked(5 * HOUR),
    ]
    found = episodes(entries, [], quiet=timedelta(hours=1))

    assert [[one.position for one in it.entries] for it in found] == [
        [1, 2, 7201, 7211],
        [18001],
    ]


def test_who_waits_for_a_call_back_is_still_in_the_same_conversation():
    events = [changed(5, Owner.TICKET), changed(9 * HOUR, Owner.CLOSED)]
    entries = [asked(0), asked(8 * HOUR), asked(20 * HOUR)]
    found = episodes(entries, events, quiet=timedelta(hours=1))

    assert [len(one.entries) for one in found] == [2, 1]
    assert [len(one.events) for one in found] == [2, 0]
