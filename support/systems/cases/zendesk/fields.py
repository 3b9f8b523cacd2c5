"""Which of a Zendesk account's own ticket fields hold what."""

from pydantic import BaseModel, ConfigDict


class ZendeskFields(BaseModel):
    """The ids of the account's ticket fields. README.md beside this file tells their types."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: int
    parcel_id: int
    line_ids: int
    state: int
    next_by: int
    outcome: int
