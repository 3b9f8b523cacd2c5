"""What happened in a conversation, in its order, and what of it the outside desk is told. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gateway.conversation_log import Conversation, Entry, Sender
from gateway.handover import AgentId, HandoverEvent
from gateway.handover.models import is_outside
from gateway.ownership import Owner, OwnershipEvent
from support.handover import PersonRequest
from support.systems.desk.models import DeskMessage, Standing
from worker.outside_desk import wording

Step = Entry | HandoverEvent
Telling = DeskMessage | Standing

_ALONE: Final = frozenset({Owner.BOT, Owner.CLOSED})
"""While these have a conversation the desk is not told what is said in it."""

_NEEDS_NOBODY: Final = frozenset({OwnershipEvent.BOT_SOLVED_IT, OwnershipEvent.CUSTOMER_STOPPED})
"""What leaves nothing to be done at the desk when the assistant has the conversation again."""

_NOTED: Final = {
    OwnershipEvent.BOT_SOLVED_IT: wording.NO_LONGER_NEEDED,
    OwnershipEvent.WAITED_LONG: wording.CALL_BACK_OFFERED,
    OwnershipEvent.AGENT_LOST: wording.LEFT_WAITING,
    OwnershipEvent.CUSTOMER_LEFT: wording.CUSTOMER_LEFT,
    OwnershipEvent.CUSTOMER_STOPPED: wording.STOPPED,
}


def number_of(step: Step) -> int:
    """Return by what an operator names a step: a message's position, or minus a change's epoch."""
    return step.position if isinstance(step, Entry) else -step.epoch


def in_order(changes: Sequence[HandoverEvent], entries: Sequence[Entry]) -> Iterator[Step]:
    """Yield changes and messages as they came: what was said in an epoch follows its beginning."""
    waiting = list(changes)
    for entry in entries:
        while waiting and waiting[0].epoch <= entry.epoch:
            yield waiting.pop(0)
        yield entry
    yield from waiting


@dataclass(frozen=True, slots=True)
class Story:
    """A conversation, all its changes of owner, and what goes along with its handover."""

    conversation: Conversation
    changes: Sequence[HandoverEvent]
    request: PersonRequest | None
    ticket: str | None

    def is_handed_over(self, epoch: int) -> bool:
        """Say whether a person was asked for up to this epoch: before that it is not the desk's."""
        return any(opens(one) for one in self.changes if one.epoch <= epoch)

    def tellings(self, step: Step, said_before: Sequence[Entry]) -> list[Telling]:
        """Return what the desk is told of a step. `said_before` goes with one that opens."""
        if not self.is_handed_over(step.epoch):
            return []
        if isinstance(step, Entry):
            message = self._message(step)
            return [] if message is None else [message]
        if opens(step):
            return self._opening(step, said_before)
        return self._change(step)

    def _opening(self, change: HandoverEvent, said_before: Sequence[Entry]) -> list[Telling]:
        """Tell all that is known already, so that nobody has to be asked again."""
        waits_for = self.ticket if change.after is Owner.TICKET else None
        bundle = wording.bundle(self.request, channel=self.conversation.channel, ticket=waits_for)
        told: list[Telling] = [Standing.OPEN, _note(change, bundle, "bundle")]
        unheard = [one for one in said_before if self._owner(one.epoch) is Owner.BOT]
        if unheard:
            told.append(_note(change, wording.transcript(unheard), "transcript"))
        return told

    def _change(self, change: HandoverEvent) -> list[Telling]:
        told: list[Telling] = []
        text = self._words(change)
        if text:
            told.append(_note(change, text, "change"))
        # What the desk has done itself it knows.
        if not is_outside(change.by):
            if change.after is Owner.BOT:
                over = change.event in _NEEDS_NOBODY
                told.append(Standing.ENDED if over else Standing.WITH_ASSISTANT)
            elif change.after is Owner.CLOSED:
                told.append(Standing.ENDED)
        return told

    def _words(self, change: HandoverEvent) -> str | None:
        if change.after is Owner.TICKET:
            stopped = change.event is OwnershipEvent.CUSTOMER_STOPPED
            words = wording.STOPPED_IN_NEED if stopped else wording.TICKET
            return words.format(reference=self.ticket or "")
        if change.event is OwnershipEvent.AGENT_TOOK_OVER and not is_outside(change.by):
            return wording.TAKEN_OVER.format(agent=change.agent or "")
        return _NOTED.get(change.event)

    def _message(self, entry: Entry) -> DeskMessage | None:
        if self._owner(entry.epoch) in _ALONE or entry.sender is Sender.SYSTEM:
            return None
        if entry.sender is Sender.CUSTOMER:
            return DeskMessage(key=entry.message_id, text=wording.hidden(entry.text))
        if entry.sender is Sender.AGENT and is_outside(self._agent(entry.epoch)):
            return None
        return DeskMessage(key=entry.message_id, text=wording.line(entry), note=True)

    def _owner(self, epoch: int) -> Owner:
        known = [one.after for one in self.changes if one.epoch <= epoch]
        return known[-1] if known else Owner.BOT

    def _agent(self, epoch: int) -> AgentId | None:
        known = [one.agent for one in self.changes if one.epoch <= epoch]
        return known[-1] if known else None


def opens(step: Step) -> bool:
    """Say whether a person is asked for."""
    return isinstance(step, HandoverEvent) and step.event is OwnershipEvent.PERSON_NEEDED


def _note(change: HandoverEvent, text: str, part: str) -> DeskMessage:
    return DeskMessage(key=f"{change.conversation_id}:{change.epoch}:{part}", text=text, note=True)
