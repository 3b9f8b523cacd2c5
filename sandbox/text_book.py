"""The sandbox's text messages: what was taken, what became of it, and who has said STOP."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from support.sms.segments import size_of

STOP_WORDS: Final = frozenset({"stop", "stopall", "unsubscribe", "quit", "revoke", "optout"})
START_WORDS: Final = frozenset({"start", "unstop"})
HELP_WORDS: Final = frozenset({"help", "info"})
"""What Twilio acts on with Advanced Opt-Out set up as docs/channels.md says; without it, on CANCEL,
END and YES, too. Source: Twilio, "Support for opt-out keywords"."""

UNREACHABLE: Final = 30003
"""Twilio's code for a phone that is off or out of reach."""


@dataclass(frozen=True, slots=True)
class SentText:
    """A message that was taken from us, in Twilio's terms; `status` is its newest."""

    sid: str
    to: str
    text: str
    sender: str | None
    service: str | None
    at: datetime
    callback: str | None = None
    status: str = "accepted"
    error_code: int | None = None

    def told(self) -> dict[str, Any]:
        """Return it as the control API shows it."""
        size = size_of(self.text)
        return {
            "channel": "sms",
            "to": self.to,
            "subject": None,
            "text": self.text,
            "at": self.at.isoformat(),
            "sid": self.sid,
            "status": self.status,
            "segments": size.segments,
            "encoding": size.encoding.value,
        }


@dataclass(slots=True)
class TextBook:
    """All messages by their sid, the oldest first."""

    messages: dict[str, SentText] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    out_of_reach: set[str] = field(default_factory=set)

    def add(self, message: SentText) -> None:
        """Take a message."""
        self.messages[message.sid] = message

    def progress(self, sid: str) -> tuple[SentText, ...]:
        """Let a message take its way; return it as it stands at each report."""
        first = replace(self.messages[sid], status="sent")
        if first.to in self.out_of_reach:
            last = replace(first, status="undelivered", error_code=UNREACHABLE)
        else:
            last = replace(first, status="delivered")
        return (first, last)

    def hears(self, phone: str, text: str) -> str | None:
        """Act on a keyword, as Twilio does; return what it takes the message for."""
        word = text.strip().casefold()
        if word in STOP_WORDS:
            self.stopped.add(phone)
            return "STOP"
        if word in START_WORDS:
            self.stopped.discard(phone)
            return "START"
        return "HELP" if word in HELP_WORDS else None


def new_sid(kind: str = "SM") -> str:
    """Return a sid of Twilio's shape."""
    return kind + uuid4().hex
