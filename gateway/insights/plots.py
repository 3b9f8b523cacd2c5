"""Plots as inline SVG: no scripts, nothing from elsewhere, colours from the style sheet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from gateway.html import Html, element

WIDTH: Final = 640
HEIGHT: Final = 150
_GAP: Final = 2
_LABEL_HEIGHT: Final = 18
_BAR_WIDTH: Final = 240
_BAR_HEIGHT: Final = 14


def columns(counts: Mapping[date, int], *, label: str) -> Html:
    """Return one column per day; `label` says what is counted."""
    most = max(counts.values(), default=0)
    step = WIDTH / max(1, len(counts))
    drawn = [
        element(
            "rect",
            element("title", f"{_day(day)}: {count}"),
            x=_number(number * step + _GAP / 2),
            y=_number(HEIGHT - _scaled(count, most, HEIGHT)),
            width=_number(max(1.0, step - _GAP)),
            height=_number(_scaled(count, most, HEIGHT)),
            class_="bar",
        )
        for number, (day, count) in enumerate(counts.items())
    ]
    return element(
        "svg",
        *drawn,
        _line(HEIGHT),
        *_ends(list(counts)),
        viewBox=f"0 0 {WIDTH} {HEIGHT + _LABEL_HEIGHT}",
        role="img",
        aria_label=_spoken(counts, label),
        class_="columns",
    )


def bar(parts: Sequence[tuple[int, int]], *, most: int) -> Html:
    """Return a horizontal bar of parts, each a colour's number and a count.

    The numbers stand beside it in words, so that it is hidden from those who listen.
    """
    drawn: list[Html] = []
    at = 0.0
    for colour, count in parts:
        width = _scaled(count, most, _BAR_WIDTH)
        drawn.append(
            element(
                "rect",
                x=_number(at),
                y="0",
                width=_number(width),
                height=str(_BAR_HEIGHT),
                class_=f"part-{colour}",
            )
        )
        at += width
    return element(
        "svg",
        *drawn,
        viewBox=f"0 0 {_BAR_WIDTH} {_BAR_HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
        class_="row-bar",
    )


def _spoken(counts: Mapping[date, int], label: str) -> str:
    if not any(counts.values()):
        return f"{label}: none."
    busiest = max(counts, key=lambda day: counts[day])
    total = sum(counts.values())
    return f"{label}: {total} in all, the most on {_day(busiest)}: {counts[busiest]}."


def _ends(days: Sequence[date]) -> list[Html]:
    y = str(HEIGHT + _LABEL_HEIGHT - 4)
    first = element("text", _day(days[0]), x="0", y=y, class_="axis")
    if len(days) == 1:
        return [first]
    last = element("text", _day(days[-1]), x=str(WIDTH), y=y, text_anchor="end", class_="axis")
    return [first, last]


def _line(y: int) -> Html:
    return element("line", x1="0", x2=str(WIDTH), y1=str(y), y2=str(y), class_="base")


def _scaled(count: int, most: int, length: int) -> float:
    return length * count / most if most else 0.0


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
