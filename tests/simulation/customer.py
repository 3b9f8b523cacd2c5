"""A simulated customer: reads what the assistant said last, and decides what to say.

They recognise what is asked by the wording in data/responses and answer it from their persona's
words; where nothing is asked and their problem is not dealt with, they put it in other words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from actions.questions import Question
from tests.end_to_end.customer import Answer
from tests.simulation.moves import OFFERS, USUALLY_ANSWERED, Move, button_for
from tests.simulation.outcomes import Outcome
from tests.simulation.personas import Manner, Persona, styled
from tests.simulation.problems import BY_NAME, Problem
from tests.simulation.questions import Asked, Wanted, wanted
from tests.simulation.words import Meaning, words
from tests.simulation.worlds import World
from tests.wordings import texts_of

_MOST_TIMES_IN_OTHER_WORDS: Final = 3
_MOST_TIMES_INDIRECT: Final = 3
_DETAILS: Final = frozenset({Asked.NUMBER, Asked.CONTACT, Asked.BOTH})


@dataclass
class SimulatedCustomer:
    """One customer with one order. `code` reads the one-time code that was sent to them."""

    persona: Persona
    problem: Problem
    world: World
    chance: Random
    code: Callable[[World], str]
    _open: list[Problem] = field(init=False)
    _used: set[str] = field(default_factory=set)
    _indirect: set[Wanted] = field(default_factory=set)
    _gave_details: bool = False
    _other_words: int = 0
    _was_wrong: bool = False
    _asked_back: bool = False
    _declined: bool = False
    _takes_back: bool = False

    def __post_init__(self) -> None:
        self._open = list(self.problems)
        if self.persona.changes_mind:
            self._open = [_decoy(self.problem)]
        self.contact = self.chance.choice([self.world.email, self.world.phone])
        self.gives_details = self.chance.random() < self.persona.details_first

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What has to be dealt with."""
        second = (BY_NAME[self.problem.second],) if self.persona.two_problems else ()
        return (self.problem, *second)

    def opening(self) -> Move:
        """Return the first message."""
        put = " and also ".join(self._put(one) for one in self._open)
        if self.gives_details:
            put = f"{put}. {self._details(Meaning.BOTH)}"
        return Move(styled(put, self.persona, self.chance, opening=True))

    def next(self, answer: Answer, outcome: Outcome) -> Move | None:
        """Return the next message; None where this customer goes."""
        asked = wanted(answer)
        if self._takes_back:
            self._takes_back = False
            return self._typed(Meaning.CHANGED_MIND)
        if isinstance(asked, Question):
            return self._beside_the_point(asked) or self._answered(asked, answer)
        if asked in _DETAILS:
            return self._beside_the_point(asked) or self._detail(asked)
        if asked is Asked.CORRECTION:
            return self._typed(Meaning.CORRECTED)
        return self._gone_on(answer, outcome)

    def _gone_on(self, answer: Answer, outcome: Outcome) -> Move | None:
        """Return what is said where nothing is asked: the next problem, or the same one again."""
        present = self._open[0]
        if self.persona.changes_mind and present is not self.problem:
            self._open = [self.problem]
            return self._turned_to(self.problem)
        self._open = [one for one in self._open if not one.completed(outcome)]
        if not self._open:
            return None
        if self._open[0] is not present:
            self._other_words = 0
            return self._turned_to(self._open[0])
        return self._in_other_words(answer)

    def _put(self, problem: Problem) -> str:
        told = problem.words
        texts = told.short if self.persona.manner is Manner.TERSE else told.full
        if self.persona.manner is Manner.CONFUSED:
            texts = (*told.full, *told.short)
        seller = self.world.article.seller or {"name": "the seller"}
        store = self.world.demo.order["delivery"]["store"] or {"name": "the store"}
        unused = [one for one in texts if one not in self._used] or texts
        text = self.chance.choice(unused)
        self._used.add(text)
        return text.format(
            item=self.world.article.called, seller=seller["name"], store=store["name"]
        )

    def _turned_to(self, problem: Problem) -> Move:
        put = words(
            Meaning.NOT_THAT_BUT, self.persona.manner, self.chance, problem=self._put(problem)
        )
        return Move(styled(put, self.persona, self.chance))

    def _in_other_words(self, answer: Answer) -> Move | None:
        self._other_words += 1
        if self._other_words > _MOST_TIMES_IN_OTHER_WORDS:
            return None
        title = next((one for one in answer.choices if one in texts_of(self._open[0].choice)), None)
        if title:
            return Move(title, pressed=True)
        put = self._put(self._open[0])
        if self._other_words > 1 and not self._gave_details:
            put = f"{put}. {self._details(Meaning.BOTH)}"
        return Move(styled(put, self.persona, self.chance))

    def _beside_the_point(self, asked: Wanted) -> Move | None:
        """Return what somebody says who does not answer, or asks back; None where they answer."""
        if self.persona.asks_back and asked in _DETAILS and not self._asked_back:
            self._asked_back = True
            return self._typed(Meaning.WHAT_NOW)
        evades = self.persona.never_direct and len(self._indirect) < _MOST_TIMES_INDIRECT
        if evades and asked not in self._indirect:
            self._indirect.add(asked)
            return self._typed(Meaning.INDIRECT)
        return None

    def _detail(self, asked: Wanted) -> Move:
        meaning = {
            Asked.NUMBER: Meaning.NUMBER,
            Asked.CONTACT: Meaning.CONTACT,
            Asked.BOTH: self.chance.choice([Meaning.BOTH, Meaning.BOTH, Meaning.NUMBER]),
        }[Asked(asked)]
        return Move(styled(self._details(meaning), self.persona, self.chance))

    def _details(self, meaning: Meaning) -> str:
        self._gave_details = True
        number, contact = self.world.number, self.contact
        if self.persona.wrong_first and not self._was_wrong:
            self._was_wrong = True
            if meaning is not Meaning.CONTACT and self.chance.random() < 0.5:
                number = f"{number[:-3]}{number[-1]}{number[-2]}9"
            else:
                contact = "old." + self.world.email
        return words(meaning, self.persona.manner, self.chance, number=number, contact=contact)

    def _answered(self, asked: Question, answer: Answer) -> Move:
        meaning = self._meaning(asked)
        if meaning is None:
            return self._first_of(answer.choices)
        title = button_for(meaning, answer.choices, self.world.article.name)
        if title and self.chance.random() < self.persona.presses:
            return Move(title, pressed=True)
        return self._typed(meaning)

    def _first_of(self, choices: tuple[str, ...]) -> Move:
        return Move(choices[0], pressed=True) if choices else self._typed(Meaning.YES)

    def _meaning(self, asked: Question) -> Meaning | None:
        if asked in OFFERS and self.persona.changes_mind and not self._declined:
            self._declined = self._takes_back = True
            return Meaning.NO
        if asked is Question.TELL_ME:
            return self.chance.choice([Meaning.YES, Meaning.NO])
        return self.problem.answers.get(asked) or USUALLY_ANSWERED.get(asked)

    def _typed(self, meaning: Meaning) -> Move:
        text = words(
            meaning,
            self.persona.manner,
            self.chance,
            number=self.world.number,
            contact=self.contact,
            item=self.world.article.called,
            address=self.world.plan.other_home.typed,
            code=self.code(self.world) if meaning is Meaning.CODE else "",
        )
        return Move(styled(text, self.persona, self.chance))


def _decoy(problem: Problem) -> Problem:
    """Return what somebody asks first who then turns out to want something else."""
    return BY_NAME["when will it come" if problem.name == "where is it" else "where is it"]
