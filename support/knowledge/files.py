"""Reads what staff write: lists in YAML. A mistake is told with its file, entry and place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

SHIPPED: Final = Path(__file__).parent
DISRUPTIONS: Final = "disruptions.yml"
_SUFFIXES: Final = {".yml", ".yaml"}
_T = TypeVar("_T")


class KnowledgeInvalid(Exception):
    """The files cannot be used; the message, one line, names file, entry and what is wrong."""


def files_in(folder: Path) -> Sequence[Path]:
    """Return a folder's YAML files by name; raises KnowledgeInvalid where there is no folder."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
    except OSError as error:
        raise KnowledgeInvalid(f"{folder} cannot be read: {error.strerror}.") from error


def read_list(path: Path, kind: TypeAdapter[tuple[_T, ...]], *, named_by: str) -> tuple[_T, ...]:
    """Return the entries of a file; `named_by` is the word by which an entry is named.

    Raises KnowledgeInvalid.
    """
    try:
        written = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise KnowledgeInvalid(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise KnowledgeInvalid(f"{path} cannot be read: {_one_line(error)}.") from error
    if not isinstance(written, list):
        raise KnowledgeInvalid(f"{path} has to be a list; for an empty one write [].")
    try:
        return kind.validate_python(tuple(written))
    except ValidationError as error:
        raise KnowledgeInvalid(f"{path}: {_first_problem(error, written, named_by)}") from error


class _Loader(yaml.SafeLoader):
    """Refuses a word that stands twice, of which YAML would silently take the last."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - the library's signature
    ) -> dict[Any, Any]:
        words = [self.construct_object(key) for key, _ in node.value]
        twice = next((word for word in words if words.count(word) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                None, None, f"{twice} stands twice in one entry", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


def _first_problem(error: ValidationError, written: list[Any], named_by: str) -> str:
    problem = error.errors(include_url=False, include_context=False)[0]
    number, *inside = problem["loc"]
    entry = written[int(number)]
    name = entry.get(named_by) if isinstance(entry, dict) else None
    place = ".".join(str(part) for part in inside)
    what = problem["msg"].removeprefix("Value error, ").removesuffix(".")
    return f"{name or f'entry {int(number) + 1}'}{f', {place}' if place else ''}: {what}."


def _one_line(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        return f"{error.problem}, in line {error.problem_mark.line + 1}"
    return " ".join(str(error).split())
