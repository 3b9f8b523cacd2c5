"""The bodies of `GET /shipping/v1/track`, read leniently."""

from typing import Annotated, Any, Final

from pydantic import AliasChoices, BeforeValidator, Field

from support.systems.carriers.lenient import Part, Text, objects

_LONGEST_COUNT: Final = 9


def _count(value: object) -> object:
    if isinstance(value, str) and value.isdecimal():
        return int(value[:_LONGEST_COUNT])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


Count = Annotated[int | None, BeforeValidator(_count)]
_COUNT_NAMES: Final = AliasChoices("number_of_items", "item_count", "total_items", "no_of_items")


class Event(Part):
    """One scan."""

    description: Text = None
    location: Text = None
    date: Text = None


class Error(Part):
    """Why there is nothing to tell. Both spellings of each field are met."""

    code: Text = Field(None, validation_alias=AliasChoices("code", "error_code"))
    name: Text = Field(None, validation_alias=AliasChoices("name", "error_name", "message"))


class Item(Part):
    """An article, or a consignment that holds articles in `items`."""

    article_id: Text = None
    consignment_id: Text = None
    status: Text = None
    number_of_items: Count = Field(None, validation_alias=_COUNT_NAMES)
    events: Annotated[list[Event], BeforeValidator(objects)] = Field(default_factory=list)
    items: "Annotated[list[Item], BeforeValidator(objects)]" = Field(default_factory=list)
    errors: Annotated[list[Error], BeforeValidator(objects)] = Field(default_factory=list)


class Result(Part):
    """What is known about one of the ids that were asked for."""

    tracking_id: Text = None
    status: Text = None
    number_of_items: Count = Field(None, validation_alias=_COUNT_NAMES)
    consignment: Annotated[list[Item], BeforeValidator(objects)] = Field(default_factory=list)
    trackable_items: Annotated[list[Item], BeforeValidator(objects)] = Field(default_factory=list)
    errors: Annotated[list[Error], BeforeValidator(objects)] = Field(default_factory=list)


class Answer(Part):
    """A whole body."""

    tracking_results: Annotated[list[Result], BeforeValidator(objects)] = Field(
        default_factory=list
    )
    errors: Annotated[list[Error], BeforeValidator(objects)] = Field(default_factory=list)


def answer_from(payload: Any) -> Answer | None:  # noqa: ANN401 - any JSON
    """Return the body's content, None where it is not an answer of this endpoint at all."""
    if not isinstance(payload, dict) or not payload.keys() & {"tracking_results", "errors"}:
        return None
    return Answer.model_validate(payload)
