"""An answer that is given twice in a row did not help: a person is offered with it."""

import hashlib
import json
from typing import Any, Final

from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn

SLOT: Final = "said_last"
"""A hash of what was answered last."""

_COUNTED_ELSEWHERE: Final = frozenset({"out_of_scope", "nlu_fallback"})
"""What is not understood has a count of its own, and leads to a person by that."""

_OUTAGES: Final = frozenset(
    {
        ResponseKey.ORDER_SYSTEM_UNAVAILABLE,
        ResponseKey.CASE_SYSTEM_UNAVAILABLE,
        ResponseKey.MARKETPLACE_UNAVAILABLE,
        ResponseKey.SENDER_UNAVAILABLE,
        ResponseKey.TROUBLE,
    }
)
"""What is said again as long as a system is away, and was no wrong answer."""


def with_person_if_repeated(turn: Turn, reply: Reply) -> Reply:
    """Offer a person where the same is said again; remember what is said."""
    if not reply.says:
        return reply
    said = _mark(reply)
    remembered = reply.with_slots({SLOT: said}) if said != turn.slot(SLOT) else reply
    no_answer = turn.intent in _COUNTED_ELSEWHERE or any(say.key in _OUTAGES for say in reply.says)
    if said != turn.slot(SLOT) or no_answer or reply.person:
        return remembered
    again = Say(ResponseKey.OFFER_PERSON_INSTEAD)
    return remembered.preceded_by(again).with_slots({"person_offered": True})


def _mark(reply: Reply) -> str:
    said: list[Any] = [
        [say.key, {name: fact.value for name, fact in say.facts.items()}, dict(say.words)]
        for say in reply.says
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
