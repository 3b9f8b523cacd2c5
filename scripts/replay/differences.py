"""What has changed between a stored answer and today's. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scripts.replay.stored import Answered, StoredConversation, StoredTurn
from scripts.replay.talk import Answer


class Change(StrEnum):
    """How today's answer differs."""

    SAME = "the same"
    OTHERWISE_UNDERSTOOD = "understood otherwise"
    OTHERWISE_ANSWERED = "understood the same, answered otherwise"


@dataclass(frozen=True, slots=True)
class ReplayedTurn:
    """One message with both answers."""

    then: StoredTurn
    now: Answer
    change: Change

    @property
    def no_longer_said(self) -> list[str]:
        """Responses of then that are missing today."""
        return [key for key in dict.fromkeys(self.then.answered.said) if key not in self._said_now]

    @property
    def newly_said(self) -> list[str]:
        """Responses of today that were not given then."""
        before = self.then.answered.said
        return [key for key in dict.fromkeys(self._said_now) if key not in before]

    @property
    def _said_now(self) -> tuple[str, ...]:
        return self.now.answered.said


@dataclass(frozen=True, slots=True)
class Replayed:
    """One conversation with both answers to every message. `failure`: it could not be held."""

    conversation: StoredConversation
    turns: tuple[ReplayedTurn, ...]
    failure: str | None = None

    @property
    def has_changed(self) -> bool:
        """Whether any answer differs, or there is none."""
        return self.failure is not None or any(
            turn.change is not Change.SAME for turn in self.turns
        )


def compared(conversation: StoredConversation, answers: Sequence[Answer]) -> Replayed:
    """Put both answers to each message side by side."""
    turns = zip(conversation.turns, answers, strict=True)
    return Replayed(
        conversation,
        tuple(ReplayedTurn(then, now, change(then.answered, now.answered)) for then, now in turns),
    )


def change(then: Answered, now: Answered) -> Change:
    """Return how two answers differ; how often one response was used for many parcels does not."""
    if None not in {then.intent, now.intent} and then.intent != now.intent:
        return Change.OTHERWISE_UNDERSTOOD
    if list(dict.fromkeys(then.said)) != list(dict.fromkeys(now.said)):
        return Change.OTHERWISE_ANSWERED
    return Change.SAME
