"""Scenes that need something set up: cases, tickets, news, a place, a store, somebody signed in."""

from datetime import date, time, timedelta
from typing import Final

from redis.asyncio import Redis

from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import ClockTime
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus
from support.systems.cases.models import CaseKind, CaseRequest, CaseState
from support.systems.errors import SystemCallsSpent, SystemUnreachable
from support.systems.marketplace.models import TicketState
from tests.actions.chatting import Chat
from tests.actions.conversing import prepare
from tests.actions.followed import Followed
from tests.actions.looked_up import LookedUp
from tests.actions.worlds import World
from tests.knowledge import library
from tests.orders import NOW


async def scene_of_cases(world: World, redis: Redis, watch: LookedUp) -> None:
    """Cases in every state, with a day for the next step and an outcome."""
    for state in CaseState:
        await redis.flushall()
        chat = Chat(world.order(), redis)
        await prepare(chat, watch)
        request = CaseRequest(kind=KINDS[world.days], order_number=chat.order.number)
        case = await chat.cases.open(request, idempotency_key="1")
        chat.cases.move(case.reference, state, outcome=f"Found at {world.depot}")
        chat.cases.expects(case.reference, by=date.fromisoformat(world.day(4)))
        await chat.begin("whats happening with my case", "case_status")


async def scene_of_a_change_of_mind(world: World, redis: Redis, watch: LookedUp) -> None:
    """A request that is taken back, and one that the case system does not give back."""
    for refused in (False, True):
        await redis.flushall()
        chat = Chat(world.order(), redis, signed_in=True)
        await prepare(chat, watch)
        for kind, name in ((CaseKind.REFUND_REQUEST, "refund"), (CaseKind.MISSING_PARCEL, "case")):
            request = CaseRequest(kind=kind, order_number=chat.order.number)
            await chat.cases.open(request, idempotency_key=name)
            chat.cases.refuses_withdrawal = refused
            await chat.begin(f"i changed my mind, cancel the {name}", "cancel_order")


async def scene_of_tickets(world: World, redis: Redis, watch: LookedUp) -> None:
    """A ticket to a seller: answered, due and overdue."""
    for hours in (-30, 30):
        for state in (TicketState.WAITING_FOR_SELLER, TicketState.SELLER_ANSWERED):
            await redis.flushall()
            chat = Chat(world.order(lines=[world.from_seller("1", world.items[0])]), redis)
            await prepare(chat, watch)
            await chat.begin("the seller never answers", "marketplace_order")
            await chat.yes()
            due = NOW + timedelta(hours=hours + 5 * world.days)
            chat.marketplace.change(
                next(iter(await chat.marketplace.tickets_of(chat.order.number))).reference,
                state=state,
                reply_due=due,
                answer=f"Sent from {world.depot}",
            )
            await chat.say("whats happening with my case", "case_status")


async def scene_of_news(world: World, redis: Redis, watch: LookedUp) -> None:
    """What is told of an order that is followed, unasked."""
    sold = [world.from_seller("1", world.items[0])]
    for before, after in (
        (world.parcel(), world.parcel(promised_by=world.day(5))),
        (world.parcel(), world.parcel(promised_by=world.day(-4))),
        (world.sent(20), world.sent(24 * 4)),
        (world.sent(20), world.sent(24 * 30)),
    ):
        await redis.flushall()
        chat = Followed(world.order(before, brand="kmart"), redis, knowledge=world.knowledge())
        await prepare(chat, watch)
        await chat.follow()
        chat.becomes(world.order(after, brand="kmart"))
        await news(chat)
    await redis.flushall()
    chat = Followed(world.order(lines=sold), redis)
    await prepare(chat, watch)
    request = CaseRequest(kind=KINDS[world.days], order_number=chat.order.number)
    case = await chat.cases.open(request, idempotency_key="1")
    await chat.begin("the seller never answers", "marketplace_order")
    await chat.yes()
    await chat.say("tell me", "notify_me")
    (ticket,) = await chat.marketplace.tickets_of(chat.order.number)
    chat.marketplace.change(ticket.reference, state=TicketState.SELLER_ANSWERED)
    chat.cases.move(case.reference, CaseState.PROOF_RECEIVED)
    await news(chat)


async def news(chat: Chat) -> None:
    """Look once, as the worker does."""
    number = str(chat.order.number)
    payload = f'/follow_up{{"order_number": "{number}"}}'
    await chat.say(payload, "follow_up", order_number=number)


