"""Who did, looked at and revealed what at the desk: a stream that is only ever appended to."""

from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

from gateway.handover import AgentId
from support.ids import ConversationId
from support.times import utc_now

AUDIT: Final = "desk:audit"
KEPT: Final = timedelta(days=400)
"""A year, and what it takes to look back on it."""


class Doing(StrEnum):
    """What was done."""

    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    SIGNED_OUT = "signed out"
    LOOKED = "looked at"
    REVEALED = "revealed"
    SEARCHED = "searched"
    EXPORTED = "exported"
    CHANGED_OWNER = "changed owner"
    ACTED = "acted"
    NOTED = "noted"


class AuditEntry(BaseModel):
    """One line. `what` names a thing, never a customer's words or data."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    agent_id: str
    doing: Doing
    conversation_id: ConversationId | None = None
    what: str = ""


class AuditLog:
    """Every method may raise RedisError."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def note(
        self,
        agent_id: AgentId | str,
        doing: Doing,
        conversation_id: ConversationId | None = None,
        *,
        what: str = "",
    ) -> None:
        """Append a line; what is older than `KEPT` goes."""
        now = utc_now()
        entry = AuditEntry(
            at=now, agent_id=agent_id, doing=doing, conversation_id=conversation_id, what=what
        )
        oldest = int((now - KEPT).timestamp() * 1000)
        await self._redis.xadd(
            AUDIT, {"entry": entry.model_dump_json()}, minid=oldest, approximate=True
        )

    async def newest(self, count: int) -> list[AuditEntry]:
        """Return the latest lines, newest first."""
        found: Any = await self._redis.xrevrange(AUDIT, count=count)
        return [AuditEntry.model_validate_json(fields["entry"]) for _, fields in found]
