"""The workers' sign of life, by which the gateway knows whether a turn can be answered."""

from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, BaseModel
from redis.asyncio import Redis

KEY = "worker:heartbeat"
FRESH = timedelta(seconds=10)


class Heartbeat(BaseModel):
    """What a worker sees of the processes behind it, and when it looked."""

    rasa: bool
    actions: bool
    at: AwareDatetime


async def write_heartbeat(redis: Redis, heartbeat: Heartbeat) -> None:
    """Leave the sign of life; it vanishes when no worker renews it."""
    await redis.set(KEY, heartbeat.model_dump_json(), ex=FRESH)


async def missing_for_a_turn(redis: Redis) -> list[str]:
    """Name what keeps a turn from being answered: worker, rasa, actions; nothing when ready."""
    stored = await redis.get(KEY)
    if stored is None:
        return ["worker"]
    heartbeat = Heartbeat.model_validate_json(stored)
    if datetime.now(UTC) - heartbeat.at > FRESH:
        return ["worker"]
    parts = {"rasa": heartbeat.rasa, "actions": heartbeat.actions}
    return [name for name, healthy in parts.items() if not healthy]