async def scene_of_public_tracking(world: World, redis: Redis, watch: LookedUp) -> None:
    """Whoever has just the tracking number."""
    seen = (CarrierStatus.IN_TRANSIT, CarrierStatus.DELIVERED, CarrierStatus.UNKNOWN)
    for report in (
        *(world.report(status) for status in seen),
        world.report(seen[0], is_stale=True, looked_up_at=NOW - timedelta(hours=3 + world.days)),
        world.report(seen[0], events=world.report(seen[0]).events[1:]),
        None,
    ):
        chat = Chat(world.order(), redis, carriers=MemoryCarriers([report] if report else []))
        await prepare(chat, watch)
        watch.heard(world.tracking)
        text = f"track {world.tracking}"
        await chat.say(text, "check_tracking", tracking_number=world.tracking)


async def scene_of_places(world: World, redis: Redis, watch: LookedUp) -> None:
    """How long delivery takes, to places and everywhere, without an order."""
    for postcode in ("3000", "4870", "6532", "0872", "2230", "9999"):
        chat = Chat(world.order(), redis, knowledge=world.knowledge())
        await prepare(chat, watch)
        text = f"how long does delivery to {postcode} take"
        watch.heard(text)
        await chat.say(text, "eta_question", postcode=postcode)
    await chat.say("how long does express delivery take", "eta_question")
    await chat.say("can i return a marketplace item", "marketplace_order")
    await chat.say("how long do you hold it", "click_and_collect")


async def scene_of_a_store(world: World, redis: Redis, watch: LookedUp) -> None:
    """Times to collect: any time today, or on a day."""
    delivery = {"method": "click_and_collect", "address": None, "store": dict(world.store)}
    for cut_off, ready, ago in ((12, 11 - world.days, 3), (9, 16, 1), (9, 16, 20)):
        known = {
            KnowledgeKey.COLLECT_CUT_OFF: ClockTime(at=time(cut_off)),
            KnowledgeKey.COLLECT_READY_FROM: ClockTime(at=time(ready)),
        }
        ordered = {"brand": "kmart", "delivery": delivery, "placed_at": world.time(ago)}
        chat = Chat(world.order(world.unsent, **ordered), redis, knowledge=library(known))
        await prepare(chat, watch)
        await chat.begin("when can i pick it up", "click_and_collect")


async def scene_of_somebody_signed_in(world: World, redis: Redis, watch: LookedUp) -> None:
    """Whoever is signed in has a list to choose from."""
    chat = Chat(world.order(), redis, signed_in=True)
    await prepare(chat, watch)
    chat.orders.add(world.order(number="510200399", placed_at=world.time(400)))
    await chat.say("where is my order", "track_order")


async def scene_of_a_phone(world: World, redis: Redis, watch: LookedUp) -> None:
    """A code by text message, for whoever gave the phone; and a carrier that cannot be reached."""
    carriers = MemoryCarriers()
    carriers.failure = SystemUnreachable(world.carrier)
    for different in ({}, {"status_at": None}):
        await redis.flushall()
        chat = Chat(world.order(world.parcel(**different)), redis, carriers=carriers)
        await prepare(chat, watch)
        number, phone = str(chat.order.number), str(chat.order.contact.phone)
        text = "9 Wattle St, Ballarat VIC 3350"
        watch.heard(text)
        await chat.say("wrong address", "wrong_address", order_number=number, phone=phone)
        await chat.say(text, "provide_details")
        await chat.yes()


async def scene_of_a_carrier_that_was_asked_too_often(
    world: World, redis: Redis, watch: LookedUp
) -> None:
    """Its calls are spent, and it is known from when there are new ones."""
    carriers = MemoryCarriers()
    spent = timedelta(minutes=20 + 7 * world.days)
    carriers.failure = SystemCallsSpent(world.carrier, retry_after=spent)
    chat = Chat(world.order(), redis, carriers=carriers)
    await prepare(chat, watch)
    await chat.begin("where is my order", "track_order")


SCENES: Final = (
    scene_of_a_carrier_that_was_asked_too_often,
    scene_of_cases,
    scene_of_a_change_of_mind,
    scene_of_tickets,
    scene_of_news,
    scene_of_public_tracking,
    scene_of_places,
    scene_of_a_store,
    scene_of_somebody_signed_in,
    scene_of_a_phone,
)
KINDS: Final = (CaseKind.MISSING_PARCEL, CaseKind.REFUND_REQUEST)
