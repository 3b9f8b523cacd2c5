"""What goes with a change of owner, in the same step: fields, messages, the record of it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.conversation_log import records
from gateway.conversation_log.models import EntryBody, OfferedQuickReply, Reply
from gateway.ownership import Change


@dataclass(frozen=True, slots=True)
class Dressed:
    """What is written with a change.

    `fields` are set and `without` removed in the conversation's state; `tells` go into the log;
    `event` is the record of the change and `request` what a person asked for goes along with.
    """

    event: str
    fields: Mapping[str, str] = field(default_factory=dict)
    without: Sequence[str] = ()
    tells: Sequence[Reply] = ()
    request: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as the script reads it."""
        return {
            "fields": dict(self.fields),
            "without": list(self.without),
            "tells": [_told(reply) for reply in self.tells],
            "event": self.event,
            **({"request": self.request} if self.request is not None else {}),
        }


Dress = Callable[[Mapping[str, str], Change], Dressed]


def _told(reply: Reply) -> dict[str, Any]:
    offered = [
        OfferedQuickReply(id=secrets.token_urlsafe(12), title=choice.title)
        for choice in reply.quick_replies
    ]
    body = EntryBody(
        author=reply.author, quick_replies=offered, evidence=reply.evidence, cards=reply.cards
    )
    return {
        "message_id": f"m-{secrets.token_urlsafe(12)}",
        "sender": reply.sender.value,
        "text": reply.text,
        "at": records.now(),
        "body": body.model_dump_json(exclude_defaults=True),
        "quick_replies": {
            offer.id: choice.model_dump_json()
            for offer, choice in zip(offered, reply.quick_replies, strict=True)
        },
    }
