"""The report that is read in a terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from rasa_runtime.evaluation.figures import ENOUGH_MESSAGES, Figures, Share
from rasa_runtime.evaluation.judgements import Confusion, Judgement, confusions
from rasa_runtime.evaluation.run import Evaluation, Run

WORST_CONFUSIONS = 12
EXAMPLES = 3
EXAMPLE_WIDTH = 96


def report(evaluation: Evaluation) -> str:
    """Return all that is said before the last line."""
    ours = evaluation.ours
    blocks = [
        _left_out(evaluation),
        _headline(ours.figures),
        _intent_table(ours.figures),
        _confusion_list(ours.judgements),
        *([_comparison(ours, evaluation.rival)] if evaluation.rival else []),
    ]
    return "\n\n".join("\n".join(block) for block in map(list, blocks) if block)


def _left_out(evaluation: Evaluation) -> Iterator[str]:
    for row in evaluation.data.skipped:
        yield f"Line {row.line} {row.reason}: skipped."
    for intent, count in evaluation.unknown.items():
        yield f"{count} x {intent}: not an intent of the assistant, left out."


def _headline(figures: Figures) -> Iterator[str]:
    yield f"Messages counted   {figures.n}"
    yield f"Accuracy           {share(figures.accuracy)}"
    yield f"  in scope         {share(figures.accuracy_in_scope)}"
    yield f"Macro-F1           {number(figures.macro_f1)}  (intents with >= {ENOUGH_MESSAGES})"
    yield f"  all intents      {number(figures.macro_f1_all)}"
    yield f"OOS recall         {share(figures.oos_recall)}"
    yield f"OOS false alarms   {share(figures.oos_false_alarm)}"
    yield f"Refusals           {figures.refusals}, of them nlu_fallback {figures.fallbacks}"
    if figures.unlabelled:
        listed = ", ".join(f"{intent} {count}" for intent, count in figures.unlabelled.items())
        yield f"Never labelled     {listed}  (all wrong)"
    yield (
        f"Milliseconds       p50 {figures.milliseconds_p50:.1f}, p95 {figures.milliseconds_p95:.1f}"
    )


def _intent_table(figures: Figures) -> Iterator[str]:
    yield f"{'intent':<26}{'precision':>10}{'recall':>10}{'F1':>10}{'n':>7}"
    for row in figures.intents:
        yield f"{row.intent:<26}{row.precision:>10.3f}{row.recall:>10.3f}{row.f1:>10.3f}{row.n:>7}"


def _confusion_list(judgements: Sequence[Judgement]) -> Iterator[str]:
    worst = confusions(judgements)[:WORST_CONFUSIONS]
    if worst:
        yield "Worst confusions (label -> taken for)"
    for confusion in worst:
        yield from _confusion(confusion)


def _confusion(confusion: Confusion) -> Iterator[str]:
    yield f"{len(confusion.judgements):>4}  {confusion.truth} -> {confusion.answer}"
    for judgement in confusion.judgements[:EXAMPLES]:
        shortened = textwrap.shorten(judgement.message.text, EXAMPLE_WIDTH, placeholder=" ...")
        yield f"      {judgement.prediction.confidence:.2f}  {shortened}"


def _comparison(ours: Run, rival: Run) -> Iterator[str]:
    yield f"{'beside Rasa default':<20}{'ours':>10}{'default':>10}{'difference':>12}"
    theirs = rival.figures.headline
    for name, value in ours.figures.headline.items():
        gap = _gap(value, theirs[name])
        yield f"{name:<20}{_cell(value):>10}{_cell(theirs[name]):>10}{gap:>12}"


def _cell(value: float | None) -> str:
    return str(value) if isinstance(value, int) else number(value)


def _gap(ours: float | None, theirs: float | None) -> str:
    if ours is None or theirs is None or isinstance(ours, int):
        return ""
    return f"{ours - theirs:+.4f}"


def number(value: float | None) -> str:
    """Return a figure with four places, or a dash where there is none."""
    return "-" if value is None else f"{value:.4f}"


def share(figure: Share) -> str:
    """Return a share with its interval and what it is a share of."""
    if figure.interval is None:
        return "-"
    low, high = figure.interval
    return f"{number(figure.value)}  ({low:.4f} to {high:.4f}; {figure.count} of {figure.total})"
