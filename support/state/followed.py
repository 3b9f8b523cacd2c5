"""What is kept of those who follow an order, and of the looks that are due for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from zoneinfo import ZoneInfo

from support.decisions.identity import Level
from support.ids import ConversationId, MessageId, OrderNumber
from support.times import DEFAULT_ZONE


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One conversation that wants to hear about one order."""

    conversation_id: ConversationId
    order_number: OrderNumber

    @property
    def member(self) -> str:
        """How it is written in Redis."""
        return json.dumps([self.conversation_id, self.order_number])

    @property
    def key(self) -> str:
        """Where what is known of it is kept."""
        return f"{{follow-ups}}:{self.conversation_id}:{self.order_number}"

    @classmethod
    def read(cls, member: str) -> "FollowUp":
        """Return what was written."""
        conversation_id, number = json.loads(member)
        return cls(ConversationId(conversation_id), OrderNumber(number))


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agreed to hear, and what they were told last.

    `level` is how surely they were known when they agreed: nothing is told that needs a higher one.
    `zone` is where the order goes to. `hurries` counts how often somebody said that there is news.
    """

    name: str
    begun: datetime
    level: Level
    look: int
    told: Mapping[str, str]
    zone: ZoneInfo
    hurries: int

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """Return what was written."""
        return cls(
            name=fields["name"],
            begun=datetime.fromtimestamp(float(fields["begun"]), UTC),
            level=Level(int(fields["level"])),
            look=int(fields["look"]),
            told=json.loads(fields["told"]),
            zone=ZoneInfo(fields.get("zone", DEFAULT_ZONE)),
            hurries=int(fields.get("hurries", "0")),
        )


@dataclass(frozen=True, slots=True)
class DueLook:
    """A follow-up whose time has come. The same look has the same `message_id` until settled."""

    follow_up: FollowUp
    message_id: MessageId
    zone: ZoneInfo
    hurries: int
