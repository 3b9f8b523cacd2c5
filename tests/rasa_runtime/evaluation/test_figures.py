import pytest

from rasa_runtime.evaluation.figures import Share, figures_of
from rasa_runtime.evaluation.judgements import confusions
from tests.rasa_runtime.evaluation.stand_ins import judged


def test_figures_are_those_that_are_worked_out_by_hand():
    figures = figures_of(
        [
            *[judged("track_order", "track_order")] * 24,
            *[judged("track_order", "thanks")] * 6,
            *[judged("track_order", "nlu_fallback")] * 2,
            *[judged("thanks", "thanks")] * 3,
            *[judged("out_of_scope", "out_of_scope")] * 20,
            *[judged("out_of_scope", "nlu_fallback")] * 7,
            *[judged("out_of_scope", "track_order")] * 3,
        ]
    )
    assert figures.n == 65
    assert figures.accuracy == Share(54, 65)
    assert figures.accuracy_in_scope == Share(27, 35)
    assert figures.oos_recall == Share(27, 30)
    assert figures.oos_false_alarm == Share(2, 35)
    assert (figures.refusals, figures.fallbacks) == (29, 9)
    track_order, out_of_scope, thanks = figures.intents
    assert (track_order.precision, track_order.recall) == (24 / 27, 24 / 32)
    assert (out_of_scope.precision, out_of_scope.recall) == (27 / 29, 27 / 30)
    assert (thanks.precision, thanks.recall) == (3 / 9, 1.0)
    f1 = [48 / 59, 54 / 59, 6 / 12]
    assert figures.macro_f1 == pytest.approx(sum(f1[:2]) / 2)
    assert figures.macro_f1_all == pytest.approx(sum(f1) / 3)
    assert figures.headline == {
        "accuracy": 0.8308,
        "macro_f1": 0.8644,
        "oos_recall": 0.9,
        "oos_false_alarm": 0.0571,
        "n": 65,
    }


@pytest.mark.parametrize("refusal", ["out_of_scope", "nlu_fallback"])
def test_either_refusal_is_right_out_of_scope_and_wrong_elsewhere(refusal: str):
    assert judged("out_of_scope", refusal).right
    assert judged("nlu_fallback", refusal).right
    assert not judged("thanks", refusal).right


def test_an_intent_that_no_label_uses_is_wrong_and_listed():
    figures = figures_of([judged("thanks", "thanks"), judged("thanks", "distress")])
    assert figures.accuracy == Share(1, 2)
    assert figures.unlabelled == {"distress": 1}
    assert [row.intent for row in figures.intents] == ["thanks"]


def test_a_refusal_where_nothing_is_out_of_scope_is_listed_too():
    figures = figures_of([judged("thanks", "nlu_fallback")])
    assert figures.unlabelled == {"out_of_scope": 1}


def test_figures_without_anything_to_take_them_from_are_null():
    in_scope = figures_of([judged("thanks", "thanks")])
    assert in_scope.headline["oos_recall"] is None
    assert in_scope.headline["macro_f1"] is None
    assert figures_of([judged("out_of_scope", "thanks")]).headline["oos_false_alarm"] is None


def test_an_intent_counts_in_the_macro_f1_from_thirty_messages():
    assert figures_of([judged("thanks", "thanks")] * 29).macro_f1 is None
    assert figures_of([judged("thanks", "thanks")] * 30).macro_f1 == 1.0


def test_intervals_are_wilsons():
    low, high = Share(8, 10).interval or (0.0, 0.0)
    assert (low, high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
    assert Share(0, 0).interval is None


def test_confusions_come_most_frequent_first_and_their_surest_mistakes_lead():
    found = confusions(
        [
            judged("greet", "thanks", thanks=0.9),
            judged("thanks", "greet", greet=0.4),
            judged("thanks", "greet", greet=0.8),
            judged("thanks", "thanks"),
        ]
    )
    assert [(c.truth, c.answer) for c in found] == [("thanks", "greet"), ("greet", "thanks")]
    assert [j.prediction.confidence for j in found[0].judgements] == [0.8, 0.4]
