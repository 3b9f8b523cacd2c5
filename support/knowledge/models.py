"""The shape of an entry, as it is written in the YAML files beside this one."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from support.knowledge.keys import KnowledgeKey


class Unit(StrEnum):
    """What a span is counted in. Business days leave out weekends and public holidays."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Record):
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
        if self.least == self.most:
            return f"{self.most} {unit.removesuffix('s') if self.most == 1 else unit}"
        return f"{self.least} to {self.most} {unit}" if self.least else f"up to {self.most} {unit}"


def _clock(given: object) -> object:
    # YAML 1.1 reads 12:00 without quotes as the number 720.
    if isinstance(given, int):
        raise ValueError('Write times in quotes: "12:00".')  # noqa: TRY004 - pydantic's own
    return given


class ClockTime(_Record):
    """A time of day, where the store or the customer is."""

    kind: Literal["time"] = "time"
    at: Annotated[time, BeforeValidator(_clock)]


class Rule(_Record):
    """Whether something is allowed, offered or done."""

    kind: Literal["rule"] = "rule"
    holds: bool


class Words(_Record):
    """Something published in words: a page, a phone number, opening hours."""

    kind: Literal["words"] = "words"
    text: str = Field(min_length=1)


Value = Annotated[Span | ClockTime | Rule | Words, Field(discriminator="kind")]


class Claim(_Record):
    """One source's word. `source` is a name that customers understand; `where` finds it again.

    `value` is given where the source says something else than the entry.
    """

    source: str = Field(min_length=3)
    where: str = Field(min_length=3)
    read_on: date
    value: Value | None = None
    note: str | None = None


class Entry(_Record):
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
            raise ValueError(f"{self.key} has a value and no source.")
        if self.basis is None:
            raise ValueError(f"{self.key}: no source says what its value says.")
        return self

    def _without_value(self) -> Self:
        if self.confirmed:
            raise ValueError(f"{self.key} is confirmed but has no value.")
        if any(claim.value is None for claim in self.claims):
            raise ValueError(f"{self.key} has no value, so each claim must say what it claims.")
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
