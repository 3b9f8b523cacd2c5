"""A customer who has heard about two orders goes back and forth between them."""

import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import order, parcel_json

SAM = "sam@example.com"
FIRST, SECOND = "410200341", "410200342"
TWO_PARCELS = (parcel_json(), parcel_json(id="P2", carrier=None, tracking_number=None))


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    second = order(*TWO_PARCELS, number=SECOND)
    return actions_of(services_for_tests(order(), second, redis=redis))


async def told(actions: dict[str, AssistantAction], *numbers: str) -> Conversation:
    talk = Conversation()
    for number in numbers:
        await talk.turn(actions["action_order_status"], order_number=number, email=SAM)
    return talk


@pytest.mark.parametrize("words", ["go back to the first one", "the other order", "previous order"])
async def test_the_first_order_is_told_about_again(
    actions: dict[str, AssistantAction], words: str
) -> None:
    talk = await told(actions, FIRST, SECOND)

    await talk.turn(actions["action_choose_one"], words)

    assert talk.slots["order_number"] == FIRST
    await talk.turn(actions["action_choose_one"], "and the other one?")
    assert talk.slots["order_number"] == SECOND


async def test_orders_of_one_message_are_both_remembered(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    numbers = [FIRST, SECOND]
    await talk.turn(actions["action_order_status"], order_number=numbers, email=SAM)

    await talk.turn(actions["action_choose_one"], "go back to the first one")

    assert talk.slots["order_number"] == FIRST


async def test_the_other_one_is_a_parcel_of_an_order_that_has_several(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await told(actions, FIRST, SECOND)

    await talk.turn(actions["action_choose_one"], "the second one")

    assert (talk.slots["order_number"], talk.slots["chosen_parcel"]) == (SECOND, 2)


async def test_of_one_order_there_is_no_other(actions: dict[str, AssistantAction]) -> None:
    talk = await told(actions, FIRST)

    await talk.turn(actions["action_choose_one"], "the other order")

    assert talk.slots["order_number"] == FIRST


async def test_one_goes_back_from_an_order_that_did_not_match(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await told(actions, FIRST)
    await talk.turn(actions["action_order_status"], order_number="410200999")

    await talk.turn(actions["action_choose_one"], "go back to the first one")

    assert (talk.slots["order_number"], talk.active_form) == (FIRST, None)
