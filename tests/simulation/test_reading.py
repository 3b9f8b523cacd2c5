import pytest

from actions.questions import Question
from tests.end_to_end.customer import Answer, Reply
from tests.simulation.checks import Exchange, dead_ends
from tests.simulation.questions import Asked, wanted
from tests.simulation.reading import keys_in, statements
from tests.wordings import texts_of


def answer(text: str, *choices: str, sources: tuple[str, ...] = ()) -> Answer:
    return Answer([Reply("bot", text, choices, sources, {})])


def first_text(key: str) -> str:
    return texts_of(key)[0]


def test_a_line_is_read_back_into_its_response_and_values() -> None:
    (one,) = statements("Delivered at 2:47 pm on Sunday 22 November.")

    assert one.key == "utter_parcel_delivered_at"
    assert one.values == {"since": "2:47 pm on Sunday 22 November"}


def test_each_line_of_a_bubble_is_a_response() -> None:
    text = f"{first_text('utter_case_received')}\n{first_text('utter_ask_tell_me')}"

    assert keys_in(text) == ("utter_case_received", "utter_ask_tell_me")


def test_other_words_are_no_response() -> None:
    (one,) = statements("Your parcel flew to the moon.")

    assert one.key is None


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("utter_ask_identity_form_contact", Asked.CONTACT),
        ("utter_identity_not_matched", Asked.CORRECTION),
        ("utter_ask_looked_around", Question.LOOKED_AROUND),
        ("utter_ask_looked_around_again", Question.LOOKED_AROUND),
        ("utter_ask_start_store_check", Question.START_STORE_CHECK),
        ("utter_did_you_mean", Asked.OTHER_WORDS),
    ],
)
def test_a_question_is_recognised_by_its_wording(key: str, asked: object) -> None:
    assert wanted(answer(first_text(key))) is asked


@pytest.mark.parametrize(
    ("place", "asked"), [(0, Asked.BOTH), (1, Asked.NUMBER), (2, Asked.BOTH), (4, Asked.NUMBER)]
)
def test_number_and_contact_are_told_apart(place: int, asked: Asked) -> None:
    text = texts_of("utter_ask_identity_form_order_number")[place]

    assert wanted(answer(text)) is asked


def test_an_apology_without_a_way_on_is_a_dead_end() -> None:
    assert dead_ends([Exchange("hello", answer("Sorry, I didn't get that."))]) != []
    assert dead_ends([Exchange("hello", answer("Sorry, I didn't get that.", "Where is it?"))]) == []


def test_silence_is_a_dead_end() -> None:
    assert dead_ends([Exchange("hello", Answer())]) == ["silence"]


def test_the_same_words_three_times_running_are_a_dead_end() -> None:
    same = [Exchange(said, answer("Which one is it?")) for said in ("a", "b", "c")]

    assert dead_ends(same[:2]) == []
    assert dead_ends(same) == ["the same words for the third time running"]


def test_asking_for_a_number_that_was_given_is_a_dead_end() -> None:
    asked = answer(first_text("utter_ask_identity_form_order_number"))

    assert dead_ends([Exchange("where is it", asked)]) == []
    assert dead_ends([Exchange("where is 620000001", asked)]) != []


def test_asking_what_a_button_has_answered_is_a_dead_end() -> None:
    asked = answer(first_text("utter_ask_looked_around"))
    held = [Exchange("it isn't here", asked), Exchange("It's not there", asked, pressed=True)]

    assert dead_ends(held) == ["asks again what was answered: looked_around"]
