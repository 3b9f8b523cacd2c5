"""Known disruptions, which staff announce while everything runs: read anew when a file changes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, Self

import structlog
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    model_validator,
)

from support.ids import CarrierId
from support.knowledge.files import DISRUPTIONS, SHIPPED, KnowledgeInvalid, files_in, read_list
from support.knowledge.models import Read, Record, Span
from support.places.states import State
from support.systems.carriers.registry import normalised_carrier
from support.times import utc_now

LOOK_EVERY: Final = timedelta(seconds=30)
_POSTCODES: Final = re.compile(r"([0-9]{4})(?:\s*[-\u2013]\s*([0-9]{4}))?")
_SENTENCE: Final = re.compile(r"[A-Z0-9].*[.!?]", re.DOTALL)

log = structlog.get_logger("knowledge")


class PostcodeRange(Record):
    """Postcodes from the first to the last, both included."""

    first: str
    last: str

    def holds(self, postcode: str) -> bool:
        """Say whether a postcode is one of them."""
        return self.first <= postcode <= self.last


def _range(written: object) -> object:
    # YAML reads a postcode such as 0770 without quotes as another number.
    if not isinstance(written, str):
        raise ValueError('Write postcodes in quotes: "4870" or "4870-4895".')  # noqa: TRY004
    found = _POSTCODES.fullmatch(written.strip())
    if found is None or found[1] > (found[2] or found[1]):
        raise ValueError(f'{written} is no postcode and no range such as "4870-4895".')
    return {"first": found[1], "last": found[2] or found[1]}


def _sentence(text: str) -> str:
    if not _SENTENCE.fullmatch(text):
        raise ValueError("Customers read this: write a whole sentence, with a full stop.")
    return text


class Disruption(Read):
    """What holds deliveries up, where and until when.

    `about` is a sentence for customers. Without carriers, states or postcodes it is about all of
    them; where states and postcodes are given, a place has to be in both.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(min_length=3)
    about: Annotated[str, Field(min_length=10, max_length=200), AfterValidator(_sentence)]
    carriers: tuple[Annotated[CarrierId, AfterValidator(normalised_carrier)], ...] = ()
    states: tuple[State, ...] = ()
    postcodes: tuple[Annotated[PostcodeRange, BeforeValidator(_range)], ...] = ()
    from_: date = Field(alias="from")
    until: date | None = None
    expected_delay: Span | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.from_:
            raise ValueError("`until` is before `from`.")
        return self


_LIST: Final = TypeAdapter(tuple[Disruption, ...])


@dataclass(frozen=True, slots=True)
class _Version:
    """A file as it was found: when it was changed last, and how long it is."""

    path: Path
    changed: int
    size: int


class Disruptions:
    """The disruptions that are written down now, over or not.

    The shipped file comes first; one in another folder adds to it, or replaces what has the same
    id. An edit with a mistake is logged once, and what was read before stays.
    """

    def __init__(self, *folders: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._folders = (SHIPPED, *folders)
        self._now = now
        self._looked_at = now()
        self._versions = self._versions_now()
        self._known = _read(self._versions)
        self._told_problem = ""

    def all(self) -> tuple[Disruption, ...]:
        """Return all of them; the files are looked at again after half a minute."""
        now = self._now()
        if now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            self._look_again()
        return self._known

    def _look_again(self) -> None:
        try:
            versions = self._versions_now()
            if versions == self._versions:
                return
            self._versions = versions
            self._known = _read(versions)
        except KnowledgeInvalid as problem:
            self._tell_once(str(problem))
        else:
            log.info("knowledge.disruptions_read", count=len(self._known))

    def _tell_once(self, problem: str) -> None:
        if problem != self._told_problem:
            log.warning("knowledge.disruptions_invalid", problem=problem)
        self._told_problem = problem

    def _versions_now(self) -> tuple[_Version, ...]:
        return tuple(
            _version(path)
            for folder in self._folders
            for path in files_in(folder)
            if path.name == DISRUPTIONS
        )


def _version(path: Path) -> _Version:
    try:
        found = path.stat()
    except OSError as error:
        raise KnowledgeInvalid(f"{path} cannot be read: {error.strerror}.") from error
    return _Version(path, found.st_mtime_ns, found.st_size)


def _read(versions: Iterable[_Version]) -> tuple[Disruption, ...]:
    known: dict[str, Disruption] = {}
    for version in versions:
        known |= _of_file(version.path)
    return tuple(known.values())


def _of_file(path: Path) -> dict[str, Disruption]:
    found: dict[str, Disruption] = {}
    for one in read_list(path, _LIST, named_by="id"):
        if one.id in found:
            raise KnowledgeInvalid(f"{path}: {one.id} stands there twice.")
        found[one.id] = one
    return found
