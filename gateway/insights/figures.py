"""The figures of a range of days, made of the records of its conversations: `figures`. Pure."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from math import ceil
from statistics import mean, median
from typing import Final

from gateway.conversation_log.models import Frozen
from gateway.desk.clocks import Clock
from gateway.insights.models import ConversationSummary, WaitEnd
from gateway.insights.store import day_of

RECONTACT_WITHIN: Final = timedelta(days=7)
GOOD_RATING: Final = 4
NO_PROBLEM_NAMED: Final = "none_named"


class Share(Frozen):
    """How many of how many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None of nothing."""
        return 100 * self.part / self.whole if self.whole else None


class Times(Frozen):
    """How long something took, in seconds; None where it did not happen."""

    count: int
    median: float | None
    p95: float | None
    longest: float | None


class ProblemFigures(Frozen):
    """One problem: conversations by channel, and how many of them were resolved."""

    channels: dict[str, int]
    resolved: Share

    @property
    def conversations(self) -> int:
        """How many conversations had this problem."""
        return sum(self.channels.values())


class Ratings(Frozen):
    """What customers gave. `scores` counts each score from 1 to 5."""

    scores: dict[int, int]
    mean: float | None
    satisfied: Share


class Figures(Frozen):
    """What `docs/insights.md` defines, for the conversations that began on these days."""

    first: date
    last: date
    conversations: int
    messages: int
    days: dict[date, int]
    channels: dict[str, int]
    problems: dict[str, ProblemFigures]
    answered: Share
    without_agent: Share
    without_recontact: Share
    resolved: Share
    handovers: Share
    handover_reasons: dict[str, int]
    bot_answers: Times
    agent_answers: Times
    queue: Times
    queue_ends: dict[str, int]
    ratings: Ratings
    not_understood: Share
    not_understood_channels: dict[str, Share]
    clocks: dict[Clock, float]


def figures(records: Iterable[ConversationSummary], *, first: date, last: date) -> Figures:
    """Return the figures of the days from `first` to `last`, both included.

    `records` also holds what began in the seven days after, which shows who came back.
    """
    everything = list(records)
    some = [one for one in everything if first <= day_of(one.began) <= last]
    back = came_back(everything)
    days = Counter(day_of(one.began) for one in some)
    with_problem = [one for one in some if one.problems]
    return Figures(
        first=first,
        last=last,
        conversations=len(some),
        messages=sum(one.messages for one in some),
        days={day: days[day] for day in _days(first, last)},
        channels=_by_count(one.channel for one in some),
        problems=_problems(some, back),
        answered=_share(with_problem, [one.answered for one in with_problem]),
        without_agent=_share(with_problem, [not _needed_person(one) for one in with_problem]),
        without_recontact=_share(with_problem, [one.key not in back for one in with_problem]),
        resolved=_resolved(with_problem, back),
        handovers=_share(some, [_needed_person(one) for one in some]),
        handover_reasons=_by_count(chain.from_iterable(one.handover_reasons for one in some)),
        bot_answers=_times(chain.from_iterable(one.answer_seconds for one in some)),
        agent_answers=_times(chain.from_iterable(one.agent_seconds for one in some)),
        queue=_times(
            wait.seconds for one in some for wait in one.waits if wait.ended is WaitEnd.AGENT
        ),
        queue_ends={
            end.value: sum(wait.ended is end for one in some for wait in one.waits)
            for end in WaitEnd
        },
        ratings=_ratings([one.rating for one in some if one.rating is not None]),
        not_understood=_missed(some),
        not_understood_channels={
            channel: _missed(list(ones)) for channel, ones in _grouped(some).items()
        },
        clocks={
            clock: mean(one.clocks.get(clock, 0.0) for one in some) if some else 0.0
            for clock in Clock
        },
    )


def came_back(records: Iterable[ConversationSummary]) -> frozenset[str]:
    """Return the keys of conversations after which one on the same order began within 7 days."""
    ordered = [one for one in records if one.order is not None]
    began: defaultdict[str | None, list[datetime]] = defaultdict(list)
    for one in sorted(ordered, key=lambda it: it.began):
        began[one.order].append(one.began)
    return frozenset(one.key for one in ordered if _follows(began[one.order], one.ended))


def _follows(begins: Sequence[datetime], ended: datetime) -> bool:
    next_one = bisect_right(begins, ended)
    return next_one < len(begins) and begins[next_one] - ended <= RECONTACT_WITHIN


def _needed_person(one: ConversationSummary) -> bool:
    return one.had_agent or bool(one.handover_reasons)


def _resolved(some: Sequence[ConversationSummary], back: frozenset[str]) -> Share:
    return _share(
        some,
        [one.answered and not _needed_person(one) and one.key not in back for one in some],
    )


def _problems(
    some: Sequence[ConversationSummary], back: frozenset[str]
) -> dict[str, ProblemFigures]:
    by_problem: defaultdict[str, list[ConversationSummary]] = defaultdict(list)
    for one in some:
        for problem in one.problems or (NO_PROBLEM_NAMED,):
            by_problem[problem].append(one)
    ordered = sorted(by_problem.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        problem: ProblemFigures(
            channels=_by_count(one.channel for one in ones), resolved=_resolved(ones, back)
        )
        for problem, ones in ordered
    }


def _missed(some: Sequence[ConversationSummary]) -> Share:
    missed = sum(one.not_understood for one in some)
    return Share(part=missed, whole=missed + sum(one.understood for one in some))


def _ratings(scores: Sequence[int]) -> Ratings:
    return Ratings(
        scores={score: scores.count(score) for score in range(1, 6)},
        mean=mean(scores) if scores else None,
        satisfied=_share(scores, [score >= GOOD_RATING for score in scores]),
    )


def _times(seconds: Iterable[float]) -> Times:
    took = sorted(seconds)
    if not took:
        return Times(count=0, median=None, p95=None, longest=None)
    p95 = took[ceil(0.95 * len(took)) - 1]
    return Times(count=len(took), median=median(took), p95=p95, longest=took[-1])


def _share(of: Sequence[object], holds: Sequence[bool]) -> Share:
    return Share(part=sum(holds), whole=len(of))


def _by_count(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _grouped(some: Iterable[ConversationSummary]) -> Mapping[str, Sequence[ConversationSummary]]:
    groups: defaultdict[str, list[ConversationSummary]] = defaultdict(list)
    for one in some:
        groups[one.channel].append(one)
    return dict(sorted(groups.items()))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
