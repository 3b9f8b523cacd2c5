"""Writes what the evaluation found into files for machines: evaluation.json, predictions.csv."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa_runtime.evaluation.curves import refusal_curves
from rasa_runtime.evaluation.definitions import DEFINITIONS
from rasa_runtime.evaluation.figures import Figures, Share
from rasa_runtime.evaluation.judgements import Judgement
from rasa_runtime.evaluation.run import Evaluation, Run

TOP = 3
"""Places of the ranking that are written."""


def last_line(evaluation: Evaluation) -> str:
    """Return the five figures as one line of JSON, with the rival's if there is one."""
    figures: dict[str, Any] = dict(evaluation.ours.figures.headline)
    if evaluation.rival:
        figures["rival"] = evaluation.rival.figures.headline
    return json.dumps(figures)


def write_json(evaluation: Evaluation, path: Path) -> None:
    """Write all figures with their definitions, what they were taken from, and all errors."""
    content = json.dumps(_as_json(evaluation), ensure_ascii=False, indent=2)
    path.write_text(content + "\n", encoding="utf-8")


def write_predictions(run: Run, columns: Sequence[str], path: Path) -> None:
    """Write the columns of the data with what the model said beside them, row by row."""
    added = [_free(name, columns) for name in ("predicted_intent", "confidence", "ranking")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *added])
        writer.writerows(_row(judgement, columns) for judgement in run.judgements)


def _free(name: str, taken: Sequence[str]) -> str:
    """Return the name, changed where the data has a column of that name already."""
    return _free(f"{name}_now", taken) if name in taken else name


def _row(judgement: Judgement, columns: Sequence[str]) -> list[str]:
    prediction = judgement.prediction
    ranking = "; ".join(f"{intent} {share:.4f}" for intent, share in prediction.ranking[:TOP])
    original = [judgement.message.row[column] for column in columns]
    return [*original, prediction.intent, f"{prediction.confidence:.4f}", ranking]


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    data = evaluation.data
    return {
        "data": {"file": str(data.path), "sha256": data.sha256},
        "skipped": [asdict(row) for row in data.skipped],
        "intents_the_assistant_does_not_have": evaluation.unknown,
        "definitions": DEFINITIONS,
        **_run_as_json(evaluation.ours),
        "rival": _run_as_json(evaluation.rival) if evaluation.rival else None,
    }


def _run_as_json(run: Run) -> dict[str, Any]:
    return {
        "model": {"file": run.model, "sha256": run.sha256},
        "headline": run.figures.headline,
        "figures": _figures_as_json(run.figures),
        "refusal_curves": [asdict(curve) for curve in refusal_curves(run.judgements)],
        "errors": [_error(judgement) for judgement in run.judgements if not judgement.right],
    }


def _figures_as_json(figures: Figures) -> dict[str, Any]:
    shares = ("accuracy", "accuracy_in_scope", "oos_recall", "oos_false_alarm")
    return {**asdict(figures), **{name: _share(getattr(figures, name)) for name in shares}}


def _share(share: Share) -> dict[str, Any]:
    return {**asdict(share), "value": share.value, "interval_95": share.interval}


def _error(judgement: Judgement) -> dict[str, Any]:
    prediction = judgement.prediction
    return {
        "line": judgement.message.line,
        "row": judgement.message.row,
        "label": judgement.truth,
        "predicted_intent": prediction.intent,
        "confidence": prediction.confidence,
        "ranking": [list(place) for place in prediction.ranking[:TOP]],
    }
