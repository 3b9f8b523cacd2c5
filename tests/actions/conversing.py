"""Conversations by chance and by script, with everything that is looked up in them watched."""

import random
from collections.abc import Sequence

from support.ids import OrderNumber, SellerId
from support.systems.cases.models import CaseKind, CaseRequest
from support.systems.marketplace.models import TicketReason, TicketRequest
from tests.actions.chatting import Chat
from tests.actions.looked_up import LookedUp
from tests.actions.talk_of_everything import MORE, STEPS
from tests.actions.worlds import SECOND


async def converse(
    chat: Chat, watch: LookedUp, chance: random.Random, opening: tuple[str, str]
) -> None:
    """Say how it began, then whatever may come next: a button, yes, no, the code, an address."""
    await prepare(chat, watch)
    watch.heard(opening[0])
    await chat.begin(*opening)
    for _ in range(STEPS):
        await next_step(chat, watch, chance)


async def follow_script(chat: Chat, watch: LookedUp, turns: Sequence[tuple[str, str]]) -> None:
    """Say one thing after the other."""
    await prepare(chat, watch)
    names = {"item": chat.order.lines[0].name, "other": chat.order.lines[-1].name}
    for number, (intent, words) in enumerate(turns):
        text = words.format(**names)
        said = [name for name in names.values() if name in text]
        item = {"item": said[0]} if said else {}
        watch.heard(text)
        if number == 0:
            await chat.begin(text, intent, **item)
        elif intent == "press":
            await chat.press(text)
        elif intent == "code":
            await chat.say(chat.sent_code if chat.sender.sent else "no code", "provide_details")
        else:
            await chat.say(text, intent, **item)


async def prepare(chat: Chat, watch: LookedUp) -> None:
    """Begin a conversation in which the customer gives what is known of them.

    In the second world others have opened cases and tickets before.
    """
    for other in ("990000001", "990000002") if chat.order.number == SECOND.number else ():
        number, seller = OrderNumber(other), SellerId("other")
        request = CaseRequest(kind=CaseKind.STORE_CHECK, order_number=number)
        await chat.cases.open(request, idempotency_key=other)
        ticket = TicketRequest(
            order_number=number,
            seller_id=seller,
            reason=TicketReason.OTHER,
            message="?",
            line_ids=(),
        )
        await chat.marketplace.open_ticket(ticket, idempotency_key=other)
    contact = chat.order.contact
    watch.forget()
    for given in (chat.order.number, contact.email, contact.phone, address_of(chat)):
        watch.heard(given or "")


def address_of(chat: Chat) -> str:
    address = chat.order.delivery.address
    return f"{address.line1} {address.suburb} {address.state} {address.postcode}" if address else ""


async def next_step(chat: Chat, watch: LookedUp, chance: random.Random) -> None:
    buttons = [one for one in chat.talk.buttons if "answer" in one]
    if chat.question == "code" and chance.random() < 0.8:
        watch.heard(chat.sent_code)
        await chat.say(chat.sent_code, "provide_details")
    elif buttons and chance.random() < 0.7:
        await chat.press(chance.choice(buttons).split('"')[3])
    elif chat.question == "new_address" or chance.random() < 0.3:
        text, intent = chance.choice(MORE)
        watch.heard(text)
        await chat.say(text, intent)
    elif chance.random() < 0.7:
        await chat.yes()
    else:
        await chat.no()
