"""What a Marketplace seller sells and sends: whose rules apply, and the ticket to the seller."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from actions.following import offer_to_follow
from actions.identity import identify
from actions.identity_questions import IDENTITY_FORM, resume
from actions.order_topic import OrderTopic, Told
from actions.order_view import OrderView, Step
from actions.question_wording import payload, put, with_buttons
from actions.questions import Matter, Question
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.tickets import escalate_ticket, open_ticket, ticket_says
from actions.topics import Topic
from actions.turn import Turn
from support.decisions.answers import Answer, yes_or_no
from support.decisions.choice import picked
from support.decisions.marketplace import (
    NextStep,
    asks_about_returns,
    next_step,
    reason_of,
    ticket_to,
)
from support.decisions.wanted_detail import lines_named
from support.facts import Fact
from support.ids import SellerId
from support.knowledge.keys import KnowledgeKey
from support.systems.errors import SystemFailure
from support.systems.marketplace.models import Ticket, TicketReason
from support.systems.orders.models import Seller

SLOT: Final = "wish"
INTENT: Final = "marketplace_order"
_RETURNS: Final = "returns"
_REASON, _SELLER, _SELLERS, _TICKET, _WORDS = "reason", "seller", "sellers", "ticket", "words"


class MarketplaceOrder(OrderTopic):
    """About something that a Marketplace seller sells."""

    action_name = "action_marketplace"
    topic = Topic.MARKETPLACE
    has_procedure = True

    async def answer(self, turn: Turn) -> Reply:
        """Say how returns work at once; for all else find out which order it is."""
        wish = _wish(turn)
        if wish == _RETURNS and not turn.gave_identity:
            return self._in_general(turn)
        reply = await super().answer(turn.with_slot(SLOT, wish))
        return reply.with_slots({SLOT: wish})

    def tell(self, turn: Turn, view: OrderView) -> Told:
        """Return how the order stands, who sells what, and how returns work where that is asked."""
        told = super().tell(turn, view)
        returns = self._returns() if turn.slot(SLOT) == _RETURNS else ()
        return Told((*told.says, *returns))

    def add(self, view: OrderView) -> Iterable[Say]:
        """Say who the sellers are, and whose carriers and times apply."""
        sellers = _sellers(view)
        if not sellers:
            yield Say(ResponseKey.NOT_MARKETPLACE, checked=(view.found.told,))
            return
        names = Fact(", ".join(seller.name for seller in sellers), view.found.told)
        published = self.services.knowledge.evidence(KnowledgeKey.MARKETPLACE_OWN_TIMES)
        checked = (published,) if published else ()
        yield Say(ResponseKey.MARKETPLACE_ADVICE, facts={"sellers": names}, checked=checked)

    async def begin(self, turn: Turn, view: OrderView) -> Step:
        """Begin with the seller in question: the ticket that is open, or the offer of one."""
        sellers = _sellers(view)
        if not sellers or turn.slot(SLOT) == _RETURNS:
            return Step()
        words = "" if turn.gave_identity else turn.text
        matter = Matter(
            Question.OPEN_TICKET,
            self.topic,
            view.order.number,
            noted={_REASON: turn.slot(SLOT) or TicketReason.OTHER, _WORDS: words},
        )
        meant = sellers if len(sellers) == 1 else _named(turn, view, sellers)
        if len(meant) != 1:
            return _ask_which(matter, view, sellers)
        return await self._about(view, meant[0], matter)

    def read(self, turn: Turn, matter: Matter) -> str | None:
        """Return which seller is meant, or yes or no."""
        if matter.question is not Question.WHICH_SELLER:
            return turn.answer or yes_or_no(turn.intent, turn.text)
        ids = matter.noted.get(_SELLERS, "").split(",")
        if turn.answer:
            return turn.answer if turn.answer in ids else None
        places = picked(turn.text, len(ids))
        if len(places) == 1:
            return ids[places[0]]
        spoken = _plain(turn.text)
        names = [one for one in ids if _plain(matter.noted.get(f"name {one}", one)) in spoken]
        return names[0] if len(names) == 1 else None

    async def go_on(self, turn: Turn, view: OrderView, matter: Matter, answer: str) -> Step:
        """Go on with the seller who is meant, or with what was offered."""
        if matter.question is Question.WHICH_SELLER:
            seller = _seller(view, answer)
            return await self._about(view, seller, matter) if seller else Step()
        if answer != Answer.YES:
            return Step((Say(ResponseKey.MARKETPLACE_NOT_NOW),), matter.put_aside())
        ticket = await self._done(turn, view, matter)
        if ticket is None:
            return Step()
        return offer_to_follow(
            self.topic, view, tuple(ticket_says(ticket, self.services, view.spoken))
        )

    async def _done(self, turn: Turn, view: OrderView, matter: Matter) -> Ticket | None:
        """Open the ticket, or take it to the operator; None where there is none to be taken."""
        if matter.question is Question.ESCALATE_TICKET:
            return await self._escalated(turn, view, matter.noted.get(_TICKET, ""))
        seller = _seller(view, matter.noted.get(_SELLER, ""))
        if seller is None:
            return None
        reason = TicketReason(matter.noted.get(_REASON, TicketReason.OTHER))
        words = matter.noted.get(_WORDS, "")
        return await open_ticket(turn, self.services, view, seller, reason=reason, words=words)

    async def _escalated(self, turn: Turn, view: OrderView, reference: str) -> Ticket | None:
        """Take a ticket to the operator, unless the seller has answered meanwhile."""
        tickets = await self.services.marketplace.tickets_of(view.order.number)
        ticket = next((one for one in tickets if one.reference == reference), None)
        if next_step(ticket, view.spoken.now) is not NextStep.ESCALATE:
            return ticket
        return await escalate_ticket(turn, self.services, reference)

    async def _about(self, view: OrderView, seller: Seller, matter: Matter) -> Step:
        """Tell the ticket to a seller and what comes next with it."""
        try:
            tickets = await self.services.marketplace.tickets_of(view.order.number)
        except SystemFailure:
            return Step((Say(ResponseKey.MARKETPLACE_UNAVAILABLE_TOO),))
        ticket = ticket_to(SellerId(seller.id), tickets)
        says = tuple(ticket_says(ticket, self.services, view.spoken)) if ticket else ()
        noted = matter.ask(Question.OPEN_TICKET, **{_SELLER: seller.id})
        match next_step(ticket, view.spoken.now):
            case NextStep.OPEN_TICKET:
                who = {"who": Fact(seller.name, view.found.told)}
                return Step((*says, *put(Question.OPEN_TICKET, facts=who)), noted)
            case NextStep.ESCALATE if ticket:
                return escalation(self.topic, view, ticket).preceded_by(*says)
            case NextStep.WAIT_FOR_SELLER | NextStep.WAIT_FOR_OPERATOR:
                return offer_to_follow(self.topic, view, says)
            case _:
                return Step(says)

    def _in_general(self, turn: Turn) -> Reply:
        said = self._returns()
        if turn.active_form == IDENTITY_FORM or turn.is_told:
            return resume(turn, *said)
        offer = Say(ResponseKey.MARKETPLACE_OFFER_ORDER)
        reply = resume(turn, *said, offer).with_slots({"topic": self.topic})
        return replace(reply, offer=INTENT)

    def _returns(self) -> tuple[Say, ...]:
        time = self.services.knowledge.span(KnowledgeKey.MARKETPLACE_RETURNS)
        if time is None:
            return (Say(ResponseKey.MARKETPLACE_RETURNS_UNKNOWN),)
        told = Fact(time.value.spoken, time.evidence)
        return (Say(ResponseKey.MARKETPLACE_RETURNS, facts={"time": told}),)


async def is_sold_by_others(turn: Turn, services: Services) -> bool:
    """Say whether Marketplace sellers sold all of the order that was told about."""
    if not turn.is_told:
        return False
    identified = await identify(turn, services, topic=Topic.ORDER_DETAILS)
    if isinstance(identified, Reply):
        return False
    lines = identified.orders[-1].order.lines
    return bool(lines) and all(line.seller.marketplace for line in lines)


def escalation(topic: Topic, view: OrderView, ticket: Ticket) -> Step:
    """Return the offer to take a ticket that the seller left unanswered to the operator."""
    matter = Matter(
        Question.ESCALATE_TICKET, topic, view.order.number, noted={_TICKET: ticket.reference}
    )
    return Step(put(Question.ESCALATE_TICKET), matter)


def _wish(turn: Turn) -> str:
    """Return what is asked; what was asked before, where this message only gives details."""
    earlier = turn.slot(SLOT)
    if turn.gave_identity and turn.slot("topic") == Topic.MARKETPLACE and _is_wish(earlier):
        return str(earlier)
    return _RETURNS if asks_about_returns(turn.text) else reason_of(turn.text)


def _is_wish(noted: str | None) -> bool:
    return noted == _RETURNS or noted in set(TicketReason)


def _sellers(view: OrderView) -> list[Seller]:
    """Return the Marketplace sellers on an order, each once, in the order of its lines."""
    found = {line.seller.id: line.seller for line in view.order.lines if line.seller.marketplace}
    return list(found.values())


def _seller(view: OrderView, seller_id: str) -> Seller | None:
    return next((one for one in _sellers(view) if one.id == seller_id), None)


def _named(turn: Turn, view: OrderView, sellers: Sequence[Seller]) -> list[Seller]:
    """Return the sellers whose name, or something of theirs, a message names."""
    text = _plain(turn.text)
    named = [seller for seller in sellers if _plain(seller.name) in text]
    if named:
        return named
    items = {line.seller.id for line in lines_named(turn.text, view.order.lines)}
    return [seller for seller in sellers if seller.id in items]


def _ask_which(matter: Matter, view: OrderView, sellers: Sequence[Seller]) -> Step:
    """Ask which seller is meant, with a button for each."""
    buttons = tuple(
        Say(
            ResponseKey.ANSWER_SELLER,
            facts={"seller": Fact(seller.name, view.found.told)},
            joins=True,
            choice=payload(seller.id),
        )
        for seller in sellers
    )
    names = {f"name {seller.id}": seller.name for seller in sellers}
    ids = ",".join(seller.id for seller in sellers)
    asked = matter.ask(Question.WHICH_SELLER, **{_SELLERS: ids, **names})
    return Step((*put(Question.WHICH_SELLER), *buttons), with_buttons(asked, buttons))


def _plain(words: str) -> str:
    """Return words as they compare whatever their case and the signs in them."""
    return " ".join("".join(one if one.isalnum() else " " for one in words.casefold()).split())
