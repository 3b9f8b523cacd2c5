"""The bodies of `GET /shipping/v1/track`, read leniently.

What is missing, null or of another type than usual is left out rather than refused: an answer with
one odd event still tells where the parcel is.
"""

from typing import Annotated, Any, Final

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

_LONGEST_COUNT: Final = 9


def _one_line(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _objects(value: object) -> list[object]:
    """Read a list, a single object in its place, or nothing."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _count(value: object) -> object:
    if isinstance(value, str) and value.isdecimal():
        return int(value[:_LONGEST_COUNT])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


Text = Annotated[str | None, BeforeValidator(_one_line)]
Count = Annotated[int | None, BeforeValidator(_count)]
_COUNT_NAMES: Final = AliasChoices("number_of_items", "item_count", "total_items", "no_of_items")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Event(_Part):
    """One scan."""

    description: Text = None
    location: Text = None
    date: Text = None


class Error(_Part):
    """Why there is nothing to tell. Both spellings of each field are met."""

    code: Text = Field(None, validation_alias=AliasChoices("code", "error_code"))
    name: Text = Field(None, validation_alias=AliasChoices("name", "error_name", "message"))


class Item(_Part):
    """An article, or a consignment that holds articles in `items`."""

    article_id: Text = None
    consignment_id: Text = None
    status: Text = None
    number_of_items: Count = Field(None, validation_alias=_COUNT_NAMES)
    events: Annotated[list[Event], BeforeValidator(_objects)] = []
    items: "Annotated[list[Item], BeforeValidator(_objects)]" = []
    errors: Annotated[list[Error], BeforeValidator(_objects)] = []


class Result(_Part):
    """What is known about one of the ids that were asked for."""

    tracking_id: Text = None
    status: Text = None
    number_of_items: Count = Field(None, validation_alias=_COUNT_NAMES)
    consignment: Annotated[list[Item], BeforeValidator(_objects)] = []
    trackable_items: Annotated[list[Item], BeforeValidator(_objects)] = []
    errors: Annotated[list[Error], BeforeValidator(_objects)] = []


class Answer(_Part):
    """A whole body."""

    tracking_results: Annotated[list[Result], BeforeValidator(_objects)] = []
    errors: Annotated[list[Error], BeforeValidator(_objects)] = []


def answer_from(payload: Any) -> Answer | None:  # noqa: ANN401 - any JSON
    """Return the body's content, None where it is not an answer of this endpoint at all."""
    if not isinstance(payload, dict) or not payload.keys() & {"tracking_results", "errors"}:
        return None
    return Answer.model_validate(payload)
