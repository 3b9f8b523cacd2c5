"""What a message deserves besides the answer to its main point.

"It says delivered but it's not here, can I talk to someone" asks two things. The classifier names
one; the second comes from its ranking (`support.decisions.understanding`).
"""

from typing import Final

from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.mood import is_upset
from support.decisions.next_door import NextDoor, next_door
from support.decisions.understanding import also_meant
from support.decisions.vulnerability import is_vulnerable
from support.decisions.wishes import asks_for_person
from support.handover import Reason

PEOPLE = frozenset({"request_human", "complaint"})
"""Intents that ask for a person, or need one."""


def with_what_else_was_meant(turn: Turn, reply: Reply) -> Reply:
    """Get a person where one was asked for in passing; offer one, once, to who may need it."""
    if _says_nothing(reply):
        return reply
    reply = _with_warning(turn, reply)
    if _speaks_of_a_person(reply):
        return reply
    if _asks_for_person(turn):
        return _with(reply, Say(ResponseKey.PERSON_TOO, person=Reason.ASKED))
    if _may_need_person(turn) and not turn.slots.get("person_offered"):
        # Before the answer, so that a question in it stays the last thing said.
        return reply.preceded_by(Say(_offer_to(turn))).with_slots(_OFFERED)
    return reply


def _with_warning(turn: Turn, reply: Reply) -> Reply:
    """Warn of a message that may be a fraud, whatever else is answered."""
    warning = Say(ResponseKey.NEXT_DOOR_SCAM)
    if next_door(turn.text) is not NextDoor.SCAM or warning in reply.says:
        return reply
    return reply.preceded_by(warning)


_OFFERED: Final = {"person_offered": True}


def _with(reply: Reply, say: Say) -> Reply:
    return reply.followed_by(say).with_slots(_OFFERED)


def _asks_for_person(turn: Turn) -> bool:
    if turn.intent in PEOPLE or asks_for_person(turn.text):
        return True
    return also_meant(turn.ranking, turn.intent, PEOPLE) == "request_human"


def _may_need_person(turn: Turn) -> bool:
    """Say whether a person is worth offering; one comes only to those who ask for one."""
    complains = also_meant(turn.ranking, turn.intent, PEOPLE) is not None
    return complains or is_upset(turn.text) or is_vulnerable(turn.text)


def _offer_to(turn: Turn) -> ResponseKey:
    """Return the words for it: who is in need is not told that they sound frustrated."""
    care = is_vulnerable(turn.text) and not is_upset(turn.text)
    return ResponseKey.OFFER_PERSON_WITH_CARE if care else ResponseKey.OFFER_PERSON


def _says_nothing(reply: Reply) -> bool:
    return not reply.says and not reply.then


def _speaks_of_a_person(reply: Reply) -> bool:
    return "person_offered" in reply.slots or "request_human" in reply.choices
