"""Messages and what the pipeline made of them, as the tests need them."""

from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_runtime.review.grouping import Line, lines_of
from rasa_runtime.review.messages import CollectedMessage, StoredMessage
from rasa_runtime.review.reasons import Prediction, Reason


def prediction(
    intent: str = "nlu_fallback",
    confidence: float = 0.3,
    *others: tuple[str, float],
) -> Prediction:
    """A prediction whose ranking begins with the intent itself, unless that is the fallback."""
    first = () if intent == "nlu_fallback" else ((intent, confidence),)
    return Prediction(intent, confidence, (*first, *others))


def message(
    text: str, *, conversation: str = "c1", understood: Prediction | None = None
) -> CollectedMessage:
    reasons = frozenset({Reason.REFUSED})
    return CollectedMessage(text, understood or prediction(), reasons, conversation)


def uttered(text: str, intent: str = "nlu_fallback", confidence: float = 0.3) -> UserUttered:
    """A message as it stands in a tracker."""
    ranking = [{"name": intent, "confidence": confidence}, {"name": "greet", "confidence": 0.01}]
    parse_data = {"intent": ranking[0], "intent_ranking": ranking, "entities": [], "text": text}
    return UserUttered(text, intent=ranking[0], parse_data=parse_data)


def tracker(*events: Event, conversation: str = "conversation-1") -> DialogueStateTracker:
    return DialogueStateTracker.from_events(conversation, list(events))


def stored(*messages: CollectedMessage) -> list[StoredMessage]:
    """Messages as the list returns them."""
    return [StoredMessage(f"{number}-0", entry) for number, entry in enumerate(messages, start=1)]


def line(text: str, understood: Prediction | None = None) -> Line:
    [found] = lines_of(stored(message(text, understood=understood)))
    return found
