"""Where the lines and bars of the page's drawings go, in units of their SVG's view box."""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_runtime.evaluation.curves import Curve, Point
from rasa_runtime.evaluation.judgements import Judgement

BINS = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing that is spanned by its axes; x runs from 0 to `x_end`."""

    left: int = 46
    top: int = 14
    width: int = 540
    height: int = 270
    x_end: float = 1.0
    x_step: float = 0.2

    def x(self, value: float) -> float:
        """Return where a value lies from left to right."""
        return round(self.left + value / self.x_end * self.width, 2)

    def y(self, value: float) -> float:
        """Return where a share from 0 to 1 lies from top to bottom."""
        return round(self.top + (1 - value) * self.height, 2)

    @property
    def x_ticks(self) -> list[float]:
        """The values that the x axis names."""
        return [round(i * self.x_step, 4) for i in range(round(self.x_end / self.x_step) + 1)]


CURVE_FRAME = Frame(x_end=0.3, x_step=0.05)
"""Nobody would accept more false alarms than this; the whole range would hide what counts."""


def curve_path(curve: Curve, frame: Frame) -> str:
    """Return the curve as an SVG path, up to the frame's right edge."""
    points = [(frame.x(p.false_alarm), frame.y(p.recall)) for p in _visible(curve, frame)]
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def _visible(curve: Curve, frame: Frame) -> list[Point]:
    """Return the points inside the frame, and where the line to the next one leaves it."""
    inside = [point for point in curve.points if point.false_alarm <= frame.x_end]
    if len(inside) == len(curve.points):
        return inside
    last, beyond = inside[-1], curve.points[len(inside)]
    part = (frame.x_end - last.false_alarm) / (beyond.false_alarm - last.false_alarm)
    edge = last.recall + part * (beyond.recall - last.recall)
    return [*inside, Point(beyond.threshold, frame.x_end, edge)]


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages whose confidence lies between two values."""

    low: float
    high: float
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Confidences of right and of wrong answers, each as shares of their own number."""

    bins: tuple[Bin, ...]
    right: int
    wrong: int

    @property
    def highest_right(self) -> float:
        """The largest share of the right answers in any bin."""
        return max(map(self.share_right, self.bins))

    @property
    def highest_wrong(self) -> float:
        """The largest share of the wrong answers in any bin."""
        return max(map(self.share_wrong, self.bins))

    def share_right(self, one: Bin) -> float:
        """Return the share of the right answers that are in a bin."""
        return one.right / self.right if self.right else 0.0

    def share_wrong(self, one: Bin) -> float:
        """Return the share of the wrong answers that are in a bin."""
        return one.wrong / self.wrong if self.wrong else 0.0


def histogram_of(judgements: Sequence[Judgement]) -> Histogram:
    """Sort the answers into bins of equal width by their confidence."""
    right, wrong = [0] * BINS, [0] * BINS
    for judgement in judgements:
        counts = right if judgement.right else wrong
        counts[min(int(judgement.prediction.confidence * BINS), BINS - 1)] += 1
    bins = tuple(Bin(i / BINS, (i + 1) / BINS, right[i], wrong[i]) for i in range(BINS))
    return Histogram(bins, sum(right), sum(wrong))
