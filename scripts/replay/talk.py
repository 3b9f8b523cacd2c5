"""Holds a stored conversation anew with the running system."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import redis

from gateway.conversation_log import Entry, Sender, records
from gateway.conversation_log.keys import key
from scripts.conversation import Conversation
from scripts.replay.details import Details, order_like
from scripts.replay.stored import Answered, StoredConversation, StoredTurn
from support.ids import ConversationId
from support.systems.orders.models import Order

_SECONDS_FOR_A_TURN = 30
_SECONDS_BETWEEN_LOOKS = 0.02
_CODE = re.compile(r"\b\d{6}\b")
_LIMITS = "limits:*"
"""All replayed customers share one address, which is not what the limits are about."""


class NotAnswered(Exception):
    """A turn took longer than anybody would wait."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Today's answer: why, and in which words."""

    answered: Answered
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The running system. Its world is put back before each conversation."""

    gateway: httpx.Client
    sandbox: httpx.Client
    redis: "redis.Redis"
    orders: Sequence[Order]

    def hold(self, conversation: StoredConversation) -> list[Answer]:
        """Say what was said then, turn by turn; raises NotAnswered, httpx.HTTPError."""
        self.sandbox.delete("/sandbox").raise_for_status()
        for name in self.redis.scan_iter(_LIMITS):
            self.redis.delete(name)
        details = Details(order_like(conversation.standing, self.orders), self._newest_code)
        talk = Conversation.start(self.gateway)
        seen = 0
        answers = []
        for turn in conversation.turns:
            self._say(talk, turn, details)
            entries = self._answer(ConversationId(talk.conversation_id), after=seen)
            seen = entries[-1].position
            answers.append(_answer(entries))
        return answers

    def _say(self, talk: Conversation, turn: StoredTurn, details: Details) -> None:
        """Press the button of that title where it is offered again, else type its words."""
        offered = self._offered(ConversationId(talk.conversation_id)) if turn.pressed else {}
        if turn.text in offered:
            talk.choose(offered[turn.text])
        else:
            talk.say(details.filled(turn.text))

    def _answer(self, conversation_id: ConversationId, *, after: int) -> list[Entry]:
        """Wait for the end of the turn; return what was said since `after`."""
        deadline = time.monotonic() + _SECONDS_FOR_A_TURN
        while time.monotonic() < deadline:
            entries = self._entries(conversation_id, after=after)
            asked = [one.position for one in entries if one.sender is Sender.CUSTOMER]
            answered = self.redis.hget(key(conversation_id, "meta"), "answered")
            if asked and int(str(answered or 0)) >= asked[-1]:
                return self._entries(conversation_id, after=after)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        raise NotAnswered(f"Not answered within {_SECONDS_FOR_A_TURN} s.")

    def _entries(self, conversation_id: ConversationId, *, after: int) -> list[Entry]:
        found: Any = self.redis.xrange(key(conversation_id, "log"), min=f"({after}-0", max="+")
        return [records.entry(stream_id, fields) for stream_id, fields in found]

    def _offered(self, conversation_id: ConversationId) -> dict[str, str]:
        entries = self._entries(conversation_id, after=0)
        return {offer.title: offer.id for one in entries for offer in one.body.quick_replies}

    def _newest_code(self) -> str | None:
        sent = self.sandbox.get("/sandbox/sent").raise_for_status().json()["sent"]
        codes = [code for one in sent for code in _CODE.findall(one["text"])]
        return codes[-1] if codes else None


def _answer(entries: Sequence[Entry]) -> Answer:
    said = [one for one in entries if one.sender is not Sender.CUSTOMER]
    understood = [one.body.understood for one in said if one.body.understood]
    return Answer(
        answered=Answered(
            intent=understood[0].intent if understood else None,
            said=tuple(response for one in said for response in one.body.said),
        ),
        text="\n\n".join(one.text for one in said),
    )
