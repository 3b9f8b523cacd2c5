import csv
import json
from pathlib import Path

import pytest

from rasa_runtime.evaluation.console import report
from rasa_runtime.evaluation.files import last_line, write_json, write_predictions
from rasa_runtime.evaluation.page import render
from rasa_runtime.evaluation.run import Evaluation
from tests.rasa_runtime.evaluation.stand_ins import (
    ModelByTheBook,
    data,
    evaluated,
    message,
    read_by,
)

NASTY = '<script>alert("1")</script> & "more"'
DATA = data(
    message("where is it", "track_order", 2, source="a, b"),
    message(NASTY, "track_order", 3, source="<b>c</b>"),
    message("ta", "thanks", 4, source=""),
    message("rain?", "out_of_scope", 5, source=""),
    message("sunny", "<i>weather", 6, source=""),
)
OURS = ModelByTheBook(
    {
        "where is it": {"track_order": 0.9, "thanks": 0.06, "greet": 0.03, "distress": 0.01},
        NASTY: {"distress": 0.6, "track_order": 0.4},
        "ta": {"thanks": 0.8, "greet": 0.2},
        "rain?": {"nlu_fallback": 0.3, "thanks": 0.2},
    }
)


@pytest.fixture
def evaluation() -> Evaluation:
    return evaluated(OURS, DATA)


@pytest.fixture
def beside_rival() -> Evaluation:
    return evaluated(OURS, DATA, rival=read_by(ModelByTheBook({}), DATA))


def test_the_last_line_is_json_with_five_figures(evaluation: Evaluation):
    assert json.loads(last_line(evaluation)) == {
        "accuracy": 0.75,
        "macro_f1": None,
        "oos_recall": 1.0,
        "oos_false_alarm": 0.0,
        "n": 4,
    }
    assert "\n" not in last_line(evaluation)


def test_the_rival_is_in_the_last_line_only_when_it_was_asked_for(beside_rival: Evaluation):
    rival = json.loads(last_line(beside_rival))["rival"]
    assert rival == {
        "accuracy": 0.25,
        "macro_f1": None,
        "oos_recall": 1.0,
        "oos_false_alarm": 1.0,
        "n": 4,
    }


def test_predictions_keep_all_columns_as_they_were(evaluation: Evaluation, tmp_path: Path):
    write_predictions(evaluation.ours, DATA.columns, tmp_path / "predictions.csv")
    with (tmp_path / "predictions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "text",
        "intent",
        "source",
        "predicted_intent",
        "confidence",
        "ranking",
    ]
    assert rows[0]["source"] == "a, b"
    assert rows[0]["ranking"] == "track_order 0.9000; thanks 0.0600; greet 0.0300"
    assert (rows[1]["text"], rows[1]["predicted_intent"]) == (NASTY, "distress")
    assert (rows[3]["predicted_intent"], rows[3]["confidence"]) == ("nlu_fallback", "0.3000")


def test_a_column_of_the_data_is_never_written_over(tmp_path: Path):
    labelled = data(message("ta", "thanks", confidence="high"))
    run = read_by(OURS, labelled)
    write_predictions(run, labelled.columns, tmp_path / "predictions.csv")
    header, row = (tmp_path / "predictions.csv").read_text().splitlines()
    assert header == "text,intent,confidence,predicted_intent,confidence_now,ranking"
    assert row.startswith("ta,thanks,high,thanks,0.8000,")


def test_the_json_file_tells_figures_definitions_and_errors(evaluation: Evaluation, tmp_path: Path):
    write_json(evaluation, tmp_path / "evaluation.json")
    content = json.loads((tmp_path / "evaluation.json").read_text())
    assert content["headline"] == json.loads(last_line(evaluation))
    assert content["figures"]["accuracy"]["interval_95"][0] < 0.75
    assert content["data"]["sha256"] == "f" * 64
    assert content["model"] == {"file": OURS.name, "sha256": OURS.sha256}
    assert content["intents_the_assistant_does_not_have"] == {"<i>weather": 1}
    assert content["definitions"].keys() >= {"accuracy", "macro_f1", "oos_recall", "refusal"}
    (error,) = content["errors"]
    assert (error["line"], error["row"]["source"]) == (3, "<b>c</b>")
    assert content["rival"] is None


def test_whatever_comes_from_the_data_is_escaped_on_the_page(evaluation: Evaluation):
    page = render(evaluation)
    assert "&lt;script&gt;alert(&#34;1&#34;)" in page
    assert "&lt;b&gt;c&lt;/b&gt;" in page
    assert "&lt;i&gt;weather" in page
    assert not [tag for tag in ("<script", "<b>c", "<i>") if tag in page]


def test_the_page_asks_nobody_for_anything(beside_rival: Evaluation):
    page = render(beside_rival)
    assert not [mark for mark in ("http://", "https://", "src=", "url(", "@import") if mark in page]


def test_the_page_shows_both_models_beside_each_other(beside_rival: Evaluation):
    page = render(beside_rival)
    assert "+50.0 points" in page
    assert "> points" not in page  # the macro-F1, which neither model has here
    assert page.count('<table class="matrix">') == 2


@pytest.mark.parametrize("intent", ["thanks", "out_of_scope"])
def test_the_page_can_do_without_a_side_to_compare(intent: str):
    assert 'id="refusing"' not in render(evaluated(OURS, data(message("ta", intent))))


def test_the_terminal_shows_figures_confusions_and_what_was_left_out(evaluation: Evaluation):
    shown = report(evaluation)
    assert "1 x <i>weather: not an intent of the assistant, left out." in shown
    assert "Accuracy           0.7500" in shown
    assert "track_order -> distress" in shown
    assert "Refusals           1, of them nlu_fallback 1" in shown


def test_the_terminal_shows_the_difference_to_the_rival(beside_rival: Evaluation):
    line = next(line for line in report(beside_rival).splitlines() if line.startswith("accuracy"))
    assert line.split() == ["accuracy", "0.7500", "0.2500", "+0.5000"]
