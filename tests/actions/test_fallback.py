import pytest
from redis.asyncio import Redis

from actions.base import AssistantAction
from actions.identity_questions import IDENTITY_FORM
from actions.responses import ResponseKey
from tests.actions.assistant import actions_of
from tests.actions.services import services_for_tests
from tests.actions.talking import Conversation
from tests.orders import order

NOTHING = {"nlu_fallback": 0.3, "greet": 0.05}
SAM = {"order_number": "410200341", "email": "sam@example.com"}


@pytest.fixture
def actions(redis: Redis) -> dict[str, AssistantAction]:
    return actions_of(services_for_tests(order(), redis=redis))


@pytest.fixture
def fallback(actions: dict[str, AssistantAction]) -> AssistantAction:
    return actions["action_fallback"]


async def test_without_a_clue_it_asks_for_other_words(fallback: AssistantAction) -> None:
    talk = Conversation()

    assert await talk.turn(fallback, ranking=NOTHING) == [ResponseKey.NOT_UNDERSTOOD]


async def test_marks_alone_are_not_understood_instead_of_out_of_scope(
    actions: dict[str, AssistantAction],
) -> None:
    said = await Conversation().turn(
        actions["action_out_of_scope"], "???", ranking={"out_of_scope": 0.9}
    )

    assert said == [ResponseKey.NOT_UNDERSTOOD]


async def test_plausible_meanings_are_offered_with_a_way_past_them(
    fallback: AssistantAction,
) -> None:
    talk = Conversation()
    ranking = {"nlu_fallback": 0.3, "delivery_delayed": 0.28, "track_order": 0.15, "greet": 0.1}

    said = await talk.turn(fallback, ranking=ranking)

    assert said[0] is ResponseKey.DID_YOU_MEAN
    assert talk.buttons == ["/delivery_delayed", "/track_order", "/nlu_fallback"]


async def test_yes_takes_the_only_meaning_that_was_offered(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"nlu_fallback": 0.3, "status_meaning": 0.28}
    await talk.turn(actions["action_fallback"], ranking=ranking)

    said = await talk.turn(actions["action_affirm"], "yes", ranking={"affirm": 0.9})

    assert said == [ResponseKey.STATUS_MEANING_ALL]


async def test_the_second_one_takes_the_second_meaning(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    ranking = {"nlu_fallback": 0.3, "track_order": 0.28, "status_meaning": 0.2}
    await talk.turn(actions["action_fallback"], ranking=ranking)

    said = await talk.turn(actions["action_choose_one"], "the second one")

    assert said == [ResponseKey.STATUS_MEANING_ALL]


async def test_the_second_failure_offers_topics_and_the_third_a_person(
    fallback: AssistantAction,
) -> None:
    talk = Conversation()
    await talk.turn(fallback, ranking=NOTHING)

    second = await talk.turn(fallback, ranking=NOTHING)
    assert second[0] is ResponseKey.NOT_UNDERSTOOD_AGAIN
    assert "/request_human" in talk.buttons

    third = await talk.turn(fallback, ranking=NOTHING)
    assert third == [ResponseKey.NOT_UNDERSTOOD_OFTEN]
    assert talk.said(ResponseKey.NOT_UNDERSTOOD_OFTEN)["person"]["reason"] == "not_understood"


async def test_nearly_equal_meanings_with_different_answers_are_asked_about(
    fallback: AssistantAction,
) -> None:
    talk = Conversation()
    ranking = {"nlu_fallback": 0.3, "case_status": 0.41, "track_order": 0.39}

    said = await talk.turn(fallback, "any update?", ranking=ranking)

    assert said[0] is ResponseKey.WHICH_OF_TWO
    assert talk.buttons == ["/case_status", "/track_order"]


async def test_nearly_equal_meanings_with_the_same_answer_are_answered(
    fallback: AssistantAction,
) -> None:
    talk = Conversation()
    ranking = {"nlu_fallback": 0.3, "eta_question": 0.41, "track_order": 0.39}

    said = await talk.turn(fallback, ranking=ranking, **SAM)

    assert ResponseKey.PARCEL_SHIPPED in said


async def test_a_problem_and_a_person_in_one_message_are_both_dealt_with(
    fallback: AssistantAction,
) -> None:
    talk = Conversation()
    ranking = {"nlu_fallback": 0.3, "request_human": 0.42, "delivered_not_received": 0.4}

    said = await talk.turn(fallback, ranking=ranking)

    assert said == [ResponseKey.REQUEST_HUMAN]
    assert talk.followup == IDENTITY_FORM
    assert talk.slots["topic"] == "missing_parcel"


async def test_details_come_before_not_being_understood(fallback: AssistantAction) -> None:
    talk = Conversation()

    assert ResponseKey.PARCEL_SHIPPED in await talk.turn(fallback, ranking=NOTHING, **SAM)


async def test_between_the_questions_the_open_one_is_put_in_new_words_each_time(
    fallback: AssistantAction,
) -> None:
    talk = Conversation(
        active_form=IDENTITY_FORM,
        slots={"identity_question": "ask_both", "times_asked": 1, "failures": 0},
    )
    questions = []
    for _ in range(2):
        await talk.turn(fallback, ranking=NOTHING)
        questions.append(talk.slots["identity_question"])

    said = await talk.turn(fallback, ranking=NOTHING)

    assert questions == ["both_again", "order_number_way_out"]
    assert said[-1] is ResponseKey.IDENTITY_LEFT
    assert talk.active_form is None


async def test_what_is_out_of_scope_twice_in_a_row_may_have_been_misunderstood(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    outside = actions["action_out_of_scope"]

    first = await talk.turn(outside, "qwop", ranking={"out_of_scope": 0.6})
    second = await talk.turn(outside, "zxcv", ranking={"out_of_scope": 0.6})
    third = await talk.turn(outside, "asdf", ranking={"out_of_scope": 0.6})

    assert first == [ResponseKey.OUT_OF_SCOPE]
    assert second[0] is ResponseKey.NOT_UNDERSTOOD_AGAIN
    assert third[0] is ResponseKey.NOT_UNDERSTOOD_OFTEN


async def test_something_else_is_asked_in_the_open_and_then_comes_a_person(
    fallback: AssistantAction,
) -> None:
    talk = Conversation()

    first = await talk.turn(fallback, "/nlu_fallback", ranking=NOTHING)
    second = await talk.turn(fallback, "hmm", ranking=NOTHING)

    assert first == [ResponseKey.SOMETHING_ELSE]
    assert second[0] is ResponseKey.NOT_UNDERSTOOD_OFTEN


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("is someone else able to see this", ResponseKey.NEXT_DOOR_PRIVACY),
        ("what if im not home", ResponseKey.NEXT_DOOR_NOT_HOME),
        ("so its a scam?", ResponseKey.NEXT_DOOR_SCAM),
    ],
)
async def test_questions_for_others_are_known_by_their_words(
    fallback: AssistantAction, text: str, key: ResponseKey
) -> None:
    talk = Conversation()

    assert await talk.turn(fallback, text, ranking=NOTHING) == [key]


async def test_why_it_came_to_an_end_is_answered_however_it_was_understood(
    actions: dict[str, AssistantAction],
) -> None:
    talk = Conversation()
    await talk.turn(actions["action_order_status"], **SAM)

    said = await talk.turn(actions["action_fallback"], "why did it go back", ranking=NOTHING)

    assert ResponseKey.DETAIL_NOT_ENDED in said
