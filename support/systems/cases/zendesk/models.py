"""What we read of Zendesk's answers, in its own words; whatever else is there is ignored.

Source: developer.zendesk.com, Tickets. A field of another type than theirs is refused.
"""

from pydantic import AwareDatetime, BaseModel, ConfigDict

FieldValue = str | int | float | bool | list[str] | None


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class CustomField(_Record):
    """One of the account's own fields."""

    id: int
    value: FieldValue = None


class MetricSet(_Record):
    """When things happened to a ticket, as far as Zendesk counts them."""

    ticket_id: int | None = None
    status_updated_at: AwareDatetime | None = None
    solved_at: AwareDatetime | None = None


class Ticket(_Record):
    """One ticket. `metric_set` is there when it was asked for."""

    id: int
    external_id: str | None = None
    status: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    tags: tuple[str, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    metric_set: MetricSet | None = None

    def own(self, field_id: int) -> str:
        """Return the text of one of the account's own fields, "" where it is not set."""
        values = (field.value for field in self.custom_fields if field.id == field_id)
        value = next(values, None)
        return value.strip() if isinstance(value, str) else ""


class OneTicket(_Record):
    """The answer about one ticket."""

    ticket: Ticket
    metric_sets: tuple[MetricSet, ...] = ()


class Tickets(_Record):
    """The answer about several tickets."""

    tickets: tuple[Ticket, ...]
    metric_sets: tuple[MetricSet, ...] = ()


class Problem(_Record):
    """Why Zendesk refused."""

    error: object = None
