"""Does what the outside desk tells: an agent speaks, is named, types, hands back, closes."""

from typing import Final

import structlog

from gateway import texts
from gateway.conversation_log import ConversationUnknown, Sender
from gateway.handover import Agent, CustomerStopped, Handover, NotYours, ReplyWindowClosed
from gateway.handover.outside import outside_agent
from gateway.outside_desk.ledger import Ledger
from gateway.ownership import Owner, OwnershipRefused
from gateway.text_cleaning import clean_text
from gateway.typing import Typing, tell_typing
from support.ids import ConversationId
from support.systems.desk.models import (
    AgentNamed,
    AgentSaid,
    AgentTypes,
    DeskAgent,
    DeskMessage,
    Standing,
    StandingChanged,
    Told,
)

log = structlog.get_logger("gateway.outside_desk")

RESOLVED: Final = "resolved at the outside desk"
_SUMMARY: Final = "summary:"
"""How a private note begins that the assistant shall know when it has the conversation back."""

_TEAM: Final = DeskAgent(id="team", first_name=texts.OUR_TEAM)
"""Who acts where the desk names nobody."""

_REFUSALS: Final[dict[type[Exception], str]] = {
    CustomerStopped: texts.OUTSIDE_STOPPED,
    ReplyWindowClosed: texts.OUTSIDE_WINDOW,
    OwnershipRefused: texts.OUTSIDE_ENDED,
    NotYours: texts.OUTSIDE_OVERTAKEN,
}
"""Why an agent's words did not reach the customer; anything else is our own trouble."""


class DeskNews:
    """Takes what a desk tells. It may be told again: nothing is done twice. May raise RedisError.

    What is told about a conversation that we do not keep changes nothing.
    """

    def __init__(self, handover: Handover, ledger: Ledger) -> None:
        self._handover = handover
        self._ledger = ledger

    async def take(self, told: Told) -> None:
        """Do what follows."""
        conversation_id = ConversationId(told.conversation)
        try:
            await self._take(conversation_id, told)
        except ConversationUnknown:
            log.info("desk_news_unknown", conversation_id=conversation_id, kind=told.kind)
            return
        log.info("desk_news_taken", conversation_id=conversation_id, kind=told.kind)

    async def _take(self, conversation_id: ConversationId, told: Told) -> None:
        match told:
            case AgentSaid(note=True):
                await self._remember(conversation_id, told)
            case AgentSaid():
                await self._say(conversation_id, told)
            case StandingChanged():
                await self._stand(conversation_id, told)
            case AgentNamed():
                await self._handover.outside.name(conversation_id, _agent(told.agent))
            case AgentTypes():
                await self._type(conversation_id, told)

    async def _remember(self, conversation_id: ConversationId, told: AgentSaid) -> None:
        text = clean_text(told.text)
        if text.lower().startswith(_SUMMARY):
            await self._ledger.write(conversation_id, summary=text[len(_SUMMARY) :].strip())

    async def _say(self, conversation_id: ConversationId, told: AgentSaid) -> None:
        text = clean_text(told.text)
        if text:
            try:
                await self._handover.outside.say(
                    conversation_id, _agent(told.agent), text, message_id=told.message_id
                )
            except tuple(_REFUSALS) as refusal:
                await self._refuse(conversation_id, told, _REFUSALS[type(refusal)])
        if told.has_attachments:
            await self._refuse(conversation_id, told, texts.OUTSIDE_ATTACHMENT)

    async def _refuse(self, conversation_id: ConversationId, told: AgentSaid, why: str) -> None:
        """Let the desk's people know, as nobody there sees the customer's side."""
        note = DeskMessage(key=f"refused-{told.message_id}", text=why, note=True)
        await self._ledger.add_note(conversation_id, note)
        log.info("desk_message_refused", conversation_id=conversation_id)

    async def _stand(self, conversation_id: ConversationId, told: StandingChanged) -> None:
        """Follow the desk, unless that is how the conversation stands already.

        The worker writes down how it lets a conversation stand before it does: what comes back of
        that is no news.
        """
        record = await self._ledger.record(conversation_id)
        if record.standing is told.standing:
            return
        agent = _agent(told.agent or _TEAM)
        try:
            if told.standing is Standing.ENDED:
                await self._handover.outside.close(conversation_id, agent, RESOLVED)
            elif told.standing is Standing.WITH_ASSISTANT:
                summary = record.summary or texts.OUTSIDE_GAVE_BACK
                await self._handover.outside.give_back(conversation_id, agent, summary=summary)
        except OwnershipRefused:
            # It has ended, or has just gone on in another way.
            log.info("desk_news_too_late", conversation_id=conversation_id)
        await self._ledger.write(conversation_id, standing=told.standing.value, summary=None)

    async def _type(self, conversation_id: ConversationId, told: AgentTypes) -> None:
        held = await self._handover.store.read(conversation_id)
        agent = _agent(told.agent)
        is_theirs = held.owner is Owner.AGENT and held.handling.agent == agent.agent_id
        if is_theirs and not held.stopped:
            typing = Typing(by=Sender.AGENT, name=agent.first_name)
            await tell_typing(self._handover.store.redis, conversation_id, typing)


def _agent(agent: DeskAgent) -> Agent:
    return outside_agent(agent.id, agent.first_name)
