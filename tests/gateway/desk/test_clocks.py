from datetime import UTC, datetime, timedelta

from gateway.conversation_log import Entry, Sender
from gateway.conversation_log.models import EntryBody
from gateway.desk.clocks import Clock, clocks
from gateway.handover import HandoverEvent
from gateway.ownership import Owner, OwnershipEvent
from support.ids import ConversationId, MessageId

START = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def after(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def said(seconds: int, sender: Sender) -> Entry:
    return Entry(
        position=seconds + 1,
        message_id=MessageId(f"m{seconds}"),
        sender=sender,
        text="",
        at=after(seconds),
        epoch=1,
        body=EntryBody(),
    )


def changed(seconds: int, before: Owner, now: Owner) -> HandoverEvent:
    return HandoverEvent(
        conversation_id=ConversationId("c"),
        epoch=seconds,
        at=after(seconds),
        event=OwnershipEvent.PERSON_NEEDED,
        before=before,
        after=now,
        channel="web",
    )


def test_each_moment_counts_for_whoever_has_to_act():
    entries = [
        said(0, Sender.CUSTOMER),
        said(2, Sender.BOT),
        said(12, Sender.CUSTOMER),
        said(45, Sender.AGENT),
        said(65, Sender.CUSTOMER),
        said(70, Sender.AGENT),
    ]
    events = [
        changed(13, Owner.BOT, Owner.QUEUED),
        changed(33, Owner.QUEUED, Owner.AGENT),
        changed(80, Owner.AGENT, Owner.CLOSED),
    ]

    took = clocks(entries, events, until=after(500))

    assert took == {
        Clock.BOT: 2 + 1,
        Clock.QUEUE: 20,
        Clock.AGENT: 12 + 5,
        Clock.CUSTOMER: 10 + 20 + 10,
    }


def test_what_sleeps_waits_for_the_customer():
    events = [
        changed(0, Owner.BOT, Owner.AGENT),
        changed(10, Owner.AGENT, Owner.SNOOZED),
    ]

    took = clocks([said(0, Sender.CUSTOMER)], events, until=after(100))

    assert took[Clock.CUSTOMER] == 90
    assert took[Clock.AGENT] == 10


def test_an_empty_conversation_took_no_time():
    assert set(clocks([], [], until=START).values()) == {0}
