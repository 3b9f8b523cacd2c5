"""People take over and give back: queue, agents, routing, timers. docs/handover.md."""

from gateway.handover.limits import Limits
from gateway.handover.models import (
    Agent,
    AgentId,
    AgentOnDuty,
    AgentUnknown,
    Board,
    CustomerStopped,
    GivenBack,
    Handling,
    HandoverEvent,
    Held,
    NotYours,
    Queued,
    ReplyWindowClosed,
    SeatsTaken,
    Status,
    Ticket,
    Waiting,
    WithAgent,
)
from gateway.handover.service import Handover

__all__ = [
    "Agent",
    "AgentId",
    "AgentOnDuty",
    "AgentUnknown",
    "Board",
    "CustomerStopped",
    "GivenBack",
    "Handling",
    "Handover",
    "HandoverEvent",
    "Held",
    "Limits",
    "NotYours",
    "Queued",
    "ReplyWindowClosed",
    "SeatsTaken",
    "Status",
    "Ticket",
    "Waiting",
    "WithAgent",
]
