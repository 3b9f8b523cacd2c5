"""The bodies of AfterShip's tracking API (2024-04 and later) and of its webhooks."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from support.systems.carriers.lenient import Part, Text, object_or_none, objects


class Checkpoint(Part):
    """One scan."""

    checkpoint_time: Text = None
    message: Text = None
    location: Text = None
    city: Text = None
    state: Text = None
    country: Text = Field(None, alias="country_region")
    country_iso3: Text = None
    tag: Text = None
    subtag: Text = None


class EstimatedDay(Part):
    """When a parcel is expected."""

    day: Text = Field(None, alias="estimated_delivery_date")


class LatestEstimate(Part):
    """The newest expectation of all."""

    at: Text = Field(None, alias="datetime")


Estimate = Annotated[EstimatedDay | None, BeforeValidator(object_or_none)]


class Tracking(Part):
    """All that is known about one number at one carrier."""

    tracking_number: Text = None
    slug: Text = None
    tag: Text = None
    subtag: Text = None
    checkpoints: Annotated[list[Checkpoint], BeforeValidator(objects)] = Field(default_factory=list)
    courier_estimated_delivery_date: Estimate = None
    aftership_estimated_delivery_date: Estimate = None
    latest_estimated_delivery: Annotated[LatestEstimate | None, BeforeValidator(object_or_none)] = (
        None
    )
    return_to_sender: Annotated[bool, BeforeValidator(lambda value: value is True)] = False


class Meta(Part):
    """How the interface took the question."""

    code: Text = None


class Data(Part):
    """What it found."""

    trackings: Annotated[list[Tracking], BeforeValidator(objects)] | None = None


class Answer(Part):
    """A whole body of `GET /trackings`."""

    meta: Annotated[Meta | None, BeforeValidator(object_or_none)] = None
    data: Annotated[Data | None, BeforeValidator(object_or_none)] = None


class Event(Part):
    """A whole body of a webhook."""

    event: Text = None
    event_id: Text = None
    ts: Text = None
    msg: Annotated[Tracking | None, BeforeValidator(object_or_none)] = None


def answer_from(payload: Any) -> Answer | None:  # noqa: ANN401 - any JSON
    """Return the body's content, None where it is not an answer of this interface at all."""
    if not isinstance(payload, dict) or not payload.keys() & {"meta", "data"}:
        return None
    return Answer.model_validate(payload)
