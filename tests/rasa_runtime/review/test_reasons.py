import pytest

from rasa_runtime.review.reasons import (
    CLOSE_WITHIN,
    UNSURE_BELOW,
    Prediction,
    Reason,
    Uttered,
    reasons_to_review,
    to_collect,
)
from tests.rasa_runtime.review.examples import prediction


def said(text: str, intent: str, confidence: float = 0.95) -> Uttered:
    return Uttered(text, prediction(intent, confidence))


WRONG = said("that's not what i asked", "not_helpful")


@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope"])
def test_what_the_pipeline_refused_is_collected(intent: str):
    assert reasons_to_review(prediction(intent, 0.99)) == {Reason.REFUSED}


def test_what_was_plainly_understood_is_not():
    assert reasons_to_review(prediction("greet", 0.9, ("thanks", 0.1))) == frozenset()


def test_a_low_confidence_is_collected():
    assert reasons_to_review(prediction("greet", UNSURE_BELOW - 0.01)) == {Reason.UNSURE}
    assert reasons_to_review(prediction("greet", UNSURE_BELOW)) == frozenset()


def test_two_intents_near_each_other_are_collected():
    second = 0.65 - CLOSE_WITHIN
    near = prediction("greet", 0.65, ("thanks", second + 0.01))
    apart = prediction("greet", 0.65, ("thanks", second - 0.01))
    assert reasons_to_review(near) == {Reason.CLOSE_CALL}
    assert reasons_to_review(apart) == frozenset()


def test_the_fallback_is_no_competitor_in_the_ranking():
    found = Prediction.from_parse_data(
        {
            "intent": {"name": "nlu_fallback", "confidence": 0.3},
            "intent_ranking": [
                {"name": "nlu_fallback", "confidence": 0.3},
                {"name": "greet", "confidence": 0.2},
            ],
        }
    )
    assert found.ranking == (("greet", 0.2),)


def test_only_the_last_message_is_looked_at():
    earlier, latest = said("blah", "nlu_fallback"), said("hello", "greet")
    assert to_collect([earlier, latest]) == []
    assert to_collect([latest, earlier]) == [(earlier, {Reason.REFUSED})]


def test_a_pressed_button_is_not_collected():
    assert to_collect([said("/out_of_scope", "out_of_scope")]) == []


class TestWhenTheCustomerSaysSo:
    def test_the_question_before_is_collected(self):
        question = said("where's the bloke with my kettle", "complaint")
        assert to_collect([question, WRONG]) == [(question, {Reason.CUSTOMER_SAID_SO})]

    def test_a_button_says_so_too(self):
        question = said("where's the bloke with my kettle", "complaint")
        pressed = said("/not_helpful", "not_helpful")
        assert to_collect([question, pressed]) == [(question, {Reason.CUSTOMER_SAID_SO})]

    def test_answers_to_our_questions_are_passed_over(self):
        question = said("where's the bloke with my kettle", "complaint")
        between = [said("410200341", "provide_details"), said("yes", "affirm")]
        pressed = said("/affirm", "affirm")
        assert to_collect([question, *between, pressed, WRONG, WRONG]) == [
            (question, {Reason.CUSTOMER_SAID_SO})
        ]

    def test_what_it_was_collected_for_before_is_said_again(self):
        question = said("blah", "nlu_fallback")
        assert to_collect([question, WRONG]) == [
            (question, {Reason.REFUSED, Reason.CUSTOMER_SAID_SO})
        ]

    def test_with_no_question_before_there_is_nothing_to_collect(self):
        assert to_collect([WRONG]) == []
