"""The order goes to the wrong address: the right one is asked for, read back and passed on.

Nothing is ever said to be changed. Before dispatch fulfilment is asked, after it the carrier, for
what a Marketplace seller sends the seller; each may be too late.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from actions.address_requests import AddressRequests, old_address
from actions.address_targets import (
    Target,
    open_parcels,
    possible,
    stage_in,
    targets_named,
    targets_of,
)
from actions.address_wording import DISAGREES, POSTCODE_LIST, doubt_says
from actions.cases import open_ones, state_of
from actions.following import offer_to_follow
from actions.missing_parcel import MissingParcel
from actions.order_topic import OrderTopic
from actions.order_view import OrderView, Step
from actions.question_wording import put
from actions.questions import Matter, Question
from actions.reply import Say
from actions.responses import ResponseKey
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.address import CAN_BE_ASKED, Doubt, Stage, incomplete, judge
from support.decisions.answers import Answer, yes_or_no
from support.decisions.identity import may
from support.facts import Evidence
from support.identifiers.one_time_codes import code_in, is_code_of_other_length
from support.knowledge.keys import KnowledgeKey
from support.places.address_corrections import corrected, updated
from support.places.address_reading import address_in
from support.places.postal_address import Part, PostalAddress

_GIVEN = "given"
_INSISTED = "insisted"
_DISPUTED = "disputed"
_ADDRESS_TALK = frozenset(
    {"provide_details", "correct_detail", "wrong_address", "affirm", "deny", "nlu_fallback"}
)
"""Intents of messages whose bare words may be the suburb that was asked for."""


class WrongAddress(OrderTopic):
    """The order goes to the wrong address."""

    action_name = "action_wrong_address"
    topic = Topic.ADDRESS
    has_procedure = True

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say why nobody can be asked for another address, where that is so."""
        stages = {stage_in(view, one) for one in view.standings}
        if view.order.cancelled_at or (stages and not stages & (CAN_BE_ASKED | {Stage.DELIVERED})):
            if Stage.COMING_BACK in stages:
                yield Say(ResponseKey.ADDRESS_COMING_BACK)
            elif Stage.TO_STORE in stages:
                yield Say(ResponseKey.ADDRESS_TO_STORE)
            else:
                yield Say(ResponseKey.ADDRESS_NOTHING_ON_ITS_WAY)

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Take up the address that was told, or ask for it.

        What has arrived somewhere else is a missing parcel.
        """
        targets = targets_named(turn, view)
        if not targets:
            arrived = any(stage_in(view, one) is Stage.DELIVERED for one in view.standings)
            elsewhere = MissingParcel(self.services)
            return await elsewhere.begin(turn, view) if arrived else Step()
        asked = await self._asked_already(view, targets)
        if asked is not None:
            return asked
        parcel_id = targets[0].parcel_id if len(targets) < len(open_parcels(view)) else None
        matter = Matter(Question.NEW_ADDRESS, self.topic, view.order.number, parcel_id)
        can_be_done = Say(possible(targets), checked=(view.found.told,))
        return self._next(view, matter, _told(turn, view)).preceded_by(can_be_done)

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return yes or no to what was read back, or that the message says more of the address."""
        confirming = matter.question is Question.CONFIRM_ADDRESS
        if turn.answer:
            return turn.answer if confirming and turn.answer in {Answer.YES, Answer.NO} else None
        if confirming and _is_plain_yes(turn):
            return Answer.YES
        said = _said(turn, matter)
        if said is not None and (said != PostalAddress.read(matter.noted) or not confirming):
            return _GIVEN
        if not confirming:
            return None
        return Answer.NO if _says_no(turn) else yes_or_no(turn.intent)

    def read_change_of_mind(self, turn: Turn, matter: Matter) -> str | None:
        """Return that the address is put right while the code for it is asked: "unit 7"."""
        if matter.question is not Question.CODE or _may_be_code(turn.text):
            return None
        said = _said(turn, matter)
        return _GIVEN if said not in (None, PostalAddress.read(matter.noted)) else None

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on with the address as it now is; once it is confirmed, ask those who can help."""
        targets = targets_of(view, matter.parcel_id)
        if not targets:
            return Step((Say(ResponseKey.ADDRESS_NO_LONGER, checked=(view.found.told,)),))
        match answer:
            case Answer.YES:
                return await self._confirmed(turn, view, matter, targets)
            case Answer.NO:
                return Step((Say(ResponseKey.ASK_WHAT_IS_WRONG),), matter.ask(Question.NEW_ADDRESS))
            case _:
                now = _said(turn, matter) or PostalAddress.read(matter.noted)
                return self._next(view, matter, now)

    def _next(self, view: OrderView, matter: Matter, address: PostalAddress) -> Step:
        """Read the address back; while there is a doubt about it, ask for what settles it."""
        current = old_address(view)
        boxes = self.services.knowledge.holds(KnowledgeKey.NO_POST_BOXES)
        judgement = judge(address, current=current, no_boxes=bool(boxes and boxes.value))
        doubt, noted = judgement.doubt, _without_address(matter)
        insisted = doubt in DISAGREES and noted.get(_DISPUTED) == address.line
        if insisted:
            judgement = incomplete(address)
            doubt = judgement.doubt
        if doubt is None:
            noted |= {_INSISTED: "yes"} if insisted else {}
            words = {"address": address.line}
            asked = replace(matter, noted={**noted, **address.written()})
            return Step(
                put(Question.CONFIRM_ADDRESS, words=words), asked.ask(Question.CONFIRM_ADDRESS)
            )
        if doubt in DISAGREES:
            noted |= {_DISPUTED: address.line}
        kept = {} if doubt in {Doubt.POST_BOX, Doubt.AS_BEFORE} else address.written()
        matter = replace(matter, noted={**noted, **kept})
        evidence = {
            **dict.fromkeys(DISAGREES, Evidence(POSTCODE_LIST, view.spoken.now)),
            Doubt.AS_BEFORE: view.found.told,
            Doubt.POST_BOX: boxes.evidence if boxes else view.found.told,
        }
        return Step(doubt_says(address, judgement, evidence), matter.ask(Question.NEW_ADDRESS))

    async def _confirmed(
        self, turn: Turn, view: OrderView, matter: Matter, targets: Sequence[Target]
    ) -> Step:
        """Ask everybody who has one of the parcels, once it is sure enough who wants it."""
        if not all(may(view.found.level, one.deed) for one in targets):
            return await self.ask_code(turn, view, matter, Answer.YES)
        address = PostalAddress.read(matter.noted)
        requests = AddressRequests(
            self.services, turn, view, address, insisted=_INSISTED in matter.noted
        )
        says = [say for one in targets for say in await requests.make(one)]
        return offer_to_follow(self.topic, view, tuple(says))

    async def _asked_already(self, view: OrderView, targets: Sequence[Target]) -> Step | None:
        """Return how the requests stand where all that can be asked for was asked for."""
        known = [
            await open_ones(self.services, view.order.number, (one.kind,), one.parcel_id)
            for one in targets
            if one.seller is None
        ]
        if not known or len(known) < len(targets) or not all(known):
            return None
        says = [say for (case, *_) in known for say in state_of(case, self.services, view.spoken)]
        return Step((*says, Say(ResponseKey.ADDRESS_ASKED_ALREADY)))


def _may_be_code(text: str) -> bool:
    return code_in(text) is not None or is_code_of_other_length(text)


def _said(turn: Turn, matter: Matter) -> PostalAddress | None:
    """Return the address with what this message adds or puts right; None where nothing."""
    address = PostalAddress.read(matter.noted)
    asked = Part.SUBURB in address.missing or _DISPUTED in matter.noted
    bare_words = asked and not address.is_empty and turn.intent in _ADDRESS_TALK
    return updated(address, turn.text, suburb_asked=bare_words)


def _without_address(matter: Matter) -> dict[str, str]:
    names = {*PostalAddress.read(matter.noted).written(), _INSISTED}
    return {name: value for name, value in matter.noted.items() if name not in names}


def _is_plain_yes(turn: Turn) -> bool:
    """Say whether a message says yes and nothing that puts the address right."""
    corrects = re.search(r"\d|\b(?:but|not)\b", turn.text, re.IGNORECASE)
    return yes_or_no(turn.intent) is Answer.YES and not corrects


def _says_no(turn: Turn) -> bool:
    """Say whether a message turns down what was read back: "no its 9 malop"."""
    begins = re.match(r"\W*(?:no|nope|nah)\b(?!\s+(?:worries|problem))", turn.text, re.IGNORECASE)
    return turn.intent in _ADDRESS_TALK and begins is not None


def _told(turn: Turn, view: OrderView) -> PostalAddress:
    """Return the address that was told from the first message on, as far as it was.

    "It's unit 4", "14 not 12" put the order's own address right.
    """
    current = old_address(view)
    given = address_in(turn.text, current=current)
    if given is None and current is not None:
        given = corrected(current, turn.text)
    return given or PostalAddress()
