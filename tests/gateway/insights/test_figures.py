import csv
from datetime import date, timedelta
from typing import Any

import pytest

from gateway.desk.clocks import Clock
from gateway.insights.figures import Figures, Share, came_back, figures
from gateway.insights.models import ConversationSummary, Wait, WaitEnd
from gateway.insights.table import as_csv
from tests.gateway.insights.conversations import START, record

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 4)


def counted(*records: ConversationSummary) -> Figures:
    return figures(records, first=FIRST, last=LAST)


def test_nothing_is_counted_as_nothing():
    nothing = counted()

    assert nothing.conversations == 0
    assert nothing.resolved.percent is None
    assert nothing.bot_answers.median is None
    assert nothing.ratings.mean is None


def test_conversations_count_on_the_day_in_melbourne_on_which_they_began():
    before_midnight = START + timedelta(hours=11, minutes=59)
    after_midnight = START + timedelta(hours=12)
    found = counted(
        record("a", began=before_midnight, ended=after_midnight),
        record("b", began=after_midnight, ended=after_midnight),
        record("c", days=3),
    )

    assert list(found.days.values()) == [1, 1, 0]


def test_volumes_are_by_problem_and_channel():
    found = counted(
        record("a", problems=("order_status", "eta")),
        record("b", channel="sms"),
        record("c", problems=()),
    )

    assert {name: one.channels for name, one in found.problems.items()} == {
        "order_status": {"sms": 1, "web": 1},
        "eta": {"web": 1},
        "none_named": {"web": 1},
    }
    assert found.channels == {"web": 2, "sms": 1}


@pytest.mark.parametrize(
    ("changes", "resolved"),
    [
        pytest.param({}, 1, id="answered"),
        pytest.param({"answered": False}, 0, id="not answered"),
        pytest.param({"had_agent": True}, 0, id="an agent took over"),
        pytest.param({"handover_reasons": ("asked",)}, 0, id="a person was asked for"),
    ],
)
def test_what_counts_as_resolved(changes: dict[str, Any], resolved: int):
    assert counted(record("a", **changes)).resolved == Share(part=resolved, whole=1)


def test_without_a_problem_there_is_nothing_to_resolve():
    assert counted(record("a", problems=())).resolved == Share(part=0, whole=0)


@pytest.mark.parametrize(
    ("days", "order", "back"),
    [
        pytest.param(3, "o1", {"a"}, id="the same order"),
        pytest.param(3, "o2", set(), id="another order"),
        pytest.param(3, None, set(), id="no order"),
        pytest.param(7, "o1", {"a"}, id="on the last day"),
        pytest.param(7.1, "o1", set(), id="later"),
    ],
)
def test_who_came_back(days: float, order: str | None, back: set[str]):
    assert came_back([record("b", days=days, order=order), record("a", order="o1")]) == back


def test_coming_back_after_the_range_still_counts():
    found = counted(record("a", days=2, order="o1"), record("b", days=5, order="o1"))

    assert found.conversations == 1
    assert found.without_recontact == Share(part=0, whole=1)


def test_times_have_median_and_percentile():
    times = counted(
        record("a", answer_seconds=tuple(float(one) for one in range(1, 101)))
    ).bot_answers

    assert (times.count, times.median, times.p95, times.longest) == (100, 50.5, 95, 100)


def test_queue_times_are_of_those_whom_an_agent_reached():
    waits = (Wait(seconds=30, ended=WaitEnd.AGENT), Wait(seconds=900, ended=WaitEnd.LEFT))
    found = counted(record("a", waits=waits))

    assert found.queue.longest == 30
    assert found.queue_ends == {"agent": 1, "ticket": 0, "left": 1, "assistant": 0}


def test_ratings_are_averaged_and_those_satisfied_counted():
    ratings = counted(
        *(record(str(score), rating=score) for score in (1, 4, 5)), record("a")
    ).ratings

    assert ratings.mean == pytest.approx(10 / 3)
    assert ratings.satisfied == Share(part=2, whole=3)
    assert ratings.scores == {1: 1, 2: 0, 3: 0, 4: 1, 5: 1}


def test_what_was_not_understood_is_a_share_of_messages():
    found = counted(record("a", not_understood=1), record("b", channel="sms"))

    assert found.not_understood == Share(part=1, whole=5)
    assert found.not_understood_channels["web"] == Share(part=1, whole=3)


def test_clocks_are_means_over_all_conversations():
    found = counted(record("a", clocks={Clock.BOT: 4.0}), record("b", clocks={Clock.BOT: 2.0}))

    assert found.clocks[Clock.BOT] == 3
    assert found.clocks[Clock.QUEUE] == 0


def test_the_table_says_the_same():
    table = as_csv(counted(record("a", rating=4, handover_reasons=("asked",))))
    lines = {tuple(line[:3]): line[3] for line in csv.reader(table.splitlines())}

    assert lines["all", "resolved", "whole"] == "1"
    assert lines["problem order_status by channel", "web", "conversations"] == "1"
    assert lines["handover reason", "asked", "handovers"] == "1"
    assert lines["rating", "4", "ratings"] == "1"
    assert lines["all", "", "conversations"] == "1"
