import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from tests.actions.assistant import actions_of
from tests.actions.chatting import Chat
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import order, parcel_json

SAM = {"order_number": "410200341", "email": "sam@example.com"}


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    second = order(number="410200342", placed_at="2026-11-20T09:12:00+11:00")
    return actions_of(services_for_tests(order(), second, redis=redis))


@pytest.mark.parametrize("action", ["action_stop", "action_cancel_order"])
async def test_a_bare_cancel_is_asked_about(
    actions: dict[str, AssistantAction], action: str
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    said = await talk.turn(actions[action], "cancel")

    assert said[0] is ResponseKey.CANCEL_WHAT
    assert talk.buttons == ["/cancel_order", "/stop_or_cancel"]


async def test_the_order_is_what_was_to_be_cancelled(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()
    await talk.turn(actions["action_stop"], "cancel")

    said = await talk.turn(actions["action_choose_one"], "the order")

    assert said == [ResponseKey.CANCEL_ORDER]


async def test_after_a_stop_a_new_question_works_with_what_is_known(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], **SAM)
    assert await talk.turn(actions["action_stop"], "stop") == [ResponseKey.STOPPED]

    said = await talk.turn(actions["action_eta"], "when will it come")

    assert ResponseKey.PARCEL_ETA_PROMISED in said


async def test_goodbye_leaves_the_questions(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    assert await talk.turn(actions["action_goodbye"], "bye") == [ResponseKey.GOODBYE]
    assert talk.active_form is None


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("the older one", ["410200341"]),
        ("the first one", ["410200342"]),
        ("both", ["410200342", "410200341"]),
    ],
)
async def test_offered_orders_are_picked_by_place_and_age(
    actions: dict[str, AssistantAction], words: str, numbers: list[str]
) -> None:
    talk = Conversation(customer_id="c-1001")
    await talk.turn(actions["action_order_status"])

    await talk.turn(actions["action_choose_one"], words)

    told = [one["order_number"] for one in talk.messages if "order_number" in one]
    assert told == numbers


async def test_a_wrong_answer_names_the_message_that_was_answered_so(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_status_meaning"], "what about my refund")

    said = await talk.turn(actions["action_not_helpful"], "that's not what i asked")

    assert said[0] is ResponseKey.ANSWER_MISSED_THE_POINT
    assert talk.slots["misunderstood_message"] == "m-0"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("gift card balance", ResponseKey.NEXT_DOOR_GIFT_CARD),
        ("what time do you open", ResponseKey.NEXT_DOOR_STORE),
        ("what's the weather like", ResponseKey.OUT_OF_SCOPE),
    ],
)
async def test_what_others_answer_is_said_to_be_theirs(
    actions: dict[str, AssistantAction], text: str, key: ResponseKey
) -> None:
    talk = Conversation()

    assert await talk.turn(actions["action_out_of_scope"], text) == [key]


async def test_no_to_the_latest_order_asks_for_another(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation(customer_id="c-1001")
    await talk.turn(actions["action_order_status"])

    said = await talk.turn(actions["action_deny"], "no")
    await talk.turn(actions["action_choose_one"], "the older one")

    assert said == [ResponseKey.WHICH_OTHER_ORDER]
    assert talk.slots["order_number"] == "410200341"


async def test_no_i_never_got_it_is_about_the_order_that_was_told(redis: Redis) -> None:
    delivered = parcel_json(status="delivered", delivered_at="2026-11-24T12:00:00+11:00")
    chat = Chat(order(delivered), redis)
    await chat.begin("where is my order", "track_order")

    said = await chat.say("no i never got that", "deny")

    assert ResponseKey.ASK_LOOKED_AROUND in said


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("order_number_way_out", ResponseKey.LOST_ORDER_NUMBER),
        ("contact_way_out", ResponseKey.LOST_CONTACT),
    ],
)
async def test_yes_to_being_told_where_the_details_are_is_taken_up(
    actions: dict[str, AssistantAction], question: str, key: ResponseKey
) -> None:
    slots = {"identity_question": question, "times_asked": 3}
    talk = Conversation(active_form=IDENTITY_FORM, slots=slots)

    assert await talk.turn(actions["action_affirm"], "yes") == [key]
