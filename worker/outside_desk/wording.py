"""What people at the outside desk read in notes. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from gateway.conversation_log import Entry, Sender
from gateway.desk.views import HIDDEN
from support.handover import PersonRequest, Priority, Reason
from support.identifiers.one_time_codes import without_codes
from support.masking import mask_email, mask_number

NO_LONGER_NEEDED: Final = "The customer no longer needs a person. The assistant goes on."
CALL_BACK_OFFERED: Final = "The customer has waited long and was offered a call-back."
LEFT_WAITING: Final = (
    "The customer still waits for an answer. Until somebody writes, the assistant answers again."
)
CUSTOMER_LEFT: Final = "The customer has ended the chat."
STOPPED: Final = "The customer replied STOP: nothing may be sent to them here."
STOPPED_IN_NEED: Final = (
    "The customer replied STOP: nothing may be sent to them here. Somebody has to reach them in "
    "another way, under the reference {reference}."
)
TICKET: Final = (
    "Nobody came, so the customer was given the reference {reference} and told that somebody gets "
    "back to them. Answer here when you can."
)
TAKEN_OVER: Final = "{agent} took over on the assistant's own page."

_REASONS: Final = {
    Reason.ASKED: "The customer asks for a person.",
    Reason.COMPLAINT: "The customer complains.",
    Reason.DISTRESS: "The customer is upset, or speaks of illness, loss or care.",
    Reason.NOT_UNDERSTOOD: "The assistant does not understand the customer.",
    Reason.ASSISTANT_FAILED: "The assistant could not answer.",
    Reason.ESCALATED: "The matter was escalated.",
}
_VERIFIED: Final = {
    "none": "not verified",
    "channel": "the sender's phone is the order's",
    "matched": "order number and contact match",
    "code": "by a one-time code",
    "signed_in": "signed in at the shop",
}
_PRIORITIES: Final = {
    Priority.REPEATED_CONTACT: "has been in touch about this before",
    Priority.VULNERABLE: "may be vulnerable",
}
_SPEAKERS: Final = {
    Sender.CUSTOMER: "Customer",
    Sender.BOT: "Assistant",
    Sender.SYSTEM: "Notice",
}


def hidden(text: str) -> str:
    """Return a text without one-time codes, which nobody at a desk sees."""
    return without_codes(text, HIDDEN)


def line(entry: Entry) -> str:
    """Return a message with who said it."""
    who = _SPEAKERS.get(entry.sender) or entry.body.author or "Agent"
    return f"{who}: {hidden(entry.text)}"


def transcript(entries: Sequence[Entry]) -> str:
    """Return what was said before."""
    return "\n\n".join(["Said before:", *(line(entry) for entry in entries)])


def bundle(request: PersonRequest | None, *, channel: str, ticket: str | None) -> str:
    """Return everything that was gathered already; what is not known is left out."""
    if request is None:
        return f"A person is needed.\nChannel: {channel}"
    head = [_REASONS[request.reason], request.summary]
    facts = {
        "Reference": ticket,
        "Priority": _PRIORITIES.get(request.priority),
        "Verified": _VERIFIED.get(request.verified, request.verified),
        "Order": request.order_number,
        "Topic": request.topic,
        "Skill": request.skill.value,
        "Channel": channel,
        "Contact": _masked(request.contact),
    }
    told = [f"{name}: {value}" for name, value in facts.items() if value]
    return "\n".join([*filter(None, head), *told, *_details(request)])


def _details(request: PersonRequest) -> Iterable[str]:
    for parcel in request.parcels:
        carrier = " ".join(filter(None, [parcel.carrier, parcel.tracking_number]))
        by = f" with {carrier}" if carrier else ""
        read_at = f"{parcel.read_at:%Y-%m-%d %H:%M} UTC"
        yield f"Parcel {parcel.parcel_id}{by}: {parcel.status} ({parcel.source}, {read_at})"
    for case in request.cases:
        yield f"Case {case.reference}: {case.kind}, {case.state}"
    for step in request.steps:
        yield f"Done: {step.step}: {step.outcome}"
    for sentence in request.promised:
        yield f"The customer was told: {sentence}"
    if request.could_not_read:
        yield f"Could not be read: {', '.join(request.could_not_read)}"


def _masked(contact: str | None) -> str | None:
    if not contact:
        return None
    return mask_email(contact) if "@" in contact else mask_number(contact)
