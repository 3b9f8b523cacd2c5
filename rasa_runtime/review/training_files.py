"""Adds lines to data/nlu/<topic>.yml without touching anything else in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from rasa_runtime.review.grouping import wording

Mask = Callable[[str], str]
ChooseBlock = Callable[[str, "list[Block]"], "Block"]

_ANNOTATION: Final = str.maketrans("[]{}", "()()")
"""What Rasa reads as marks of entities would be gone from the text."""


class UnreadableTrainingData(Exception):
    """A training file has a shape that lines cannot be added to; the message says which."""


@dataclass(frozen=True, slots=True)
class Block:
    """One `- intent:` entry: its examples, and where the last one stands in the file."""

    path: Path
    intent: str
    lines: tuple[str, ...]
    last_line: int
    """Counted from 0."""
    indent: str


@dataclass(frozen=True, slots=True)
class Added:
    """A line that was added."""

    path: Path
    intent: str


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """A line that was not added, because the intent `intent` has it in `path`."""

    path: Path
    intent: str


class TrainingFiles:
    """The NLU data of a folder.

    Two lines are the same if they differ in case, end marks and identifiers only: the model sees
    no difference either. `choose` picks the block where an intent has several.
    """

    def __init__(self, folder: Path, *, mask: Mask, choose: ChooseBlock) -> None:
        self._mask = mask
        self._choose = choose
        self._blocks: dict[str, list[Block]] = {}
        self._places: dict[str, AlreadyThere] = {}
        for path in sorted(folder.glob("*.yml")):
            for block in _blocks_of(path):
                self._know(block)

    @property
    def intents(self) -> list[str]:
        """The intents that lines can be added to."""
        return sorted(self._blocks)

    def add(self, intent: str, text: str) -> Added | AlreadyThere:
        """Write a line under its intent at once, unless it is somewhere already.

        Raises KeyError for an intent without lines, UnreadableTrainingData if the file changed
        into something else meanwhile.
        """
        line = example(text)
        known = self._places.get(self._identity(line))
        if known is not None:
            return known
        blocks = self._blocks[intent]
        block = blocks[0] if len(blocks) == 1 else self._choose(line, blocks)
        _insert(block, line)
        self._read_again(block.path)
        return Added(block.path, intent)

    def _read_again(self, path: Path) -> None:
        for blocks in self._blocks.values():
            blocks[:] = [block for block in blocks if block.path != path]
        for block in _blocks_of(path):
            self._know(block)

    def _know(self, block: Block) -> None:
        self._blocks.setdefault(block.intent, []).append(block)
        place = AlreadyThere(block.path, block.intent)
        for line in block.lines:
            self._places.setdefault(self._identity(line), place)

    def _identity(self, line: str) -> str:
        holds_identifiers = any(c.isdigit() or c == "@" for c in line)  # masking costs time
        return wording(self._mask(line) if holds_identifiers else line)


def example(text: str) -> str:
    """Return a text as a training example: one line, without marks that Rasa would interpret."""
    return " ".join(text.translate(_ANNOTATION).split()).lstrip("-/ ")


def _blocks_of(path: Path) -> list[Block]:
    return list(_blocks(path, path.read_text(encoding="utf-8")))


def _blocks(path: Path, text: str) -> Iterator[Block]:
    rows = text.split("\n")
    for entry in _entries(text):
        fields = {key.value: value for key, value in entry.value}
        if "intent" in fields and "examples" in fields:
            yield _block(path, fields["intent"].value, fields["examples"], rows)


def _entries(text: str) -> list[Any]:
    """Return the nodes below `nlu:`, which know where in the text they stand."""
    root = YAML().compose(StringIO(text))
    return [entry for key, value in root.value if key.value == "nlu" for entry in value.value]


def _block(path: Path, intent: str, examples: Any, rows: list[str]) -> Block:
    """Return a block from the node of its examples, whose `|` ends the row before the first."""
    lines = examples.value.rstrip("\n").split("\n")
    first = examples.start_mark.line + 1
    indent = rows[first][: len(rows[first]) - len(rows[first].lstrip())]
    if rows[first : first + len(lines)] != [indent + line if line else "" for line in lines]:
        raise UnreadableTrainingData(f"The examples of {intent} in {path} are no plain list.")
    texts = tuple(line.removeprefix("- ").strip() for line in lines)
    return Block(path, intent, texts, first + len(lines) - 1, indent)


def _insert(block: Block, line: str) -> None:
    before = block.path.read_text(encoding="utf-8")
    rows = before.split("\n")
    rows.insert(block.last_line + 1, f"{block.indent}- {line}")
    text = "\n".join(rows) if before.endswith("\n") else "\n".join([*rows, ""])
    _require_only_addition(block, line, text)
    replacement = block.path.with_suffix(".yml.new")
    replacement.write_text(text, encoding="utf-8")
    replacement.replace(block.path)


def _require_only_addition(block: Block, line: str, text: str) -> None:
    """Raise UnreadableTrainingData unless the new text has this line more, where it belongs."""
    expected = [
        (known.intent, (*known.lines, line) if known == block else known.lines)
        for known in _blocks_of(block.path)
    ]
    found = [(written.intent, written.lines) for written in _blocks(block.path, text)]
    if found != expected:
        raise UnreadableTrainingData(f"{block.path} changed meanwhile; nothing was added to it.")
