"""The agent's side: taking a conversation, speaking in it, and letting it go."""

from collections.abc import Callable, Mapping
from datetime import datetime

from gateway.conversation_log import Reply, ReplyOutcome, Sender
from gateway.handover.dressing import Happening
from gateway.handover.duty import Duty
from gateway.handover.models import (
    MOST_SEATS,
    AgentId,
    CustomerStopped,
    GivenBack,
    Held,
    NotYours,
)
from gateway.handover.outlook import Lookout
from gateway.handover.store import HandoverStore
from gateway.ownership import Owner, Ownership, OwnershipEvent
from gateway.turn_queue import announce_turn
from support.handover import Skill
from support.ids import ConversationId, MessageId

Clock = Callable[[], datetime]


class AgentSide:
    """What agents can do.

    Methods raise OwnershipRefused where it is not the moment for it, NotYours where another agent
    has the conversation, AgentUnknown, ConversationUnknown, and RedisError.
    """

    def __init__(self, store: HandoverStore, duty: Duty, lookout: Lookout, clock: Clock) -> None:
        self._store = store
        self._duty = duty
        self._lookout = lookout
        self._clock = clock

    async def accept(self, conversation_id: ConversationId, agent_id: AgentId) -> Held:
        """Take the conversation that is offered to this agent; raises NotYours when too late."""
        held = await self._store.read(conversation_id)
        if held.owner is not Owner.RESERVED:
            raise NotYours
        return await self._take(conversation_id, agent_id, only_from=agent_id)

    async def take_over(
        self, conversation_id: ConversationId, agent_id: AgentId, *, reason: str = ""
    ) -> Held:
        """Take a conversation from the assistant, the queue or another agent.

        Raises SeatsTaken when the agent has the most conversations that anybody may have, and
        NotYours where this agent has it already.
        """
        return await self._take(conversation_id, agent_id, reason=reason)

    async def say(
        self,
        conversation_id: ConversationId,
        agent_id: AgentId,
        text: str,
        *,
        client_message_id: str,
    ) -> None:
        """Say something to the customer, once per `client_message_id`.

        Raises NotYours when the conversation is no longer this agent's: nothing was shown then.
        Raises CustomerStopped after STOP.
        """
        held = await self._of(conversation_id, agent_id)
        if held.stopped:
            raise CustomerStopped
        if held.owner is Owner.SNOOZED:
            held = await self.resume(conversation_id, agent_id)
        outcome = await self._store.log.append_reply(
            conversation_id,
            Reply(sender=Sender.AGENT, text=text, author=held.handling.agent_name),
            dedupe_key=f"agent:{client_message_id}",
            admitted=Ownership(held.owner, held.epoch),
            agent=agent_id,
        )
        if outcome is ReplyOutcome.SUPPRESSED:
            raise NotYours

    async def at_work(self, conversation_id: ConversationId, agent_id: AgentId) -> None:
        """Note that this agent is at work on what the customer waits for: that is no silence."""
        held = await self._store.read(conversation_id)
        if held.handling.agent == agent_id and held.waiting_since is not None:
            await self._store.note(conversation_id, {"worked_at": self._clock()})

    async def transfer(
        self,
        conversation_id: ConversationId,
        agent_id: AgentId,
        *,
        note: str,
        skill: Skill | None = None,
        to: AgentId | None = None,
    ) -> Held:
        """Pass the conversation on, to the front of the queue: to a skill, to an agent, or both."""
        now = self._clock()
        held = await self._of(conversation_id, agent_id)
        place = (await self._lookout.outlook(now=now)).place_for(_first(held, now))
        happening = Happening(
            OwnershipEvent.AGENT_TRANSFERRED,
            now,
            by=agent_id,
            only_from=agent_id,
            note=note,
            skill=skill,
            wanted=to,
            outlook=place,
            details={"note": note, "to": to},
        )
        return await self._store.change(conversation_id, happening)

    async def assign(
        self, conversation_id: ConversationId, by: AgentId, *, to: AgentId, note: str
    ) -> Held:
        """Offer the conversation to `to` next, whoever has it or wherever it waits."""
        now = self._clock()
        held = await self._store.read(conversation_id)
        happening = Happening(
            OwnershipEvent.ASSIGNED,
            now,
            by=by,
            note=note,
            wanted=to,
            outlook=(await self._lookout.outlook(now=now)).place_for(_first(held, now)),
            details={"note": note, "to": to},
        )
        return await self._store.change(conversation_id, happening)

    async def give_back(
        self,
        conversation_id: ConversationId,
        agent_id: AgentId,
        *,
        summary: str,
        slots: Mapping[str, str] | None = None,
    ) -> Held:
        """Give the conversation back to the assistant, which then knows the summary and slots."""
        given = GivenBack(summary=summary, slots=dict(slots or {}))
        held = await self._change(
            conversation_id, agent_id, OwnershipEvent.AGENT_GAVE_BACK, given_back=given
        )
        message_id = MessageId(f"give-back-{held.epoch}")
        await announce_turn(self._store.redis, conversation_id, message_id)
        return held

    async def snooze(self, conversation_id: ConversationId, agent_id: AgentId) -> Held:
        """Let the conversation sleep until the customer writes; it takes no seat meanwhile."""
        return await self._change(conversation_id, agent_id, OwnershipEvent.CUSTOMER_SILENT)

    async def resume(self, conversation_id: ConversationId, agent_id: AgentId) -> Held:
        """Wake one of the agent's own sleeping conversations; raises SeatsTaken."""
        happening = Happening(
            OwnershipEvent.AGENT_RESUMED,
            self._clock(),
            agent=await self._duty.agent(agent_id),
            by=agent_id,
            only_from=agent_id,
        )
        return await self._store.change(conversation_id, happening, seats=MOST_SEATS)

    async def close(self, conversation_id: ConversationId, agent_id: AgentId, reason: str) -> Held:
        """End the conversation: the customer is asked for a rating, once and never after STOP.

        A ticket may be closed by anybody.
        """
        held = await self._store.read(conversation_id)
        mine = None if held.owner is Owner.TICKET else agent_id
        happening = Happening(
            OwnershipEvent.AGENT_RESOLVED,
            self._clock(),
            by=agent_id,
            only_from=mine,
            close_reason=reason,
        )
        return await self._store.change(conversation_id, happening)

    async def _take(
        self,
        conversation_id: ConversationId,
        agent_id: AgentId,
        *,
        only_from: AgentId | None = None,
        reason: str = "",
    ) -> Held:
        agent = await self._duty.agent(agent_id)
        happening = Happening(
            OwnershipEvent.AGENT_TOOK_OVER,
            self._clock(),
            agent=agent,
            by=agent_id,
            only_from=only_from,
            details={"note": reason} if reason else {},
        )
        return await self._store.change(conversation_id, happening, seats=MOST_SEATS)

    async def _of(self, conversation_id: ConversationId, agent_id: AgentId) -> Held:
        held = await self._store.read(conversation_id)
        if held.owner not in {Owner.AGENT, Owner.SNOOZED} or held.handling.agent != agent_id:
            raise NotYours
        return held

    async def _change(
        self,
        conversation_id: ConversationId,
        agent_id: AgentId,
        event: OwnershipEvent,
        *,
        given_back: GivenBack | None = None,
    ) -> Held:
        happening = Happening(
            event, self._clock(), by=agent_id, only_from=agent_id, given_back=given_back
        )
        return await self._store.change(conversation_id, happening)


def _first(held: Held, now: datetime) -> Held:
    handling = held.handling.model_copy(update={"queued_at": now, "front": True})
    return held.model_copy(update={"handling": handling})
