"""Measures the trained model on labelled messages.

python -m rasa_runtime.evaluation DATA [--rival] [--out reports/evaluation]

DATA is a CSV file with the columns `text` and `intent`. The model is trained first where that is
needed. The last line of the output is JSON. The exit status is 2 when DATA cannot be evaluated.
"""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rasa_runtime.evaluation.messages import LabelledData, UnusableData, read_messages
from rasa_runtime.evaluation.rival import model_path
from rasa_runtime.quiet import configure_logging, prepare_environment
from rasa_runtime.train import MODEL
from rasa_runtime.without_tensorflow import leave_tensorflow_out

if TYPE_CHECKING:
    from rasa_runtime.evaluation.run import Evaluation

REPORTS = Path("reports/evaluation")
UNUSABLE = 2


class TrainingFailed(Exception):
    """A model could not be trained; the trainer has said why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate and report; return the exit status."""
    options = _options(arguments)
    try:
        data = read_messages(options.data)
        _train(with_rival=options.rival)
        evaluation = _evaluate(data, with_rival=options.rival)
    except UnusableData as error:
        sys.stderr.write(f"evaluate: {error}\n")
        return UNUSABLE
    except TrainingFailed:
        return 1
    _report(evaluation, options.out)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rasa_runtime.evaluation")
    parser.add_argument("data", type=Path, help="CSV file with the columns text and intent")
    parser.add_argument("--rival", action="store_true", help="measure Rasa's default pipeline too")
    parser.add_argument("--out", type=Path, default=REPORTS, help=f"folder, else {REPORTS}")
    return parser.parse_args(arguments)


def _train(*, with_rival: bool) -> None:
    """Train what is not up to date, in processes of their own, which give their memory back."""
    modules = ["rasa_runtime.train", *(["rasa_runtime.evaluation.rival"] if with_rival else [])]
    for module in modules:
        done = subprocess.run([sys.executable, "-m", module], check=False)  # noqa: S603 our own
        if done.returncode:
            raise TrainingFailed


def _evaluate(data: LabelledData, *, with_rival: bool) -> "Evaluation":
    prepare_environment()
    if not with_rival:
        leave_tensorflow_out(MODEL.parent)
    from rasa_runtime.evaluation.model import load, load_as_served
    from rasa_runtime.evaluation.run import Evaluation, known_messages, run

    configure_logging()
    ours = load_as_served(MODEL)
    messages, unknown = known_messages(data, ours.intents)
    our_run = asyncio.run(run(messages, ours))
    rival_run = asyncio.run(run(messages, load(model_path()))) if with_rival else None
    return Evaluation(data, unknown, our_run, rival_run)


def _report(evaluation: "Evaluation", folder: Path) -> None:
    from rasa_runtime.evaluation.console import report
    from rasa_runtime.evaluation.files import last_line, write_json, write_predictions
    from rasa_runtime.evaluation.page import write_page

    folder.mkdir(parents=True, exist_ok=True)
    write_json(evaluation, folder / "evaluation.json")
    write_predictions(evaluation.ours, evaluation.data.columns, folder / "predictions.csv")
    write_page(evaluation, folder / "index.html")
    sys.stdout.write(f"{report(evaluation)}\n\nThe whole report: {folder}/index.html\n")
    sys.stdout.write(f"{last_line(evaluation)}\n")


if __name__ == "__main__":
    sys.exit(main())
