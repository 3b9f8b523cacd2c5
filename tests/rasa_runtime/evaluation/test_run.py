import asyncio

import pytest

from rasa_runtime.evaluation.messages import UnusableData
from rasa_runtime.evaluation.predictions import predict, time_percentiles
from rasa_runtime.evaluation.run import known_messages
from tests.rasa_runtime.evaluation.stand_ins import (
    INTENTS,
    ModelByTheBook,
    data,
    judged,
    message,
    read_by,
)


def test_intents_that_the_assistant_does_not_have_are_counted_and_left_out():
    labelled = data(message("a", "weather"), message("b", "thanks"), message("c", "weather"))
    known, unknown = known_messages(labelled, INTENTS)
    assert [one.text for one in known] == ["b"]
    assert unknown == {"weather": 2}


def test_out_of_scope_counts_even_where_the_domain_does_not_name_it():
    known, unknown = known_messages(data(message("a", "out_of_scope")), frozenset({"thanks"}))
    assert len(known) == 1
    assert not unknown


def test_data_without_any_intent_of_the_assistant_is_refused():
    with pytest.raises(UnusableData, match="no intent of the assistant, only: weather"):
        known_messages(data(message("a", "weather")), INTENTS)


def test_a_leading_slash_never_reaches_the_model():
    model = ModelByTheBook({"thanks": {"thanks": 0.9}})
    (prediction,) = asyncio.run(predict(["/thanks"], model))
    assert prediction.intent == "thanks"
    assert "/thanks" not in model.asked


def test_slashes_alone_are_not_understood_as_in_a_live_turn():
    (prediction,) = asyncio.run(predict(["//"], ModelByTheBook({})))
    assert (prediction.intent, prediction.confidence) == ("nlu_fallback", 1.0)


def test_an_intent_below_the_ranking_has_no_confidence():
    prediction = judged("thanks", "thanks", thanks=0.9, greet=0.1).prediction
    assert prediction.confidence_in("greet") == 0.1
    assert prediction.confidence_in("out_of_scope") == 0.0


def test_times_are_given_for_one_message_and_for_many():
    run = read_by(ModelByTheBook({}), data(message("a", "thanks")))
    assert run.figures.milliseconds_p50 == run.figures.milliseconds_p95
    assert time_percentiles([judged("thanks", "thanks").prediction] * 9) == (5.0, 5.0)
