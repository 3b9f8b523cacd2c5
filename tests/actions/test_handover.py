import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import order

SAM = {"order_number": "410200341", "email": "sam@example.com"}


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    return actions_of(services_for_tests(order(), redis=redis))


async def test_a_person_is_told_about_and_no_more(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()

    said = await talk.turn(actions["action_request_human"], ranking={"request_human": 0.9})

    assert said == [ResponseKey.REQUEST_HUMAN]
    assert talk.followup is None


async def test_a_problem_named_with_the_wish_for_a_person_is_taken_up(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"request_human": 0.5, "delivered_not_received": 0.35}

    said = await talk.turn(actions["action_request_human"], ranking=ranking)

    assert said == [ResponseKey.REQUEST_HUMAN]
    assert talk.followup == IDENTITY_FORM
    assert talk.slots["topic"] == "missing_parcel"


async def test_an_order_named_in_a_complaint_is_looked_up(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(actions["action_complaint"], ranking={"complaint": 0.9}, **SAM)

    assert said[0] is ResponseKey.COMPLAINT_WITH_ORDER
    assert ResponseKey.PARCEL_SHIPPED in said
    assert ResponseKey.PERSON_TOO not in said


async def test_a_wish_for_a_person_named_with_a_problem_is_answered_too(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"delivered_not_received": 0.5, "request_human": 0.35}

    said = await talk.turn(actions["action_missing_parcel"], ranking=ranking, **SAM)

    assert said[-1] is ResponseKey.PERSON_TOO


async def test_details_given_with_the_wish_for_a_person_do_not_swallow_it(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    said = await talk.turn(actions["action_answer_topic"], ranking={"request_human": 0.9}, **SAM)

    assert ResponseKey.PARCEL_SHIPPED in said
    assert said[-1] is ResponseKey.PERSON_TOO


async def test_a_person_is_offered_to_the_upset_once(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()

    first = await talk.turn(actions["action_order_status"], "where the fuck is it", **SAM)
    second = await talk.turn(actions["action_order_status"], "oh ffs", **SAM)

    assert first[0] is ResponseKey.OFFER_PERSON
    assert ResponseKey.OFFER_PERSON not in second


async def test_insults_are_answered_calmly(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()

    said = await talk.turn(actions["action_out_of_scope"], "you useless pile of rubbish")

    assert said == [ResponseKey.OFFER_PERSON, ResponseKey.OUT_OF_SCOPE]


async def test_danger_ends_all_questions(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    said = await talk.turn(actions["action_distress"], "he fucking threatened me")

    assert said == [ResponseKey.DISTRESS]
    assert talk.active_form is None


async def test_words_for_a_person_count_where_the_classifier_hears_only_the_problem(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"tracking_not_updating": 0.95, "request_human": 0.04}

    said = await talk.turn(
        actions["action_tracking_trouble"],
        "tracking hasn't moved in a week, get me a human",
        ranking=ranking,
        **SAM,
    )

    assert said[-1] is ResponseKey.PERSON_TOO


async def test_words_for_a_problem_count_where_the_classifier_hears_only_the_person(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"request_human": 0.92, "delivery_delayed": 0.04}

    await talk.turn(
        actions["action_request_human"],
        "my order is late and i want to speak to a manager",
        ranking=ranking,
    )

    assert talk.slots["topic"] == "delay"
    assert talk.followup == IDENTITY_FORM
