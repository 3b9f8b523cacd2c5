"""Makes one small record of a conversation: `summary_of`. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from gateway.conversation_log import Entry, Sender
from gateway.desk.clocks import clocks
from gateway.handover import HandoverEvent
from gateway.insights.episodes import Episode
from gateway.insights.models import ConversationSummary, Wait, WaitEnd
from gateway.insights.problems import NOT_UNDERSTOOD, PROBLEMS
from gateway.ownership import Owner, OwnershipEvent
from gateway.ratings import KeptRating
from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind
from support.ids import ConversationId

Hashed = Callable[[str], str]
"""Gives the same for the same, and does not tell what that was."""

_WAITS: Final = frozenset({Owner.QUEUED, Owner.RESERVED})
_ENDS: Final = {
    Owner.AGENT: WaitEnd.AGENT,
    Owner.SNOOZED: WaitEnd.AGENT,
    Owner.TICKET: WaitEnd.TICKET,
    Owner.BOT: WaitEnd.ASSISTANT,
    Owner.CLOSED: WaitEnd.LEFT,
}


def summary_of(
    conversation_id: ConversationId,
    channel: str,
    episode: Episode,
    *,
    rating: KeptRating | None,
    hashed: Hashed,
) -> ConversationSummary | None:
    """Return the record of a conversation; None where the customer said nothing."""
    entries, events = episode.entries, episode.events
    asked = [entry for entry in entries if entry.sender is Sender.CUSTOMER]
    if not asked:
        return None
    intents = [one.body.understood.intent for one in entries if one.body.understood]
    missed = intents.count(NOT_UNDERSTOOD)
    order = _order(entries)
    ended = _ended(entries, events)
    return ConversationSummary(
        key=hashed(f"{conversation_id}:{entries[0].position}"),
        began=entries[0].at,
        ended=ended,
        channel=channel,
        problems=tuple(dict.fromkeys(PROBLEMS[one] for one in intents if one in PROBLEMS)),
        messages=len(asked),
        understood=len(intents) - missed,
        not_understood=missed,
        answer_seconds=_answer_seconds(entries, Sender.BOT),
        agent_seconds=_answer_seconds(entries, Sender.AGENT),
        answered=_answered(entries),
        had_agent=any(event.after is Owner.AGENT for event in events),
        handover_reasons=_reasons(events),
        waits=_waits(events),
        clocks={
            whose: round(took, 1) for whose, took in clocks(entries, events, until=ended).items()
        },
        rating=rating.score if rating else None,
        order=hashed(order) if order else None,
    )


def _ended(entries: Sequence[Entry], events: Sequence[HandoverEvent]) -> datetime:
    return max([entries[-1].at, *(event.at for event in events)])


def _answer_seconds(entries: Iterable[Entry], by: Sender) -> tuple[float, ...]:
    """Return how long each stretch of the customer's messages waited for its first answer."""
    took: list[float] = []
    asked_at: datetime | None = None
    for entry in entries:
        if entry.sender is Sender.CUSTOMER:
            asked_at = asked_at or entry.at
        elif entry.sender in {Sender.BOT, Sender.AGENT} and asked_at is not None:
            if entry.sender is by:
                took.append(round((entry.at - asked_at).total_seconds(), 3))
            asked_at = None
    return tuple(took)


def _answered(entries: Sequence[Entry]) -> bool:
    """Say whether the last thing asked was answered, and not by saying it was not understood."""
    last = max(number for number, entry in enumerate(entries) if entry.sender is Sender.CUSTOMER)
    answers = [one for one in entries[last + 1 :] if one.sender in {Sender.BOT, Sender.AGENT}]
    understood = [one.body.understood for one in answers if one.body.understood]
    return bool(answers) and not any(one.intent == NOT_UNDERSTOOD for one in understood)


def _reasons(events: Iterable[HandoverEvent]) -> tuple[str, ...]:
    asked = [event for event in events if event.event is OwnershipEvent.PERSON_NEEDED]
    return tuple(event.reason or "unknown" for event in asked)


def _waits(events: Iterable[HandoverEvent]) -> tuple[Wait, ...]:
    waits: list[Wait] = []
    since: datetime | None = None
    for event in events:
        if event.after in _WAITS:
            since = since or event.at
        elif since is not None:
            seconds = round((event.at - since).total_seconds(), 1)
            waits.append(Wait(seconds=seconds, ended=_ENDS[event.after]))
            since = None
    return tuple(waits)


def _order(entries: Iterable[Entry]) -> str | None:
    """Return the order that was spoken of last, from what was shown or said."""
    numbers = [number for entry in entries for number in _orders_in(entry)]
    return numbers[-1].upper() if numbers else None


def _orders_in(entry: Entry) -> list[str]:
    shown = [str(card["order_number"]) for card in entry.body.cards if card.get("order_number")]
    found = identifiers_in(entry.text)
    return shown or [one.value for one in found if one.kind is IdentifierKind.ORDER_NUMBER]
