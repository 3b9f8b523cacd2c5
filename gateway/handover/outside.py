"""What agents do who work at the desk of another product.

They have no page here by which they could be heard of, and no seats: how many conversations they
have is the other desk's affair. Whoever speaks has the conversation; there is nothing to accept.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from gateway.conversation_log import Reply, ReplyOutcome, Sender
from gateway.handover.dressing import Happening
from gateway.handover.models import (
    OUTSIDE,
    Agent,
    AgentId,
    CustomerStopped,
    GivenBack,
    Held,
    NotYours,
    ReplyWindowClosed,
)
from gateway.handover.store import HandoverStore
from gateway.ownership import VOICES, Owner, OwnershipEvent, OwnershipRefused, Voice
from gateway.turn_queue import announce_turn
from support.ids import ConversationId, MessageId
from support.systems.messaging.pieces import pieces
from support.systems.messaging.windows import is_open

Clock = Callable[[], datetime]

LONGEST: Final = 2000
"""Characters of one message, as at our own desk; a longer one becomes several."""


def outside_agent(agent_id: str, first_name: str) -> Agent:
    """Return an agent of an outside desk, by that desk's own id."""
    return Agent(agent_id=AgentId(f"{OUTSIDE}{agent_id}"), first_name=first_name)


class OutsideSide:
    """Acts for agents of an outside desk. May be repeated; may raise RedisError.

    Methods raise ConversationUnknown, and OwnershipRefused where the conversation has ended.
    """

    def __init__(self, store: HandoverStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def say(
        self, conversation_id: ConversationId, agent: Agent, text: str, *, message_id: str
    ) -> None:
        """Say something to the customer, once per `message_id`; the first word takes over.

        Raises CustomerStopped after STOP, ReplyWindowClosed where the channel takes no free text
        any more, and NotYours where somebody else took over in this very moment: nothing was said
        then.
        """
        key = f"agent:{OUTSIDE}{message_id}"
        if await self._store.log.has_reply(conversation_id, key):
            # What is posted again must not take over again.
            return
        await self._check(await self._store.read(conversation_id))
        held = await self.join(conversation_id, agent)
        *parts, last = pieces(text, LONGEST)
        for number, part in enumerate(parts, start=1):
            await self._append(held, agent, part, f"{key}:{number}")
        await self._append(held, agent, last, key)
        # From now on it is the customer's silence that is timed, which is the shorter one here.
        await self._store.settle(conversation_id, at=self._clock())

    async def join(self, conversation_id: ConversationId, agent: Agent) -> Held:
        """Have the conversation from now on, whoever has it; the customer is told who joins."""
        while True:
            held = await self._store.read(conversation_id)
            is_theirs = held.handling.agent == agent.agent_id
            if held.owner is Owner.AGENT and is_theirs:
                return held
            sleeps = held.owner is Owner.SNOOZED and is_theirs
            event = OwnershipEvent.AGENT_RESUMED if sleeps else OwnershipEvent.AGENT_TOOK_OVER
            joins = Happening(
                event,
                self._clock(),
                agent=agent,
                by=agent.agent_id,
                only_from=agent.agent_id if sleeps else None,
            )
            try:
                return await self._store.change(conversation_id, joins)
            except NotYours:
                continue
            except OwnershipRefused as refused:
                if refused.owner is Owner.CLOSED:
                    raise

    async def name(self, conversation_id: ConversationId, agent: Agent) -> None:
        """Pass on to this agent what a person has; whatever else waits for somebody to speak."""
        if (await self._store.read(conversation_id)).owner is Owner.AGENT:
            await self.join(conversation_id, agent)

    async def give_back(
        self, conversation_id: ConversationId, agent: Agent, *, summary: str
    ) -> None:
        """Give the conversation back to the assistant; nothing where it has it already."""
        if not await self._has_a_person(conversation_id, agent):
            return
        given = Happening(
            OwnershipEvent.AGENT_GAVE_BACK,
            self._clock(),
            by=agent.agent_id,
            given_back=GivenBack(summary=summary),
        )
        held = await self._store.change(conversation_id, given)
        message_id = MessageId(f"give-back-{held.epoch}")
        await announce_turn(self._store.redis, conversation_id, message_id)

    async def close(self, conversation_id: ConversationId, agent: Agent, reason: str) -> None:
        """End the conversation; nothing where the assistant has it, for whom it goes on."""
        held = await self._store.read(conversation_id)
        if held.owner is not Owner.TICKET and not await self._has_a_person(conversation_id, agent):
            return
        resolved = Happening(
            OwnershipEvent.AGENT_RESOLVED,
            self._clock(),
            by=agent.agent_id,
            close_reason=reason,
        )
        await self._store.change(conversation_id, resolved)

    async def _has_a_person(self, conversation_id: ConversationId, agent: Agent) -> bool:
        """Say whether a person has it; whoever waits is joined first."""
        held = await self._store.read(conversation_id)
        if held.owner is Owner.BOT:
            return False
        if VOICES[held.owner] is not Voice.PERSON:
            await self.join(conversation_id, agent)
        return True

    async def _check(self, held: Held) -> None:
        if held.stopped:
            raise CustomerStopped
        heard = await self._store.log.asked_at(held.conversation_id)
        if not is_open(held.channel, heard, now=self._clock()):
            raise ReplyWindowClosed

    async def _append(self, held: Held, agent: Agent, text: str, key: str) -> None:
        outcome = await self._store.log.append_reply(
            held.conversation_id,
            Reply(sender=Sender.AGENT, text=text, author=agent.first_name),
            dedupe_key=key,
            admitted=held.ownership,
            agent=agent.agent_id,
        )
        if outcome is ReplyOutcome.SUPPRESSED:
            raise NotYours
