"""Opening something once: for a key for ever, and for a subject while what it opened is open.

For systems in memory; a real one has its own way.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Reference = TypeVar("Reference", bound=str)


class OncePerSubject(Generic[Reference]):
    """Remembers what was opened. `is_open` tells whether that is still worked on."""

    def __init__(self, is_open: Callable[[Reference], bool]) -> None:
        self._is_open = is_open
        self._by_key: dict[str, Reference] = {}
        self._by_subject: dict[tuple[str, ...], Reference] = {}

    def reference(
        self, key: str, subject: tuple[str, ...], add: Callable[[], Reference]
    ) -> Reference:
        """Return what the key opened, or what is open of the subject, or else what `add` opens."""
        reference = self._by_key.get(key) or self._open_one(subject)
        if reference is None:
            reference = self._by_subject[subject] = add()
        self._by_key[key] = reference
        return reference

    def _open_one(self, subject: tuple[str, ...]) -> Reference | None:
        reference = self._by_subject.get(subject)
        return reference if reference and self._is_open(reference) else None
