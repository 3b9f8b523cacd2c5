"""What goes along when a person takes over: the request, and everything already gathered.

The actions build it, Rasa's channel and the worker carry it as JSON, the desk shows it.
"""

from enum import IntEnum, StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Reason(StrEnum):
    """Why a person is needed."""

    ASKED = "asked"
    COMPLAINT = "complaint"
    DISTRESS = "distress"
    NOT_UNDERSTOOD = "not_understood"
    ASSISTANT_FAILED = "assistant_failed"
    ESCALATED = "escalated"


class Skill(StrEnum):
    """What an agent must know to help."""

    GENERAL = "general"
    MARKETPLACE = "marketplace"
    CLICK_AND_COLLECT = "click_and_collect"


class Priority(IntEnum):
    """Who comes first among those who wait. A long wait raises it by one step."""

    NORMAL = 0
    REPEATED_CONTACT = 1
    VULNERABLE = 2


class Noted(BaseModel):
    """A model that does not change once made."""

    model_config = ConfigDict(frozen=True)


class ParcelNote(Noted):
    """How one parcel stood when it was looked at. `source` said so; `read_at` is when."""

    parcel_id: str
    status: str
    carrier: str | None = None
    tracking_number: str | None = None
    promised_by: str | None = None
    source: str
    read_at: AwareDatetime


class StepNote(Noted):
    """A step of the procedure that was done, with who says so."""

    step: str
    outcome: str
    source: str | None = None
    at: AwareDatetime | None = None


class CaseNote(Noted):
    """A case or a Marketplace ticket of the order. `about` is a `CaseKind`, or "ticket"."""

    reference: str
    kind: str
    about: str | None = None
    state: str
    opened_at: AwareDatetime


class PersonRequest(Noted):
    """A request for a person with everything at hand. Unknown is None or empty, never guessed.

    `summary` is one line. `verified` says how the customer is known: none, channel, matched, code
    or signed_in. `promised` are sentences that the customer was told. `could_not_read` names the
    systems that did not answer when this was put together.
    """

    reason: Reason
    summary: str
    skill: Skill = Skill.GENERAL
    priority: Priority = Priority.NORMAL
    topic: str | None = None
    verified: str = "none"
    order_number: str | None = None
    contact: str | None = None
    parcels: tuple[ParcelNote, ...] = ()
    promised: tuple[str, ...] = ()
    steps: tuple[StepNote, ...] = ()
    cases: tuple[CaseNote, ...] = ()
    could_not_read: tuple[str, ...] = ()
