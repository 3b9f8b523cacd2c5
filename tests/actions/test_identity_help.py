import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import order

SAM = "sam@example.com"
NUMBER = "410200341"
ALEX = {"number": "410200999", "contact": {"first_name": "Alex", "email": "alex@example.com"}}


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    return actions_of(services_for_tests(order(), order(**ALEX), redis=redis))


async def test_several_contacts_are_each_tried(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()

    said = await talk.turn(
        actions["action_order_status"],
        order_number=NUMBER,
        email=["old@example.com", SAM, "new@example.com"],
    )

    assert ResponseKey.PARCEL_SHIPPED in said


async def test_several_contacts_count_as_one_attempt(actions: dict[str, AssistantAction]) -> None:
    talk = Conversation()
    wrong = ["a@example.com", "b@example.com", "c@example.com"]
    for _ in range(4):
        await talk.turn(actions["action_order_status"], order_number=NUMBER, email=wrong)

    said = await talk.turn(actions["action_order_status"], order_number=NUMBER, email=SAM)

    assert ResponseKey.PARCEL_SHIPPED in said


async def test_a_contact_that_is_taken_back_is_not_tried(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    await talk.turn(
        actions["action_order_status"],
        f"{NUMBER}, it's {SAM}, not kim@example.com",
        order_number=NUMBER,
        email=[SAM, "kim@example.com"],
    )

    assert talk.slots["order_number"] == NUMBER


async def test_of_two_orders_the_askers_own_is_told_and_the_other_said_not_to_match(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(
        actions["action_order_status"], order_number=[NUMBER, ALEX["number"]], email=SAM
    )

    assert ResponseKey.PARCEL_SHIPPED in said
    assert said[-1] is ResponseKey.OTHER_ORDER_NOT_MATCHED
    told = talk.said(ResponseKey.OTHER_ORDER_NOT_MATCHED)
    assert told["order_numbers"] == ALEX["number"]


async def test_an_unknown_other_order_is_spoken_of_in_the_same_words(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(
        actions["action_order_status"], order_number=[NUMBER, "999999999"], email=SAM
    )

    assert said[-1] is ResponseKey.OTHER_ORDER_NOT_MATCHED


async def test_each_mismatch_is_told_in_other_words(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    status = actions["action_order_status"]

    said = [
        await talk.turn(status, order_number=NUMBER, email=f"{name}@example.com")
        for name in ("a", "b", "c")
    ]

    assert said == [
        [ResponseKey.IDENTITY_NOT_MATCHED],
        [ResponseKey.IDENTITY_NOT_MATCHED_AGAIN],
        [ResponseKey.IDENTITY_NOT_MATCHED_OFTEN],
    ]


async def test_a_wrong_email_is_forgotten_and_asked_for(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], order_number=NUMBER, email="sma@example.com")

    said = await talk.turn(actions["action_correct_detail"], "sorry wrong email")

    assert said == [ResponseKey.DETAIL_FORGOTTEN]
    assert talk.slots["order_number"] == NUMBER
    assert talk.slots["contact"] is None
    assert talk.slots["tried_contact"] is None
    assert talk.slots["identity_question"] == "ask_contact"
    assert talk.followup == IDENTITY_FORM


async def test_a_number_that_is_taken_back_is_forgotten_and_asked_for(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()

    said = await talk.turn(
        actions["action_correct_detail"], f"no not {NUMBER}", order_number=NUMBER, email=None
    )

    assert said == [ResponseKey.DETAIL_FORGOTTEN]
    assert talk.slots["order_number"] is None
    assert talk.slots["identity_question"] == "ask_order_number"


async def test_the_form_forgets_a_number_that_is_taken_back(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM)

    await talk.turn(actions["validate_identity_form"], f"no not {NUMBER}", order_number=NUMBER)

    assert talk.slots["order_number"] is None


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("ask_both", ResponseKey.LOST_ORDER_NUMBER),
        ("contact_again", ResponseKey.LOST_CONTACT),
    ],
)
async def test_it_is_told_where_what_is_missing_is_found(
    actions: dict[str, AssistantAction], question: str, key: ResponseKey
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM, slots={"identity_question": question})

    said = await talk.turn(actions["action_lost_details"], "i dont have it")

    assert said == [key]
    assert talk.followup is None


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("action_ask_why", ResponseKey.WHY_DETAILS_ARE_ASKED),
        ("action_guest_checkout", ResponseKey.GUEST_CHECKOUT),
        ("action_refund_or_return", ResponseKey.REFUND_OR_RETURN),
        ("action_out_of_scope", ResponseKey.OUT_OF_SCOPE),
        ("action_pleasantry", ResponseKey.GREET_BETWEEN_QUESTIONS),
    ],
)
async def test_after_a_word_in_between_the_open_question_is_taken_up_again(
    actions: dict[str, AssistantAction], action: str, key: ResponseKey
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM, slots={"order_number": NUMBER, "times_asked": 1})

    said = await talk.turn(actions[action], "hmm")

    assert said == [key]
    assert talk.followup == IDENTITY_FORM
    assert talk.slots["identity_question"] == "contact_resumed"


async def test_after_many_words_in_between_nothing_is_asked_any_more(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation(active_form=IDENTITY_FORM, slots={"times_asked": 3})

    await talk.turn(actions["action_ask_why"], "why")

    assert talk.followup is None
    assert talk.active_form is None


async def test_details_are_taken_up_after_the_questions_were_left(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_eta"], "when is it coming")
    talk.active_form = IDENTITY_FORM
    await talk.turn(actions["action_lost_details"], "i dont have it")

    said = await talk.turn(actions["action_use_details"], order_number=NUMBER, email=SAM)

    assert ResponseKey.PARCEL_ETA_PROMISED in said
    assert talk.slots["topic"] == "eta"


async def test_what_cannot_be_found_once_the_order_is_told_is_the_parcel(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], order_number=NUMBER, email=SAM)

    parcel = await talk.turn(actions["action_lost_details"], "cant find it anywhere")
    detail = await talk.turn(actions["action_lost_details"], "i lost the other order number")

    assert ResponseKey.MISSING_PARCEL_NOT_DELIVERED in parcel
    assert detail == [ResponseKey.LOST_ORDER_NUMBER]


async def test_a_mere_why_about_an_order_that_was_told_is_not_about_details(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], order_number=NUMBER, email=SAM)
    why = actions["action_ask_why"]

    mere = await talk.turn(why, "why", ranking={"ask_why": 0.9})
    details = await talk.turn(why, "why do you need my email", ranking={"ask_why": 0.9})

    assert ResponseKey.WHY_DETAILS_ARE_ASKED not in mere
    assert details == [ResponseKey.WHY_DETAILS_ARE_ASKED]
