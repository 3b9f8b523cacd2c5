"""Whoever gets the same answer again is offered a person with it."""

import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.responses import ResponseKey
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import order

SAM = {"order_number": "410200341", "email": "sam@example.com"}


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    return actions_of(services_for_tests(order(), redis=redis))


async def test_a_person_is_offered_with_the_same_answer(
    actions: dict[str, AssistantAction],
) -> None:
    talk, refund = Conversation(), actions["action_refund_or_return"]
    await talk.turn(actions["action_order_status"], **SAM)
    first = await talk.turn(refund, "i want a refund")

    second = await talk.turn(refund, "from kmart, not the seller")
    await talk.turn(actions["action_order_details"], "whats in it")
    third = await talk.turn(refund, "and my refund?")

    assert second == [ResponseKey.OFFER_PERSON_INSTEAD, *first]
    assert third == first


async def test_what_is_not_understood_has_a_count_of_its_own(
    actions: dict[str, AssistantAction],
) -> None:
    talk, ranking = Conversation(), {"out_of_scope": 1.0}
    for words in ("whats the weather", "and tomorrow"):
        said = await talk.turn(actions["action_out_of_scope"], words, ranking=ranking)
    assert ResponseKey.OFFER_PERSON_INSTEAD not in said
