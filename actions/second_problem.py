"""The second of two problems that one message tells: said to come later, and taken up then."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from actions.questions import Matter
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.two_problems import Kind, other_problem

SLOT: Final = "second_problem"
FORGOTTEN: Final = {SLOT: None}

_TOPICS: Final = {
    Kind.WHERE: Topic.DELAY,
    Kind.ADDRESS: Topic.ADDRESS,
    Kind.ITEMS: Topic.MISSING_ITEMS,
}
_LATER: Final = {
    Kind.WHERE: ResponseKey.LATER_WHERE,
    Kind.ADDRESS: ResponseKey.LATER_ADDRESS,
    Kind.ITEMS: ResponseKey.LATER_ITEMS,
}
_NOW: Final = {
    Kind.WHERE: ResponseKey.NOW_WHERE,
    Kind.ADDRESS: ResponseKey.NOW_ADDRESS,
    Kind.ITEMS: ResponseKey.NOW_ITEMS,
}
_MATTER: Final = "matter"


class Answers(Protocol):
    """A topic that answers a turn."""

    async def answer(self, turn: Turn) -> Reply:
        """Answer it."""


async def with_second_problem(turn: Turn, reply: Reply, topics: Mapping[Any, Any]) -> Reply:
    """Return a reply that also deals with a second problem: noted, or taken up once it is time.

    It is time when the first leaves no question open and it is known whose order it is.
    """
    known, noted = _noted(turn), None
    if known is None:
        noted = _told(turn)
        if noted is None:
            return reply
        reply = reply.with_slots({SLOT: noted})
    waiting = known or noted or {}
    kind, number = (
        Kind(waiting["kind"]),
        reply.slots.get("order_number") or turn.slot("order_number"),
    )
    topic: Answers | None = topics.get(_TOPICS[kind])
    if topic is None or number is None or _is_busy(turn, reply):
        return reply.preceded_by(Say(_LATER[kind])) if noted else reply
    second = await topic.answer(_as_if_said(turn, reply, waiting["words"]))
    return Reply(
        says=(*reply.says, Say(_NOW[kind]), *second.says),
        slots={**reply.slots, **second.slots, **FORGOTTEN},
        then=second.then,
        leaves_form=reply.leaves_form or second.leaves_form,
        offer=second.offer,
        choices=second.choices,
    )


def _told(turn: Turn) -> dict[str, str] | None:
    """Return the second problem that this message tells, as it is kept."""
    found = other_problem(turn.text, turn.intent)
    return {"kind": found.kind.value, "words": found.words} if found else None


def _noted(turn: Turn) -> dict[str, str] | None:
    noted = turn.slots.get(SLOT)
    return noted if isinstance(noted, dict) and noted.get("kind") in set(Kind) else None


def _is_busy(turn: Turn, reply: Reply) -> bool:
    """Say whether something is asked of the customer after this reply."""
    matter = Matter.read(reply.slots.get(_MATTER, turn.slots.get(_MATTER)))
    in_form = turn.active_form is not None and not reply.leaves_form
    return matter is not None or bool(reply.then) or in_form or not reply.says


def _as_if_said(turn: Turn, reply: Reply, words: str) -> Turn:
    slots = {**turn.slots, **reply.slots, _MATTER: None}
    return replace(turn, text=words, entities=(), slots=slots, active_form=None)
