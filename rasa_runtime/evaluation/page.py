"""The report that is read in a browser: one file, which asks nobody for anything."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from rasa_runtime.evaluation.charts import CURVE_FRAME, Frame, curve_path, histogram_of
from rasa_runtime.evaluation.curves import BUDGETS, refusal_curves
from rasa_runtime.evaluation.definitions import DEFINITIONS
from rasa_runtime.evaluation.figures import ENOUGH_MESSAGES
from rasa_runtime.evaluation.judgements import confusions
from rasa_runtime.evaluation.matrix import matrix_of
from rasa_runtime.evaluation.messages import REQUIRED_COLUMNS
from rasa_runtime.evaluation.run import Evaluation, Run


def write_page(evaluation: Evaluation, path: Path) -> None:
    """Write the page."""
    path.write_text(render(evaluation), encoding="utf-8")


def render(evaluation: Evaluation) -> str:
    """Return the page; whatever comes from the data is escaped."""
    environment = Environment(
        loader=PackageLoader("rasa_runtime.evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, points=points)
    return environment.get_template("page.html.jinja").render(
        evaluation=evaluation,
        ours=_drawn(evaluation.ours),
        rival=_drawn(evaluation.rival) if evaluation.rival else None,
        their_f1=_f1_by_intent(evaluation.rival),
        carried=[column for column in evaluation.data.columns if column not in REQUIRED_COLUMNS],
        definitions=DEFINITIONS,
        enough=ENOUGH_MESSAGES,
        budgets=BUDGETS,
        frame=CURVE_FRAME,
        bar_frame=Frame(height=200),
        curve_path=curve_path,
    )


def _drawn(run: Run) -> dict[str, Any]:
    """Return a run with what is drawn of it."""
    return {
        "run": run,
        "figures": run.figures,
        "curves": refusal_curves(run.judgements),
        "histogram": histogram_of(run.judgements),
        "matrix": matrix_of(run.judgements),
        "confusions": confusions(run.judgements),
    }


def _f1_by_intent(run: Run | None) -> dict[str, float]:
    return {row.intent: row.f1 for row in run.figures.intents} if run else {}


def percent(share: float | None, places: int = 1) -> str:
    """Return a share as a percentage, or a dash where there is none."""
    return "–" if share is None else f"{share:.{places}%}"  # noqa: RUF001 an en dash is meant


def points(ours: float | None, theirs: float | None) -> str:
    """Return by how many percentage points ours lies above theirs."""
    if ours is None or theirs is None:
        return ""
    return f"{(ours - theirs) * 100:+.1f}".replace("-", "\N{MINUS SIGN}")
