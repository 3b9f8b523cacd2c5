"""When a message was not understood."""

from dataclasses import replace
from typing import Final

from actions.besides import PEOPLE
from actions.choices import SOMETHING_ELSE, TITLES, Answers, offer
from actions.collecting import about_collecting
from actions.identity_form import DetailsFirst, UseDetails
from actions.identity_questions import aside, ask_again, resume
from actions.next_door import NEXT_DOOR
from actions.order_topic import OrderTopic
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.about_order import asks_about_its_end
from support.decisions.next_door import NextDoor, next_door
from support.decisions.two_problems import first_of_two
from support.decisions.understanding import plausible, torn_between
from support.decisions.wishes import ends_updates
from support.handover import Reason

MAIN_TOPICS = (
    "track_order",
    "delivered_not_received",
    "delivery_delayed",
    "missing_item_or_damaged",
    "request_human",
)
_NOBODY_ELSE_MEANS: Final = frozenset(
    {NextDoor.SCAM, NextDoor.NOT_HOME, NextDoor.PRIVACY, NextDoor.GIFT_CARD}
)
"""Questions for others whose words hardly come in a problem with an order."""

_SAME_ANSWER = frozenset({"track_order", "eta_question"})
"""Both are answered with how the order stands and when it comes."""


class Fallback(DetailsFirst):
    """Asks again or what was meant; then offers the main topics; then a person."""

    action_name = "action_fallback"

    def __init__(self, use_details: UseDetails, answers: Answers) -> None:
        super().__init__(use_details.services, use_details)
        self.answers = answers

    async def answer_without_details(self, turn: Turn) -> Reply:
        """Say that the message was not understood, each time in another way."""
        if turn.text == f"/{SOMETHING_ELSE}":
            return _something_else(turn)
        in_words = await self._in_so_many_words(turn)
        if in_words is not None:
            return in_words
        both = torn_between(turn.ranking)
        if both and (intent := self._without_asking(both)):
            return await self.answers[intent].answer(turn.meaning(intent))
        failures = turn.count("failures") + 1
        return _reply(turn, failures, both).with_slots({"failures": failures})

    async def _in_so_many_words(self, turn: Turn) -> Reply | None:
        """Return the answer to what the words say, whatever the classifier made of them."""
        place = self.use_details.place_for(turn)
        if place is not None:
            return place
        first = first_of_two(turn.text)
        if first is not None:
            return await self.answers[first.intent].answer(turn.meaning(first.intent))
        if turn.is_told and asks_about_its_end(turn.text):
            return await self.answers["refund_or_return"].answer(turn)
        if ends_updates(turn.text):
            return await self.answers["stop_notifications"].answer(turn)
        topic = next_door(turn.text)
        if topic in _NOBODY_ELSE_MEANS:
            return resume(turn, Say(NEXT_DOOR[topic])).with_slots({"failures": 0})
        return await about_collecting(turn, self.services, self.answers)

    def _without_asking(self, both: tuple[str, str]) -> str | None:
        """Return what to answer where two intents are equally likely and nothing is in doubt.

        Both have the same answer; or one asks for a person, which is answered with the other.
        """
        if set(both) <= _SAME_ANSWER:
            return both[0]
        people = [intent for intent in both if intent in PEOPLE]
        problems = [one for one in both if isinstance(self.answers.get(one), OrderTopic)]
        return people[0] if people and problems else None


def _something_else(turn: Turn) -> Reply:
    """Ask in the open: none of what could be offered was meant. After that comes a person."""
    return aside(turn, Say(ResponseKey.SOMETHING_ELSE)).with_slots({"failures": 2})


def _reply(turn: Turn, failures: int, both: tuple[str, str] | None) -> Reply:
    if turn.active_form:
        return ask_again(turn, Say(ResponseKey.NOT_UNDERSTOOD_DETAIL))
    match failures:
        case 1 if both and set(both) <= TITLES.keys():
            return offer(turn, Say(ResponseKey.WHICH_OF_TWO), *both)
        case 1:
            return _did_you_mean(turn)
        case 2:
            topics = Say(ResponseKey.NOT_UNDERSTOOD_AGAIN)
            return offer(turn, topics, *MAIN_TOPICS, something_else=True)
        case _:
            often = Say(ResponseKey.NOT_UNDERSTOOD_OFTEN, person=Reason.NOT_UNDERSTOOD)
            return aside(turn, often).with_slots({"person_offered": True})


def _did_you_mean(turn: Turn) -> Reply:
    intents = plausible(turn.ranking, TITLES)
    if not intents:
        return Reply(says=(Say(ResponseKey.NOT_UNDERSTOOD),))
    question = offer(turn, Say(ResponseKey.DID_YOU_MEAN), *intents, something_else=True)
    return replace(question, offer=intents[0] if len(intents) == 1 else None)
