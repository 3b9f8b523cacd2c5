"""Who is at the desk: agents come online, are heard of, step away and leave."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from redis.asyncio import Redis

from gateway.handover import keys
from gateway.handover.limits import Limits
from gateway.handover.models import Agent, AgentId, AgentOnDuty, AgentUnknown


class Duty:
    """Keeps the agents' presence in Redis. Every method may raise RedisError."""

    def __init__(self, redis: Redis, limits: Limits) -> None:
        self._redis = redis
        self._limits = limits

    async def come_online(self, agent: Agent, *, now: datetime) -> None:
        """Take new conversations from now on; also after being away, or with other skills."""
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.hset(keys.AGENTS, agent.agent_id, agent.model_dump_json())
            pipeline.zadd(keys.HEARTBEATS, {agent.agent_id: now.timestamp()})
            pipeline.srem(keys.AWAY, agent.agent_id)
            await pipeline.execute()

    async def heartbeat(self, agent_id: AgentId, *, now: datetime) -> None:
        """Say that the agent's page is still open; to be called every 15 seconds."""
        await self._redis.zadd(keys.HEARTBEATS, {agent_id: now.timestamp()}, xx=True)

    async def go_away(self, agent_id: AgentId) -> None:
        """Take no new conversations, and keep those at hand."""
        await self._redis.sadd(keys.AWAY, agent_id)

    async def sign_off(self, agent_id: AgentId) -> None:
        """Leave the desk. What is still at hand goes to the front of the queue within a second."""
        await self._redis.zadd(keys.HEARTBEATS, {agent_id: 0}, xx=True)

    async def agent(self, agent_id: AgentId) -> Agent:
        """Return who this is; raises AgentUnknown."""
        stored = await self._redis.hget(keys.AGENTS, agent_id)
        if stored is None:
            raise AgentUnknown
        return Agent.model_validate_json(stored)

    async def on_duty(self, *, now: datetime) -> Sequence[AgentOnDuty]:
        """Return every agent ever seen, with who is online and how many seats they have taken."""
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.hgetall(keys.AGENTS)
            pipeline.zrange(keys.HEARTBEATS, 0, -1, withscores=True)
            # `smembers` fails in a cluster's transaction (redis-py 8.1).
            pipeline.execute_command("SMEMBERS", keys.AWAY)
            pipeline.hvals(keys.SEATS)
            found: Any = await pipeline.execute()
        agents, beats, away, seats = found
        seen = {agent_id: float(at) for agent_id, at in beats}
        taken = Counter(seats)
        fresh = now.timestamp() - self._limits.heartbeat.total_seconds()
        return [
            AgentOnDuty(
                agent=Agent.model_validate_json(stored),
                away=agent_id in away,
                seen_at=datetime.fromtimestamp(seen.get(agent_id, 0), now.tzinfo),
                online=seen.get(agent_id, 0) > fresh,
                seats_taken=taken[agent_id],
            )
            for agent_id, stored in sorted(agents.items())
        ]

    async def is_online(self, agent_id: AgentId, *, now: datetime) -> bool:
        """Say whether the agent's page was heard of lately."""
        seen = await self._redis.zscore(keys.HEARTBEATS, agent_id)
        return seen is not None and seen > now.timestamp() - self._limits.heartbeat.total_seconds()

    async def last_seen(self) -> float:
        """Return when any agent was heard of last, as seconds since 1970; 0 for never."""
        found: Any = await self._redis.zrange(keys.HEARTBEATS, -1, -1, withscores=True)
        return float(found[0][1]) if found else 0.0
