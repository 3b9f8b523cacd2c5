"""The questions about identity: put, put again in other words, and given up in the end."""

from collections.abc import Mapping
from typing import Any

from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.asking import Manner, manner, question
from support.decisions.identity import NextStep
from support.identification import Refusal
from support.ids import OrderNumber

IDENTITY_FORM = "identity_form"
NOTHING_ASKED = {"identity_question": None, "times_asked": 0}
"""Slots when no question about identity is open."""

RESOLVED = {**NOTHING_ASKED, "tried_order_number": None, "tried_contact": None, "mismatches": 0}
"""Slots after the questions about identity came to an end."""

_NOT_MATCHED = (
    ResponseKey.IDENTITY_NOT_MATCHED,
    ResponseKey.IDENTITY_NOT_MATCHED_AGAIN,
    ResponseKey.IDENTITY_NOT_MATCHED_OFTEN,
)


def ask(turn: Turn, step: NextStep, topic: Topic, number: OrderNumber | None) -> Reply:
    """Ask for what is missing, in other words where it was asked before."""
    stuck = turn.active_form == IDENTITY_FORM and not turn.gave_identity
    times = turn.count("times_asked") if stuck else 0
    return put(turn, step, times, slots={"topic": topic, "order_number": number})


def ask_again(turn: Turn, *says: Say) -> Reply:
    """Return to the open question, worded with help for those who got stuck."""
    return put(turn, _open_step(turn), max(1, turn.count("times_asked")), *says)


def put(
    turn: Turn,
    step: NextStep,
    times_asked: int,
    *says: Say,
    slots: Mapping[str, Any] | None = None,
) -> Reply:
    """Ask in the manner that fits the number of times; in the end leave it to the customer."""
    how = manner(times_asked)
    kept = slots or {}
    if how is Manner.NO_MORE:
        return Reply(
            says=(*says, Say(ResponseKey.IDENTITY_LEFT)),
            slots={**kept, **NOTHING_ASKED},
            leaves_form=turn.active_form == IDENTITY_FORM,
        )
    asked = {"identity_question": question(step, how), "times_asked": times_asked + 1}
    return Reply(says=says, slots={**kept, **asked}, then=IDENTITY_FORM)


def resume(turn: Turn, *says: Say) -> Reply:
    """Say something in between; where a question is open, come back to it in a few words.

    As often as it is asked at all. Then it is left open: Rasa would repeat the form's question
    after everything that is said in between.
    """
    times = turn.count("times_asked")
    if turn.active_form != IDENTITY_FORM or manner(times) is Manner.NO_MORE:
        return aside(turn, *says)
    resumed = question(_open_step(turn), Manner.RESUMED)
    slots = {"identity_question": resumed, "times_asked": times + 1}
    return Reply(says=says, slots=slots, then=IDENTITY_FORM)


def aside(turn: Turn, *says: Say) -> Reply:
    """Say something without coming back to the open question. Details are still taken up."""
    return Reply(says=says, leaves_form=turn.active_form == IDENTITY_FORM)


def refused(turn: Turn, refusal: Refusal, number: OrderNumber, topic: Topic) -> Reply:
    """Say that nothing is told, in the same words whatever did not match."""
    if refusal is Refusal.LIMITED:
        return Reply(
            says=(Say(ResponseKey.IDENTITY_LIMITED),),
            slots={**RESOLVED, "topic": topic},
            leaves_form=turn.active_form == IDENTITY_FORM,
        )
    mismatches = turn.count("mismatches") + 1
    key = _NOT_MATCHED[min(mismatches, len(_NOT_MATCHED)) - 1]
    # The form would take the same two details from this message again, so it is left.
    return Reply(
        says=(Say(key),),
        slots={
            **NOTHING_ASKED,
            "topic": topic,
            "order_number": None,
            "contact": None,
            "tried_order_number": number,
            "tried_contact": turn.contact,
            "mismatches": mismatches,
        },
        leaves_form=turn.active_form == IDENTITY_FORM,
    )


def _open_step(turn: Turn) -> NextStep:
    if turn.slot("order_number"):
        return NextStep.ASK_CONTACT
    return NextStep.ASK_ORDER_NUMBER if turn.contact else NextStep.ASK_BOTH
