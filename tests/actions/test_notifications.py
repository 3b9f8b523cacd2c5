import pytest
from redis.asyncio import Redis

from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from support.decisions.identity import Level
from support.ids import ConversationId, OrderNumber
from support.state.followed import Consent, FollowUp
from tests.actions.chatting import Chat
from tests.orders import order, parcel_json

FOLLOW_UP = FollowUp(ConversationId("conversation-1"), OrderNumber("410200341"))
DELIVERED = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")


async def consent_of(customer: Chat) -> Consent | None:
    return await customer.services.follow_ups.consent(FOLLOW_UP)


async def test_asking_to_be_told_begins_at_once_from_how_it_stands(redis: Redis) -> None:
    customer = Chat(order(), redis)

    said = await customer.begin("tell me when it moves", "notify_me")

    consent = await consent_of(customer)
    assert ResponseKey.PARCEL_SHIPPED in said
    assert said[-1] is ResponseKey.FOLLOWING
    assert consent is not None
    assert (consent.level, consent.told["parcel P1"]) == (Level.MATCHED, "shipped")


async def test_whose_order_it_is_is_asked_first(redis: Redis) -> None:
    customer = Chat(order(), redis)

    await customer.say("let me know when its out for delivery", "notify_me")
    asked = customer.talk.followup
    said = await customer.begin("410200341 sam@example.com", "provide_details")

    assert asked == IDENTITY_FORM
    assert said[-1] is ResponseKey.FOLLOWING


async def test_an_order_that_was_told_is_not_told_again(redis: Redis) -> None:
    customer = Chat(order(), redis)
    await customer.begin("where is it", "track_order")

    assert await customer.say("tell me when it ships", "notify_me") == [ResponseKey.FOLLOWING]


async def test_what_has_come_to_its_end_is_not_followed(redis: Redis) -> None:
    customer = Chat(order(DELIVERED), redis)

    said = await customer.begin("tell me when something changes", "notify_me")

    assert said[-1] is ResponseKey.NOTHING_TO_FOLLOW
    assert await consent_of(customer) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no more of these messages", "stop_notifications"),
        ("stop telling me", "stop_or_cancel"),
        ("stop the updates", "nlu_fallback"),
        ("no more updates", "deny"),
        ("STOP", "stop_or_cancel"),
    ],
)
async def test_the_updates_end_wherever_the_wish_ends_up(
    text: str, intent: str, redis: Redis
) -> None:
    customer = Chat(order(), redis)
    await customer.begin("tell me when it moves", "notify_me")

    assert await customer.say(text, intent) == [ResponseKey.FOLLOWING_ENDED]
    assert await consent_of(customer) is None


async def test_stop_between_questions_ends_the_questions_and_not_the_updates(redis: Redis) -> None:
    customer = Chat(order(), redis)
    await customer.begin("tell me when it moves", "notify_me")
    customer.talk.active_form = IDENTITY_FORM

    assert await customer.say("stop", "stop_or_cancel") == [ResponseKey.STOPPED]
    assert await consent_of(customer) is not None


async def test_who_gets_no_updates_is_told_so(redis: Redis) -> None:
    said = await Chat(order(), redis).say("stop the notifications", "stop_notifications")

    assert said == [ResponseKey.NOTHING_FOLLOWED]


@pytest.mark.parametrize(
    ("text", "intent", "key"),
    [
        ("yes please", "affirm", ResponseKey.FOLLOWING),
        ("text me when it moves", "notify_me", ResponseKey.FOLLOWING),
        ("no", "deny", ResponseKey.NOT_FOLLOWING),
        ("stop telling me", "stop_notifications", ResponseKey.NOT_FOLLOWING),
    ],
)
async def test_the_offer_is_answered_in_any_words(
    text: str, intent: str, key: ResponseKey, redis: Redis
) -> None:
    collected = order(
        parcel_json(status="picking", carrier=None, tracking_number=None),
        delivery={"method": "click_and_collect", "store": {"name": "Kmart Geelong"}},
    )
    customer = Chat(collected, redis)
    await customer.begin("is it ready to collect", "click_and_collect")

    assert await customer.say(text, intent) == [key]
