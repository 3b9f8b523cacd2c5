"""The settings of the handover, shared by the gateway and the worker."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from gateway.handover.limits import Limits
from support.decisions.opening_hours import OpeningHours
from support.places.states import State
from support.systems.desk.settings import DeskSettings


def _readable(hours: dict[State, str]) -> dict[State, str]:
    OpeningHours.read(hours)
    return hours


_Positive = Annotated[timedelta, Field(gt=timedelta(0))]


class HandoverSettings(DeskSettings):
    """One field per environment variable of the same name."""

    handover_reservation: _Positive = timedelta(seconds=20)
    handover_agent_silence: _Positive = timedelta(seconds=120)
    handover_heartbeat: _Positive = timedelta(seconds=45)
    handover_customer_silence: _Positive = timedelta(minutes=10)
    handover_queue_wait: _Positive = timedelta(minutes=15)
    handover_nobody: _Positive = timedelta(minutes=2)
    handover_queue_length: int = Field(default=50, ge=1)
    desk_hours: Annotated[dict[State, str], AfterValidator(_readable)] = Field(default_factory=dict)

    @property
    def handover_limits(self) -> Limits:
        """How long things may take, and how many may wait."""
        return Limits(
            reservation=self.handover_reservation,
            agent_silence=self.handover_agent_silence,
            heartbeat=self.handover_heartbeat,
            customer_silence=self.handover_customer_silence,
            queue_wait=self.handover_queue_wait,
            nobody=self.handover_nobody,
            queue_length=self.handover_queue_length,
        )

    @property
    def opening_hours(self) -> OpeningHours:
        """When people are at the desk."""
        return OpeningHours.read(self.desk_hours)
