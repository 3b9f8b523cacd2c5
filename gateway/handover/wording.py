"""What customers are told when the owner changes, from `gateway.texts`. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from gateway import texts
from gateway.conversation_log.models import QuickReply, Reply, Sender
from gateway.handover.models import Handling, Held, Queued, Ticket
from gateway.ownership import Change, Effect

LEAVE_QUEUE: Final = "/leave_queue"
CALL_ME_BACK: Final = "/call_me_back"
"""Payloads that the worker takes itself; they never reach Rasa."""

DESK_ZONE: Final = ZoneInfo("Australia/Melbourne")
"""In which times are told; named with each of them."""

Outlook = Queued | Ticket | None
Card = dict[str, JsonValue]
_ASSISTANT: Final[Card] = {"kind": "assistant"}


def tells(held: Held, after: Handling, change: Change, *, outlook: Outlook) -> list[Reply]:
    """Return the messages that go into the log with a change."""
    return [
        reply
        for effect, words in _WORDS.items()
        if effect in change.effects and (reply := words(held, after, outlook)) is not None
    ]


def place(queued: Queued) -> str:
    """Return the place in the queue and the wait, as honestly as it is known."""
    told = _PLACES.get(queued.position, texts.PLACE_IN_QUEUE).format(position=queued.position)
    if queued.wait_minutes is None:
        return f"{told} {texts.WAIT_UNKNOWN}"
    unit = "minute" if queued.wait_minutes == 1 else "minutes"
    return f"{told} {texts.WAIT_ABOUT.format(minutes=queued.wait_minutes, unit=unit)}"


_PLACES: Final[Mapping[int | None, str]] = {
    None: texts.SOMEWHERE_IN_QUEUE,
    1: texts.NEXT_IN_QUEUE,
}


def _place(_: Held, __: Handling, outlook: Outlook) -> Reply | None:
    if not isinstance(outlook, Queued):
        return None
    return _said(
        f"{place(outlook)} {texts.MEANWHILE}",
        QuickReply(title="Leave the queue", payload=LEAVE_QUEUE),
        card=_queue(outlook),
    )


def _ticket(_: Held, after: Handling, outlook: Outlook) -> Reply | None:
    if not isinstance(outlook, Ticket):
        return None
    opens = texts.OPENS_AT.format(time=_time(outlook.opens_at)) if outlook.opens_at else ""
    how = texts.CONTACT_KNOWN if after.contact else texts.CONTACT_WANTED
    told = texts.TICKET.format(reference=outlook.reference)
    return _said(" ".join(filter(None, [told, opens, how])))


def _joined(_: Held, after: Handling, __: Outlook) -> Reply:
    name = after.agent_name
    return _said(texts.AGENT_JOINED.format(name=name), card={"kind": "joined", "name": name})


def _passed_on(held: Held, _: Handling, outlook: Outlook) -> Reply:
    return _waiting_again(texts.PASSED_ON.format(name=held.handling.agent_name), outlook)


def _apology(held: Held, _: Handling, outlook: Outlook) -> Reply:
    return _waiting_again(texts.AGENT_LOST.format(name=held.handling.agent_name), outlook)


def _waiting_again(text: str, outlook: Outlook) -> Reply:
    if not isinstance(outlook, Queued):
        return _said(text)
    return _said(f"{text} {place(outlook)}", card=_queue(outlook))


def _rating(held: Held, _: Handling, __: Outlook) -> Reply | None:
    if held.handling.rating_asked or held.stopped:
        return None
    return _said(texts.ASK_RATING, card={"kind": "csat"})


def _queue(queued: Queued) -> Card:
    return {"kind": "queue", "position": queued.position, "wait_minutes": queued.wait_minutes}


def _said(text: str, *choices: QuickReply, card: Card | None = None) -> Reply:
    """Return a message; its card tells programs who answers from here on."""
    return Reply(
        sender=Sender.SYSTEM,
        text=text,
        quick_replies=list(choices),
        cards=[card] if card else [],
    )


def _time(at: datetime) -> str:
    local = at.astimezone(DESK_ZONE)
    return local.strftime(f"%A {local.day} %B at {local.strftime('%I').lstrip('0')}:%M %p")


_WORDS: Final[Mapping[Effect, Callable[[Held, Handling, Outlook], Reply | None]]] = {
    Effect.TELL_PLACE: _place,
    Effect.TELL_TICKET: _ticket,
    Effect.TELL_JOINED: _joined,
    Effect.TELL_TRANSFER: _passed_on,
    Effect.TELL_APOLOGY: _apology,
    Effect.TELL_LEFT_QUEUE: lambda *_: _said(texts.LEFT_QUEUE, card=_ASSISTANT),
    Effect.TELL_ASSISTANT: lambda held, *_: _said(
        texts.ASSISTANT_AGAIN.format(name=held.handling.agent_name), card=_ASSISTANT
    ),
    Effect.OFFER_TICKET: lambda *_: _said(
        texts.OFFER_CALL_BACK, QuickReply(title="Get back to me instead", payload=CALL_ME_BACK)
    ),
    Effect.TELL_ENDED: lambda *_: _said(texts.CHAT_ENDED),
    Effect.ASK_RATING: _rating,
}
"""In the order in which they are told."""
