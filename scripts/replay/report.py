"""What a replay shows: a summary for the terminal and a page with every turn that has changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from scripts.replay.differences import Change, Replayed, ReplayedTurn
from scripts.replay.stored import Answered

_STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #8886;border-radius:.75rem;padding:1rem;margin:1rem 0}
table{width:100%;border-collapse:collapse;table-layout:fixed}
td,th{vertical-align:top;text-align:left;padding:.5rem;border-top:1px solid #8884;
overflow-wrap:anywhere;white-space:pre-line}
code{font-size:.85em}.gone{color:light-dark(#b00020,#ff8a95)}.new{color:light-dark(#0a6b2d,#6fd98c)}
.same{opacity:.65}
"""


def summary(replayed: Sequence[Replayed]) -> str:
    """Return the counts, and per kind of change one line."""
    turns = Counter(turn.change for one in replayed for turn in one.turns)
    changed = sum(one.has_changed for one in replayed)
    lines = [f"{len(replayed)} conversations replayed, {changed} of them go otherwise today."]
    lines += [f"  {turns[change]:5} turns {change}" for change in Change]
    lines += [f"  not held: {one.failure}" for one in replayed if one.failure]
    return "\n".join(lines)


def write_page(replayed: Sequence[Replayed], folder: Path) -> Path:
    """Write `index.html` with what has changed first; return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "index.html"
    page.write_text("".join(_page(replayed)), encoding="utf-8")
    return page


def _page(replayed: Sequence[Replayed]) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width"><title>Replay</title>'
    yield f"<style>{_STYLE}</style><main><h1>Replay</h1><pre>{escape(summary(replayed))}</pre>"
    for one in sorted(replayed, key=lambda one: not one.has_changed):
        yield from _conversation(one)
    yield "</main></html>"


def _conversation(one: Replayed) -> Iterator[str]:
    stored = one.conversation
    yield f"<article><h2>{escape(stored.conversation_id)}</h2><p>{escape(stored.channel)}"
    yield f", {'goes otherwise today' if one.has_changed else 'the same'}</p>"
    if one.failure:
        yield f"<p class=gone>{escape(one.failure)}</p>"
    yield "<table><tr><th>Customer<th>Then<th>Today"
    for turn in one.turns:
        yield from _turn(turn)
    yield "</table></article>"


def _turn(turn: ReplayedTurn) -> Iterator[str]:
    css = ' class="same"' if turn.change is Change.SAME else ""
    yield f"<tr{css}><td>{escape(turn.then.text)}<td>{_intent(turn.then.answered)}"
    yield from _keys(turn.then.answered.said, turn.no_longer_said, "gone")
    yield f"<td>{_intent(turn.now.answered)}"
    yield from _keys(turn.now.answered.said, turn.newly_said, "new")
    yield f"\n{escape(turn.now.text)}"


def _intent(answered: Answered) -> str:
    return f"<code>{escape(answered.intent or '?')}</code>"


def _keys(said: Sequence[str], marked: Sequence[str], css: str) -> Iterator[str]:
    for response in dict.fromkeys(said):
        mark = f' class="{css}"' if response in marked else ""
        yield f"\n<code{mark}>{escape(response)}</code>"
