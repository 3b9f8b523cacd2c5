"""Markup for the pages made here. What is not markup already is escaped, whoever wrote it."""

from html import escape
from typing import Final

DOCTYPE: Final = "<!doctype html>\n"
_WITHOUT_END: Final = frozenset({"meta", "link", "input"})


class Html(str):
    """Text that is markup already. Only `element` and `joined` make it."""

    __slots__ = ()


def element(name: str, /, *inside: str, **attributes: str) -> Html:
    """Return an element. `class_` is written for class, `data_label` for data-label."""
    written = "".join(
        f' {_attribute(key)}="{escape(value, quote=True)}"' for key, value in attributes.items()
    )
    if name in _WITHOUT_END:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{joined(*inside)}</{name}>")


def joined(*parts: str) -> Html:
    """Return several parts one after the other."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
