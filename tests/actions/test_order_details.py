import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.responses import ResponseKey
from support.systems.carriers.memory import MemoryCarriers
from support.systems.carriers.models import CarrierStatus
from tests.actions.assistant import actions_of
from tests.actions.chatting import Chat
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import hours_ago, line_json, order, parcel_json
from tests.support.decisions.standings import scanned

SAM = {"order_number": "410200341", "email": "sam@example.com"}
TWO_PARCELS = order(
    parcel_json(),
    parcel_json(
        id="P2",
        items=[{"line_id": "2", "quantity": 2}],
        status="processing",
        carrier=None,
        tracking_number=None,
    ),
    lines=[line_json(name="Kettle"), line_json(id="2", name="Towel", quantity=2)],
)


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    return actions_of(services_for_tests(TWO_PARCELS, redis=redis))


async def shown(actions: dict[str, AssistantAction]) -> Conversation:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], **SAM)
    return talk


async def test_the_contents_are_listed_by_parcel(actions: dict[str, AssistantAction]) -> None:
    talk = await shown(actions)

    said = await talk.turn(actions["action_order_details"], "what's in it")

    assert said == [
        ResponseKey.DETAIL_ORDER,
        ResponseKey.DETAIL_PARCEL,
        ResponseKey.DETAIL_PARCEL,
    ]
    assert talk.messages[2]["items"] == "Towel × 2"  # noqa: RUF001 - customers read this


async def test_a_named_item_is_found_in_its_parcel_with_how_many_there_are(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await shown(actions)

    await talk.turn(actions["action_order_details"], "are my towels in it")

    assert talk.said(ResponseKey.DETAIL_ITEM)["item"] == "Towel × 2"  # noqa: RUF001 - customers read this
    assert talk.said(ResponseKey.DETAIL_ITEM)["position"] == "2"


async def test_an_item_that_is_not_on_the_order_is_said_not_to_be(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await shown(actions)

    said = await talk.turn(actions["action_order_details"], "is my pram in it")

    assert said[1:] == [ResponseKey.DETAIL_ITEM_NOT_ON_ORDER, *[ResponseKey.DETAIL_PARCEL] * 2]


async def test_the_carrier_is_named_and_its_absence_too(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await shown(actions)

    said = await talk.turn(actions["action_order_details"], "who's the courier")

    assert ResponseKey.PARCEL_CARRIER_LINK in said
    assert ResponseKey.PARCEL_TRACKING_LATER in said


async def test_the_address_is_read_back(actions: dict[str, AssistantAction]) -> None:
    talk = await shown(actions)

    await talk.turn(actions["action_order_details"], "what address is it going to")

    address = talk.said(ResponseKey.DETAIL_ADDRESS)["address"]
    assert address == "1 Example St, Geelong VIC 3220"


async def test_nobody_is_said_to_have_signed_for_what_is_not_delivered(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await shown(actions)

    said = await talk.turn(actions["action_order_details"], "who signed for it")

    assert ResponseKey.PARCEL_SHIPPED in said
    assert ResponseKey.DETAIL_NO_PROOF not in said


async def test_every_detail_carries_its_evidence(actions: dict[str, AssistantAction]) -> None:
    talk = await shown(actions)

    for question in ("what's in it", "which courier", "what address", "who signed"):
        await talk.turn(actions["action_order_details"], question)
        assert all(message.get("evidence") for message in talk.messages[1:2])


async def test_the_detail_is_remembered_while_it_is_asked_who_asks(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_details"], "what address is it going to")

    said = await talk.turn(actions["action_answer_topic"], "here you go", **SAM)

    assert said == [ResponseKey.DETAIL_ORDER, ResponseKey.DETAIL_ADDRESS]


async def test_the_second_one_is_the_second_parcel_and_stays_so(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await shown(actions)

    said = await talk.turn(actions["action_choose_one"], "the second one")
    assert said[0] is ResponseKey.PARCEL_TITLE
    assert talk.said(ResponseKey.PARCEL_TITLE)["position"] == "2"

    await talk.turn(actions["action_order_details"], "what's in it")
    assert [one["position"] for one in talk.messages[1:]] == ["2"]


async def test_the_other_one_is_not_the_one_spoken_of(
    actions: dict[str, AssistantAction],
) -> None:
    talk = await shown(actions)
    await talk.turn(actions["action_choose_one"], "the second one")

    await talk.turn(actions["action_choose_one"], "and the other one?")

    assert talk.said(ResponseKey.PARCEL_TITLE)["position"] == "1"


async def test_without_a_list_there_is_nothing_to_choose(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(actions["action_choose_one"], "the second one")

    assert said == [ResponseKey.NOTHING_TO_CHOOSE]


async def test_late_means_not_there_where_it_is_recorded_as_delivered(redis: Redis) -> None:
    delivered = order(parcel_json(status="delivered", delivered_at="2026-11-20T10:00:00+11:00"))
    actions = actions_of(services_for_tests(delivered, redis=redis))
    talk = Conversation()

    said = await talk.turn(actions["action_delivery_delayed"], "it still hasn't come", **SAM)

    assert ResponseKey.ASK_LOOKED_AROUND in said


@pytest.mark.parametrize(
    ("action", "said", "buttons"),
    [
        (
            "action_affirm",
            ResponseKey.WHICH_PROBLEM,
            ["/delivered_not_received", "/missing_item_or_damaged"],
        ),
        ("action_deny", ResponseKey.NO_PROBLEM, ["/delivered_not_received"]),
    ],
    ids=["yes", "no"],
)
async def test_yes_and_no_after_a_delivery_are_about_a_problem_with_it(
    redis: Redis, action: str, said: ResponseKey, buttons: list[str]
) -> None:
    delivered = order(parcel_json(status="delivered", delivered_at="2026-11-20T10:00:00+11:00"))
    actions = actions_of(services_for_tests(delivered, redis=redis))
    talk = Conversation()
    await talk.turn(actions["action_order_status"], **SAM)

    keys = await talk.turn(actions[action])

    assert keys[0] is said
    assert talk.buttons == buttons


async def test_store_hours_are_told_of_the_store_of_the_order(redis: Redis) -> None:
    store = {"id": "s1", "name": "Kmart Geelong", "address": None, "hours": "8 am to 10 pm"}
    delivery = {"method": "click_and_collect", "address": None, "store": store}
    collected = order(parcel_json(status="ready_to_collect", carrier=None), delivery=delivery)
    actions = actions_of(services_for_tests(collected, redis=redis))
    talk = Conversation()
    await talk.turn(actions["action_order_status"], **SAM)

    await talk.turn(actions["action_out_of_scope"], "when does the store close")

    assert talk.said(ResponseKey.PARCEL_STORE_HOURS)["hours"] == "8 am to 10 pm"


async def test_without_a_store_none_is_told_of(actions: dict[str, AssistantAction]) -> None:
    talk = await shown(actions)

    said = await talk.turn(actions["action_out_of_scope"], "when does the store close")

    assert said == [ResponseKey.DETAIL_ORDER, ResponseKey.DETAIL_NO_STORE]


async def test_delivered_or_not_is_answered_with_both_sources(redis: Redis) -> None:
    scan = scanned(hours_ago(2), status=CarrierStatus.DELIVERED)
    chat = Chat(order(), redis, carriers=MemoryCarriers([scan]))
    await chat.begin("where is it", "track_order")

    said = await chat.say("so is it delivered or not??", "order_details")

    assert ResponseKey.PARCEL_DELIVERED in said
    assert chat.talk.said(ResponseKey.PARCEL_SOURCES_DISAGREE_SINCE)["other_state"] == "shipped"
