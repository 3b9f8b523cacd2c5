"""Conversations as they stand in the log, and records of them, made in a line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.conversation_log import Entry, Sender
from gateway.conversation_log.models import EntryBody, Understood
from gateway.handover import HandoverEvent
from gateway.insights.models import ConversationSummary
from gateway.ownership import Owner, OwnershipEvent
from support.ids import ConversationId, MessageId

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""Noon in Melbourne."""

CONVERSATION = ConversationId("c1")


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def said(
    seconds: float, sender: Sender, text: str = "", *, intent: str | None = None, **body: Any
) -> Entry:
    understood = Understood(intent=intent, confidence=0.9) if intent else None
    return Entry(
        position=int(seconds) + 1,
        message_id=MessageId(f"m{seconds}"),
        sender=sender,
        text=text,
        at=after(seconds),
        epoch=1,
        body=EntryBody(understood=understood, **body),
    )


def asked(seconds: float, text: str = "where is it") -> Entry:
    return said(seconds, Sender.CUSTOMER, text)


def answered(seconds: float, intent: str | None = "track_order", **body: Any) -> Entry:
    return said(seconds, Sender.BOT, "Here.", intent=intent, **body)


def changed(
    seconds: float,
    now: Owner,
    event: OwnershipEvent = OwnershipEvent.PERSON_NEEDED,
    reason: str | None = None,
) -> HandoverEvent:
    return HandoverEvent(
        conversation_id=CONVERSATION,
        epoch=int(seconds) + 2,
        at=after(seconds),
        event=event,
        before=Owner.BOT,
        after=now,
        channel="web",
        reason=reason,
    )


def record(key: str, *, days: float = 0, **more: Any) -> ConversationSummary:
    """A conversation about an order's status that was answered, so many days after START."""
    began = START + timedelta(days=days)
    told: dict[str, Any] = {
        "key": key,
        "began": began,
        "ended": began + timedelta(minutes=5),
        "channel": "web",
        "problems": ("order_status",),
        "messages": 2,
        "understood": 2,
        "answered": True,
    }
    return ConversationSummary(**told | more)
