"""Every demo order asked about by text message, in every way: no message is over two segments."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from actions.base import AssistantAction
from sandbox.app import create_app
from sandbox.demo import demo_orders
from sandbox.settings import Settings
from support.knowledge.library import Library
from support.sms.segments import Encoding, size_of
from support.systems.carriers.australia_post.adapter import AustraliaPostTracking
from support.systems.carriers.batching import Batching
from support.systems.carriers.budget import CallBudget
from support.systems.carriers.directory import CarrierDirectory
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK
from support.systems.orders.models import Order
from tests.actions.assistant import actions_of
from tests.actions.chatting import ACTION_OF
from tests.actions.services import services_for_tests
from tests.actions.sms_wording import as_texts
from tests.actions.talking import Conversation
from tests.orders import NOW

ORDERS = demo_orders(NOW)
MOST_SEGMENTS = 2
KEY = SecretStr("k")


@pytest.fixture
async def sandbox() -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(
        order_system_key=KEY, case_system_key=KEY, marketplace_key=KEY, notifications_key=KEY
    )
    transport = httpx.ASGITransport(create_app(settings, now=lambda: NOW))
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


@pytest.fixture
def actions(sandbox: httpx.AsyncClient, redis: Redis) -> dict[str, AssistantAction]:
    tracking = AustraliaPostTracking(
        client=sandbox, url="http://127.0.0.1/australia-post", account="1", key="k", password="p"
    )
    last_known = LastKnown(redis)
    budget = CallBudget(redis, "australia_post:1", 1000, timedelta(minutes=1), timedelta(0))
    source = Batching(tracking, budget, last_known.keep)
    carriers = CarrierDirectory(dict.fromkeys((AUSTRALIA_POST, STARTRACK), source), last_known)
    services = services_for_tests(*ORDERS, redis=redis, knowledge=Library.read())
    return actions_of(replace(services, carriers=carriers))


@pytest.mark.parametrize("by_phone", [True, False], ids=["from its phone", "with its email"])
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.number)
async def test_no_message_is_over_two_segments(
    order: Order, actions: dict[str, AssistantAction], *, by_phone: bool
) -> None:
    texts = [
        text
        for intent, name in ACTION_OF.items()
        if name in actions
        for text in await asked(actions[name], intent, order, by_phone=by_phone)
    ]

    assert len(texts) > len(actions)
    assert {text for text in texts if size_of(text).segments > MOST_SEGMENTS} == set()
    assert {text for text in texts if size_of(text).encoding is not Encoding.GSM_7} == set()


async def asked(action: AssistantAction, intent: str, order: Order, *, by_phone: bool) -> list[str]:
    """Return what is texted to somebody who begins a conversation like this."""
    talk = Conversation(
        channel="sms",
        sender_phone=order.contact.phone if by_phone else None,
        conversation_id=f"{order.number}-{intent}-{by_phone}",
    )
    contact = {} if by_phone else {"email": order.contact.email}
    await talk.turn(
        action, "about my order", ranking={intent: 1.0}, order_number=order.number, **contact
    )
    return as_texts(talk.messages, talk.slots)
