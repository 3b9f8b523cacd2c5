"""What an action answers: response keys with their facts, slots to set, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.responses import ResponseKey
from support.facts import Evidence, Fact
from support.handover import PersonRequest, Reason


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button: what it says, and what pressing it means (an intent with its entities)."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Say:
    """One response key with its values.

    `facts` are claims about an order and carry their evidence; `words` are not claims (counts,
    positions, what the customer said). `checked` is evidence for what the wording itself claims.
    `cards` tell the same as data, for those who draw it.
    `joins` puts the text into the bubble of the one before. With `choice`, a payload, the text is
    no sentence but the title of a button under it. `person` is why somebody has to take over.
    """

    key: ResponseKey
    facts: Mapping[str, Fact[str]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    checked: tuple[Evidence, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()
    cards: tuple[Mapping[str, Any], ...] = ()
    joins: bool = False
    choice: str | None = None
    person: Reason | None = None

    def evidence(self) -> list[dict[str, str]]:
        """Return who said what is claimed, without repeats, for the message's `evidence`."""
        told = [*self.checked, *(fact.evidence for fact in self.facts.values())]
        newest: dict[str, Evidence] = {}
        for one in told:
            if one.source not in newest or newest[one.source].at < one.at:
                newest[one.source] = one
        return [{"source": one.source, "at": one.at.isoformat()} for one in newest.values()]

    def utter(self, dispatcher: CollectingDispatcher, request: PersonRequest | None = None) -> None:
        """Hand this over to Rasa, which words it for the customer's channel.

        `request` goes along where somebody has to take over.
        """
        values: dict[str, Any] = {name: fact.value for name, fact in self.facts.items()}
        values.update(self.words)
        if evidence := self.evidence():
            values["evidence"] = evidence
        if self.cards:
            values["cards"] = [dict(card) for card in self.cards]
        if self.joins:
            values["joins"] = True
        if self.choice:
            values["choice"] = self.choice
        if self.person and request is not None:
            values["person"] = request.model_dump(mode="json", exclude_defaults=True)
        dispatcher.utter_message(
            response=self.key,
            buttons=[{"title": one.title, "payload": one.payload} for one in self.quick_replies],
            **values,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """An action's whole answer. `then` names the form or action that Rasa runs next.

    `offer` is the intent that a "yes" to this answer means, `choices` those that "the second one"
    picks from.
    """

    says: tuple[Say, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    then: str | None = None
    leaves_form: bool = False
    offer: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def person(self) -> Reason | None:
        """Why somebody has to take over; None where nobody has."""
        return next((say.person for say in self.says if say.person), None)

    def with_slots(self, slots: Mapping[str, Any]) -> "Reply":
        """Return this reply with more slots to set."""
        return replace(self, slots={**self.slots, **slots})

    def preceded_by(self, *says: Say) -> "Reply":
        """Return this reply with something said before it."""
        return replace(self, says=(*says, *self.says))

    def followed_by(self, *says: Say) -> "Reply":
        """Return this reply with something said after it."""
        return replace(self, says=(*self.says, *says))

    def events(self) -> list[EventType]:
        """Return the events that Rasa applies after the utterances."""
        events: list[EventType] = [SlotSet(name, value) for name, value in self.slots.items()]
        if "matter" in self.slots:
            events.append(SlotSet("asking", True if self.slots["matter"] else None))
        if self.leaves_form:
            events += [ActiveLoop(None), SlotSet("requested_slot", None)]
        if self.then:
            events.append(FollowupAction(self.then))
        return events
