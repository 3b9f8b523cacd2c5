"""What is said about an order that was shown: what was asked, and which one is meant."""

from typing import Any

import pytest
from redis.asyncio import Redis

from actions.responses import ResponseKey
from support.knowledge.keys import KnowledgeKey
from support.knowledge.models import Rule
from tests.actions.chatting import Chat
from tests.actions.rendering import worded
from tests.knowledge import library
from tests.orders import line_json, order, parcel_json

NAMES = ("Kettle", "Toaster", "Lamp")
REFUNDS = library({KnowledgeKey.OFFER_REFUND: Rule(holds=True)})


def three_parcels(**different: Any) -> list[dict[str, Any]]:
    carriers = ("australia_post", "startrack", "couriersplease")
    return [
        parcel_json(
            id=f"P{place}",
            items=[{"line_id": str(place), "quantity": 1}],
            carrier=carrier,
            tracking_number=f"TRACK00{place}",
            promised_by=f"2026-11-2{place + 4}",
        )
        | different
        for place, carrier in enumerate(carriers, start=1)
    ]


def lines() -> list[dict[str, Any]]:
    return [line_json(id=str(place), name=name) for place, name in enumerate(NAMES, start=1)]


def three(redis: Redis, **different: Any) -> Chat:
    return Chat(
        order(*three_parcels(**different), lines=lines()), redis, knowledge=REFUNDS, signed_in=True
    )


def text(chat: Chat) -> str:
    return "\n".join(worded(chat.talk.messages, "web"))


async def test_when_will_it_come_is_answered_with_the_dates_alone(redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")
    whole = text(chat)

    await chat.say("ok and when will it come", "eta_question")

    assert len(text(chat)) < len(whole) / 2
    assert "25 November" in text(chat)
    assert "Follow it at" not in text(chat)


async def test_a_problem_with_a_shown_order_is_taken_up_without_the_card(redis: Redis) -> None:
    chat = three(redis, promised_by="2026-11-20")
    await chat.begin("where is my order", "track_order")

    said = await chat.say("they are all late", "delivery_delayed")

    assert said[0] is ResponseKey.ASK_WHICH_PARCEL


async def test_what_has_changed_meanwhile_is_shown_again(redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")
    chat.becomes(order(*three_parcels(status="delivered"), lines=lines()))

    said = await chat.say("and now", "track_order")

    assert ResponseKey.PARCEL_DELIVERED in said


async def test_whoever_names_the_order_again_sees_it_again(redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")

    assert ResponseKey.ORDER_STANDARD in await chat.begin("where is my order", "track_order")


@pytest.mark.parametrize(
    ("words", "parcel"),
    [
        ("the one from startrack", "P2"),
        ("auspost one", "P1"),
        ("the lamp", "P3"),
        ("the second one", "P2"),
    ],
)
async def test_a_parcel_is_chosen_by_carrier_item_or_place(
    words: str, parcel: str, redis: Redis
) -> None:
    chat = three(redis, promised_by="2026-11-20")
    await chat.begin("they are late", "delivery_delayed")

    await chat.say(words, "nlu_fallback")

    assert (chat.matter or {})["parcel_id"] == parcel


async def test_which_parcel_is_asked_again_with_its_buttons(redis: Redis) -> None:
    chat = three(redis, promised_by="2026-11-20")
    await chat.begin("they are late", "delivery_delayed")
    buttons = chat.talk.buttons

    said = await chat.say("what is the weather like", "out_of_scope")

    assert ResponseKey.ASK_WHICH_PARCEL_AGAIN in said
    assert chat.talk.buttons == buttons
    assert len(buttons) == 3


async def test_whats_up_with_the_toaster_is_about_the_order(redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("whats up with the toaster", "out_of_scope")

    assert ResponseKey.DETAIL_ITEM in said
    assert "Toaster: in parcel 2 of 3 (shipped)." in text(chat)


async def test_any_toaster_is_still_out_of_scope(redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("which toaster is the best", "out_of_scope")

    assert ResponseKey.OUT_OF_SCOPE in said


@pytest.mark.parametrize("intent", ["choose_one", "track_order", "delivery_delayed"])
async def test_nothing_is_met_with_silence_because_it_was_shown(intent: str, redis: Redis) -> None:
    chat = Chat(order(cancelled_at="2026-11-20T10:00:00+11:00"), redis)
    await chat.begin("where is my order", "track_order")

    assert await chat.say("the second one", intent)


async def test_when_will_the_lamp_come_is_answered_for_the_lamp(redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")

    await chat.say("when will the lamp come", "eta_question")

    assert "27 November" in text(chat)
    assert "25 November" not in text(chat)


@pytest.mark.parametrize("intent", ["order_details", "choose_one", "provide_details"])
async def test_the_one_from_startrack_of_a_shown_order(intent: str, redis: Redis) -> None:
    chat = three(redis)
    await chat.begin("where is my order", "track_order")

    await chat.say("whats with the one from startrack", intent)

    assert "Toaster" in text(chat)
    assert "Kettle" not in text(chat)


async def with_two_orders(redis: Redis) -> Chat:
    chat = Chat(order(), redis, signed_in=True)
    older = {"number": "310100200", "placed_at": "2026-10-01T09:00:00+10:00"}
    chat.orders.add(
        order(
            parcel_json(carrier="startrack", tracking_number="ABCZ00012345"),
            lines=[line_json(name="Toaster")],
            **older,
        )
    )
    await chat.say("where is my order", "track_order")
    return chat


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("the kettle", "410200341"),
        ("the toaster one", "310100200"),
        ("the one from startrack", "310100200"),
        ("the older one", "310100200"),
        ("the second one", "310100200"),
        ("the first", "410200341"),
    ],
)
@pytest.mark.parametrize("intent", ["choose_one", "track_order"])
async def test_an_order_is_chosen_by_item_carrier_age_or_place(
    words: str, number: str, intent: str, redis: Redis
) -> None:
    chat = await with_two_orders(redis)

    await chat.say(words, intent)

    assert chat.talk.slots["order_number"] == number
