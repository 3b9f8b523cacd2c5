"""The project's Rasa files, read as plain YAML: what Rasa merges silently is seen here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


def domain() -> dict[str, Any]:
    """Return domain.yml."""
    return dict(yaml.safe_load((ROOT / "domain.yml").read_text()))


def responses() -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Yield file name, key and variants of every response, repeated keys too."""
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        for key, variants in _pairs(path, "responses"):
            yield path.stem, key, variants


def rules() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield file name and rule."""
    for path in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in yaml.safe_load(path.read_text())["rules"]:
            yield path.stem, rule


def training_lines() -> Iterator[tuple[str, str, str]]:
    """Yield file name, intent and line."""
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            if "intent" in block:
                for line in block["examples"].splitlines():
                    yield path.stem, block["intent"], line.removeprefix("- ").strip()


def _pairs(path: Path, section: str) -> list[tuple[str, Any]]:
    """Return a mapping's pairs with repeats, which a plain YAML load would drop."""
    root = yaml.compose(path.read_text())
    assert isinstance(root, yaml.MappingNode)
    for key, value in root.value:
        if key.value == section:
            constructor = yaml.SafeLoader("")
            return [
                (name.value, constructor.construct_object(node, deep=True))
                for name, node in value.value
            ]
    return []
