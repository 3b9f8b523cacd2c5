import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_runtime.evaluation.charts import CURVE_FRAME, curve_path, histogram_of
from rasa_runtime.evaluation.curves import in_scope_doubt, refusal_curves
from rasa_runtime.evaluation.matrix import matrix_of
from tests.rasa_runtime.evaluation.stand_ins import judged

share = st.floats(0, 1)
JUDGEMENTS = [
    judged("out_of_scope", "out_of_scope", out_of_scope=0.9, thanks=0.1),
    judged("out_of_scope", "thanks", thanks=0.6, out_of_scope=0.4),
    judged("thanks", "out_of_scope", out_of_scope=0.5, thanks=0.4),
    judged("thanks", "thanks", thanks=0.99, out_of_scope=0.01),
]


@given(
    out_of_scope=st.lists(share, min_size=1, max_size=30),
    in_scope=st.lists(share, min_size=1, max_size=30),
)
def test_refusing_more_never_lowers_recall_or_false_alarms(
    out_of_scope: list[float], in_scope: list[float]
):
    judgements = [
        *[judged("out_of_scope", "thanks", thanks=1 - s, out_of_scope=s) for s in out_of_scope],
        *[judged("thanks", "thanks", thanks=1 - s, out_of_scope=s) for s in in_scope],
    ]
    for curve in refusal_curves(judgements):
        recalls = [point.recall for point in curve.points]
        false_alarms = [point.false_alarm for point in curve.points]
        assert recalls == sorted(recalls)
        assert false_alarms == sorted(false_alarms)
        assert (recalls[0], false_alarms[0]) == (0, 0)
        assert (recalls[-1], false_alarms[-1]) == (1, 1)
        assert curve_path(curve, CURVE_FRAME).startswith("M46.0 284.0")


def test_a_threshold_between_two_messages_separates_them():
    curve, _ = refusal_curves(JUDGEMENTS)
    assert curve.best_within(0.1).recall == 0.5
    assert curve.best_within(0.1).threshold == pytest.approx(0.9)
    assert curve.best_within(0.5).recall == 1.0
    assert curve.best_within(0.5).threshold == pytest.approx(0.4)


def test_doubt_looks_past_both_refusals():
    ranking = {"nlu_fallback": 0.3, "out_of_scope": 0.28, "thanks": 0.25}
    assert in_scope_doubt(judged("thanks", "nlu_fallback", **ranking).prediction) == 0.75
    assert in_scope_doubt(judged("thanks", "nlu_fallback").prediction) == 1.0


@pytest.mark.parametrize("label", ["thanks", "out_of_scope"])
def test_there_is_no_curve_where_nothing_is_to_be_told_apart(label: str):
    assert refusal_curves([judged(label, "thanks")]) == ()


def test_the_histogram_holds_each_answer_once():
    histogram = histogram_of([*JUDGEMENTS, judged("thanks", "thanks")])
    assert sum(bin_.right for bin_ in histogram.bins) == histogram.right == 3
    assert sum(bin_.wrong for bin_ in histogram.bins) == histogram.wrong == 2
    assert histogram.bins[-1].right == 2  # 0.99 and 1.0


def test_a_row_of_the_matrix_adds_up_to_its_label():
    matrix = matrix_of([*JUDGEMENTS, judged("thanks", "distress")])
    assert matrix.answers == ("thanks", "out_of_scope", "distress")
    assert [[cell.count for cell in row] for row in matrix.rows] == [[1, 1, 1], [1, 1, 0]]
    assert sum(cell.share for cell in matrix.rows[0]) == pytest.approx(1)
