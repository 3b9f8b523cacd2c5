"""Whose shop's customer reads it."""

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Words
from tests.actions.chatting import Chat
from tests.actions.rendering import worded
from tests.knowledge import library
from tests.orders import order


def texts(chat: Chat) -> str:
    return "\n".join(worded(chat.talk.messages, "web"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cancel my order please", "cancel_order"),
        ("i want to talk to a human", "request_human"),
        ("this is a complaint", "complaint"),
        ("do you have this in stock", "out_of_scope"),
        ("i want to return it", "refund_or_return"),
        ("where do i find tracking", "find_tracking_link"),
    ],
)
async def test_targets_customers_are_not_sent_to_kmart(
    text: str, intent: str, redis: Redis
) -> None:
    chat = Chat(order(brand="target"), redis)
    await chat.begin("where is my order", "track_order")

    await chat.say(text, intent)

    assert "kmart" not in texts(chat).lower()
    assert "Target" in texts(chat)


async def test_targets_own_contact_is_told_once_it_is_known(redis: Redis) -> None:
    page = Words(text="the Contact page of Target")
    chat = Chat(
        order(brand="target"), redis, knowledge=library({KnowledgeKey.TARGET_CONTACT_PAGE: page})
    )
    await chat.begin("where is my order", "track_order")

    said = await chat.say("cancel my order please", "cancel_order")

    assert ResponseKey.TARGET_CONTACT in said
    assert page.text in texts(chat)


async def test_kmarts_customers_read_of_kmart(redis: Redis) -> None:
    chat = Chat(order(), redis)
    await chat.begin("where is my order", "track_order")

    assert ResponseKey.CANCEL_ORDER in await chat.say("cancel my order please", "cancel_order")
