"""What agents elsewhere read, and who a customer is to them."""

from datetime import UTC, datetime

import pytest

from gateway.conversation_log import Conversation, Customer
from gateway.ownership import Owner
from support.handover import (
    CaseNote,
    ParcelNote,
    PersonRequest,
    Priority,
    Reason,
    Skill,
    StepNote,
)
from support.ids import ConversationId, CustomerId, SenderKey
from worker.outside_desk.opening import opening
from worker.outside_desk.wording import bundle

AT = datetime(2026, 11, 27, 3, 5, tzinfo=UTC)
WHOLE = PersonRequest(
    reason=Reason.DISTRESS,
    summary="Parcel of a birthday, says delivered.",
    skill=Skill.MARKETPLACE,
    priority=Priority.VULNERABLE,
    topic="missing_parcel",
    verified="matched",
    order_number="410200347",
    contact="0400 000 001",
    parcels=(
        ParcelNote(
            parcel_id="P1",
            status="delivered",
            carrier="Australia Post",
            tracking_number="ABC123",
            source="Australia Post",
            read_at=AT,
        ),
    ),
    promised=("An answer comes within five business days.",),
    steps=(StepNote(step="looked around", outcome="yes"),),
    cases=(CaseNote(reference="CASE-1", kind="investigation", state="open", opened_at=AT),),
    could_not_read=("orders",),
)


def test_everything_that_was_gathered_is_in_the_note():
    assert bundle(WHOLE, channel="sms", ticket="CB-ABCDEF").splitlines() == [
        "The customer is upset, or speaks of illness, loss or care.",
        "Parcel of a birthday, says delivered.",
        "Reference: CB-ABCDEF",
        "Priority: may be vulnerable",
        "Verified: order number and contact match",
        "Order: 410200347",
        "Topic: missing_parcel",
        "Skill: marketplace",
        "Channel: sms",
        "Contact: •••••••••001",
        "Parcel P1 with Australia Post ABC123: delivered (Australia Post, 2026-11-27 03:05 UTC)",
        "Case CASE-1: investigation, open",
        "Done: looked around: yes",
        "The customer was told: An answer comes within five business days.",
        "Could not be read: orders",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_and_what_is_unknown_is_left_out(reason: Reason):
    lines = bundle(PersonRequest(reason=reason, summary=""), channel="web", ticket=None)
    first, *rest = lines.splitlines()
    assert first.endswith(".")
    assert rest == ["Verified: not verified", "Skill: general", "Channel: web"]


def test_without_a_request_it_is_said_that_somebody_is_needed():
    assert bundle(None, channel="web", ticket=None) == "A person is needed.\nChannel: web"


def conversation(
    channel: str = "web", customer: Customer | None = None, address: str | None = None
) -> Conversation:
    return Conversation(
        conversation_id=ConversationId("c-1"),
        owner=Owner.QUEUED,
        epoch=2,
        fence=1,
        answered=0,
        channel=channel,
        sender_key=SenderKey("hash"),
        customer=customer,
        address=address,
    )


@pytest.mark.parametrize(
    ("who", "person", "name"),
    [
        pytest.param(conversation(), "conversation(c-1)", "Customer (web)", id="unknown"),
        pytest.param(
            conversation(customer=Customer(customer_id=CustomerId("1001"), first_name="Sam")),
            "customer(1001)",
            "Sam",
            id="signed in",
        ),
        pytest.param(
            conversation("sms", address="+61491570156"), "sms(hash)", "Customer (sms)", id="phone"
        ),
    ],
)
def test_who_a_customer_is_to_the_desk(who: Conversation, person: str, name: str):
    opened = opening(who, None)
    assert (opened.key, opened.person, opened.name) == ("c-1", person, name)
    assert opened.attributes == {"channel": who.channel}
    assert "+61" not in opened.model_dump_json()
