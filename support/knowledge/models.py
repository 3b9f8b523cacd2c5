"""The shape of an entry, as it is written in the YAML files beside this one."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from support.facts import Evidence
from support.knowledge.keys import KnowledgeKey

_OF_READERS: Final = ZoneInfo("Australia/Melbourne")
_NOON: Final = 12
_HOURS: Final = {"hours": 1, "days": 24}


class Unit(StrEnum):
    """What a span is counted in. Business days leave out weekends and public holidays."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"


class Record(BaseModel):
    """Something written by hand: a word that is not known is a mistake, not left over."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Read(Record):
    """Something read somewhere. `source` is a name customers know; `where` finds it again."""

    source: str = Field(min_length=3)
    where: str = Field(min_length=3)
    read_on: date

    @property
    def evidence(self) -> Evidence:
        """Who said it, and when it was read."""
        return Evidence(self.source, datetime.combine(self.read_on, time(), _OF_READERS))


class Span(Record):
    """A time from `least` to `most`, both included."""

    kind: Literal["span"] = "span"
    least: int = Field(ge=0)
    most: int = Field(ge=0)
    unit: Unit

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.most:
            raise ValueError("`least` is more than `most`.")
        return self

    @property
    def spoken(self) -> str:
        """The span as it is said: `3 to 5 business days`."""
        unit = self.unit.value.replace("_", " ")
        most = f"{self.most} {unit.removesuffix('s') if self.most == 1 else unit}"
        if self.least == self.most:
            return most
        return f"{self.least} to {most}" if self.least else f"up to {most}"

    @property
    def longest(self) -> timedelta | None:
        """The longest it takes by the clock; None for business days: they need a calendar."""
        hours = _HOURS.get(self.unit)
        return timedelta(hours=self.most * hours) if hours else None


def _clock(given: object) -> object:
    # YAML 1.1 reads 12:00 without quotes as the number 720.
    if isinstance(given, int):
        raise ValueError('Write times in quotes: "12:00".')  # noqa: TRY004 - pydantic's own
    return given


class ClockTime(Record):
    """A time of day, where the store or the customer is."""

    kind: Literal["time"] = "time"
    at: Annotated[time, BeforeValidator(_clock)]

    @property
    def spoken(self) -> str:
        """The time as it is said: `4:00 pm`."""
        return f"{self.at:%I:%M}".lstrip("0") + (" am" if self.at.hour < _NOON else " pm")


class Rule(Record):
    """Whether something is allowed, offered or done."""

    kind: Literal["rule"] = "rule"
    holds: bool

    @property
    def spoken(self) -> str:
        """Yes or no."""
        return "yes" if self.holds else "no"


class Words(Record):
    """Something published in words: a page, a phone number, opening hours."""

    kind: Literal["words"] = "words"
    text: str = Field(min_length=1)

    @property
    def spoken(self) -> str:
        """The words."""
        return self.text


Value = Annotated[Span | ClockTime | Rule | Words, Field(discriminator="kind")]


class Claim(Read):
    """One source's word. `value` is given where it says something else than the entry."""

    value: Value | None = None
    note: str | None = None


class Entry(Record):
    """One thing that was published, or was looked for and not found.

    `about` says what it is, for staff. `value` is what the assistant goes by: of several claims the
    most careful one. Without a value nothing is stated. `confirmed`: by Kmart, to us.
    """

    key: KnowledgeKey
    about: str = Field(min_length=10)
    value: Value | None
    confirmed: bool
    claims: tuple[Claim, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.value is None:
            return self._without_value()
        if not self.claims:
            raise ValueError("There is a value and no source.")
        if self.basis is None:
            raise ValueError("No source says what `value` says.")
        return self

    def _without_value(self) -> Self:
        if self.confirmed:
            raise ValueError("It is confirmed but has no value.")
        if any(claim.value is None for claim in self.claims):
            raise ValueError("Without a value of its own, each claim has to say what it claims.")
        return self

    @property
    def basis(self) -> Claim | None:
        """The newest claim that says what the entry says."""
        same = [one for one in self.claims if one.value is None or one.value == self.value]
        return max(same, key=lambda one: one.read_on, default=None)

    @property
    def disputed(self) -> bool:
        """Whether another source says something else."""
        return any(one.value not in (None, self.value) for one in self.claims)
