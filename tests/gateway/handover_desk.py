"""A handover on a clock that tests move themselves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, Entry
from gateway.handover import Agent, AgentId, Handover, Limits
from support.decisions.opening_hours import OpeningHours
from support.handover import PersonRequest, Priority, Reason, Skill
from support.ids import ConversationId, SenderKey

START = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
KIM = Agent(agent_id=AgentId("kim"), first_name="Kim")
LEE = Agent(agent_id=AgentId("lee"), first_name="Lee", skills=frozenset({Skill.MARKETPLACE}))


@dataclass
class Desk:
    """The handover, its log, and the time."""

    redis: Redis
    limits: Limits = field(default_factory=Limits)
    hours: OpeningHours = field(default_factory=OpeningHours)
    now: datetime = START
    has_outside_desk: bool = False

    def __post_init__(self) -> None:
        self.log = ConversationLog(self.redis, keep=timedelta(days=1))
        self.handover = Handover.on(
            self.redis,
            self.log,
            limits=self.limits,
            hours=self.hours,
            clock=lambda: self.now,
            has_outside_desk=self.has_outside_desk,
        )

    async def online(self, *agents: Agent) -> None:
        for agent in agents:
            await self.handover.duty.come_online(agent, now=self.now)

    async def after(self, **much: float) -> None:
        """Let time go by, while every page that was open stays open, and take a round."""
        present = [
            one.agent.agent_id
            for one in await self.handover.duty.on_duty(now=self.now)
            if one.online
        ]
        self.now += timedelta(**much)
        for agent_id in present:
            await self.handover.duty.heartbeat(agent_id, now=self.now)
        await self.handover.routine.round()

    async def customer(self, channel: str = "web") -> ConversationId:
        """Open a conversation, a moment after the one before."""
        self.now += timedelta(milliseconds=1)
        return await self.log.create(channel=channel, sender_key=SenderKey("sender"))

    async def asks(
        self, skill: Skill = Skill.GENERAL, priority: Priority = Priority.NORMAL
    ) -> ConversationId:
        """Open a conversation that asks for a person."""
        conversation_id = await self.customer()
        await self.handover.customers.request_person(
            conversation_id,
            PersonRequest(
                reason=Reason.ASKED, summary="Wants to talk.", skill=skill, priority=priority
            ),
        )
        return conversation_id

    async def read(self, conversation_id: ConversationId) -> list[Entry]:
        return await self.log.read(conversation_id, after=0)

    async def told(self, conversation_id: ConversationId) -> list[str]:
        return [entry.text for entry in await self.read(conversation_id)]

    async def owner(self, conversation_id: ConversationId) -> str:
        return (await self.handover.store.read(conversation_id)).owner.value
