"""Tells a customer who asked for it what has changed about an order. Nobody said anything.

The worker brings this turn when a look is due. What nobody would miss is not said: the answer is
empty then, and the turn leaves no trace.
"""

from typing import ClassVar, Final

from actions.base import AssistantAction
from actions.filed import filed_on
from actions.follow_up_wording import FollowUpWording
from actions.formatting import Spoken
from actions.order_view import OrderView
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.follow_up import changes, is_over, marks_of, merged, snapshot
from support.decisions.identity import Deed, Level, may
from support.ids import OrderNumber
from support.parcel_standings import standings_of
from support.state.followed import Consent, FollowUp
from support.systems.orders.errors import OrderNotFound
from support.times import zone_of

SILENCE: Final = Reply(then="action_listen")
"""No words, and no question that is open put again: Rasa goes back to waiting."""


class FollowUpOrder(AssistantAction):
    """Looks a followed order up, and tells what is not as it was told last.

    Whoever is identified at that moment does not matter: consent covers how parcels stand, without
    items and address, and cases where it was given by somebody who might hear about them.
    """

    action_name = "action_follow_up"
    ends_the_turn: ClassVar[bool] = False

    async def answer(self, turn: Turn) -> Reply:
        """Return the news; silence where there is none, or where nobody has asked for any."""
        number = next(iter(turn.said("order_number")), None)
        if number is None:
            return SILENCE
        follow_up = FollowUp(turn.conversation_id, OrderNumber(number))
        consent = await self.services.follow_ups.consent(follow_up)
        if consent is None:
            return SILENCE
        try:
            says = await self._news(follow_up, consent)
        except OrderNotFound:
            await self.services.follow_ups.note(follow_up, consent.told, last=True)
            return SILENCE
        return Reply(says=says, then=SILENCE.then)

    async def _news(self, follow_up: FollowUp, consent: Consent) -> tuple[Say, ...]:
        view = await self._view(follow_up.order_number)
        hears_cases = may(consent.level, Deed.TELL_CASES)
        known = await filed_on(self.services, view.order)
        filed = known.filed if hears_cases else ()
        now = snapshot(view.standings, filed)
        over = not known.problems and is_over(view.order, view.standings, filed)
        await self.services.follow_ups.note(
            follow_up,
            merged(consent.told, now),
            last=over,
            marks=marks_of(view.standings, known.filed),
        )
        changed = changes(consent.told, now)
        if not changed:
            return ()
        words = FollowUpWording(view, filed, self.services)
        ended = (Say(ResponseKey.FOLLOW_UP_LAST),) if over else ()
        return (*words.says(changed), *ended)

    async def _view(self, number: OrderNumber) -> OrderView:
        found = await self.services.identification.look_up(number, Level.CHANNEL)
        now, carriers = self.services.now(), self.services.carriers
        standings = await standings_of(
            found.order,
            told=found.told,
            carriers=carriers,
            now=now,
            publications=self.services.publications,
        )
        return OrderView(found, standings, Spoken(zone_of(found.order), now))

    def _apology(self, turn: Turn, key: ResponseKey) -> Reply:
        """Say nothing when a system fails: nobody is waiting for an answer."""
        del turn, key
        return SILENCE
