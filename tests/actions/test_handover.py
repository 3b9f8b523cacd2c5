import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from support.handover import PersonRequest, Priority, Reason
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


@pytest.mark.parametrize(
    ("text", "answer", "other"),
    [
        ("I'll sue you. ACCC complaint too.", "PARCEL_SHIPPED", "CASE_NONE"),
        ("nobody answers about my order's case", "CASE_NONE", "PARCEL_SHIPPED"),
    ],
)
async def test_a_complaint_is_about_a_case_only_where_it_speaks_of_one(
    actions: dict[str, AssistantAction], text: str, answer: str, other: str
) -> None:
    talk = Conversation()
    ranking = {"complaint": 0.7, "case_status": 0.2}

    said = await talk.turn(actions["action_complaint"], text, ranking=ranking, **SAM)

    assert ResponseKey[answer] in said
    assert ResponseKey[other] not in said


async def test_who_is_in_need_is_offered_a_person_without_being_called_frustrated(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(actions["action_order_status"], "it's my mum's insulin", **SAM)

    assert said[0] is ResponseKey.OFFER_PERSON_WITH_CARE


@pytest.mark.parametrize("action", ["action_order_status", "action_out_of_scope"])
async def test_who_got_a_dodgy_message_is_warned_once_whatever_else_is_answered(
    actions: dict[str, AssistantAction], action: str
) -> None:
    text = "is this text legit, my parcel is held pay $2.99"

    said = await Conversation().turn(actions[action], text)

    assert said[0] is ResponseKey.NEXT_DOOR_SCAM
    assert said.count(ResponseKey.NEXT_DOOR_SCAM) == 1


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


async def test_a_person_hears_what_is_known_of_the_order(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], "where is it", **SAM)

    await talk.turn(actions["action_request_human"], ranking={"request_human": 0.9})

    person = PersonRequest.model_validate(talk.said(ResponseKey.REQUEST_HUMAN_WITH_ORDER)["person"])
    assert person.reason is Reason.ASKED
    assert person.verified == "matched"
    assert person.order_number == "410200341"
    assert person.contact == "sam@example.com"
    assert [(one.status, one.source) for one in person.parcels] == [
        ("shipped", "Kmart order system")
    ]
    assert person.summary.startswith("Asked for a person, about order 410200341 (order status)")


async def test_nothing_is_passed_on_of_an_order_that_was_only_named(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation(slots={"order_number": "410200341"})

    await talk.turn(actions["action_request_human"], ranking={"request_human": 0.9})

    person = talk.said(ResponseKey.REQUEST_HUMAN_WITH_ORDER)["person"]
    assert "parcels" not in person
    assert person["order_number"] == "410200341"


async def test_somebody_in_danger_comes_first(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()

    await talk.turn(actions["action_distress"], ranking={"distress": 0.9})

    person = PersonRequest.model_validate(talk.said(ResponseKey.DISTRESS)["person"])
    assert (person.reason, person.priority) == (Reason.DISTRESS, Priority.VULNERABLE)


async def test_a_person_is_offered_early_to_the_vulnerable(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(
        actions["action_order_status"], "it has my mum's medication in it", **SAM
    )

    assert said[0] is ResponseKey.OFFER_PERSON_WITH_CARE


async def test_what_was_open_before_an_agent_came_is_not_asked_again(
    actions: dict[str, AssistantAction],
) -> None:
    open_question = {"question": "looked_around", "topic": "missing_parcel", "order_number": "1"}
    talk = Conversation(
        slots={"matter": open_question, "order_number": "410200341", "failures": 2},
        active_form=IDENTITY_FORM,
    )

    said = await talk.turn(
        actions["action_give_back"], ranking={"give_back": 1.0}, summary="New parcel sent."
    )

    assert said == [ResponseKey.GIVEN_BACK_WITH_ORDER]
    assert talk.slots["matter"] is None
    assert talk.slots["failures"] == 0
    assert talk.slots["agent_summary"] == "New parcel sent."
    assert talk.active_form is None


@pytest.mark.parametrize(("named", "kept"), [("delay", "delay"), ("nonsense", "eta")])
async def test_what_an_agent_says_it_is_about_is_gone_on_with(
    actions: dict[str, AssistantAction], named: str, kept: str
) -> None:
    talk = Conversation(slots={"topic": "eta"})

    await talk.turn(actions["action_give_back"], ranking={"give_back": 1.0}, topic=named)

    assert talk.slots["topic"] == kept


async def test_a_grumble_in_passing_is_offered_a_person_and_not_given_one(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"missing_item_or_damaged": 0.6, "complaint": 0.3}

    said = await talk.turn(actions["action_missing_items"], ranking=ranking, **SAM)

    assert said[0] is ResponseKey.OFFER_PERSON
    assert not [message for message in talk.messages if "person" in message]
