"""Goes through the groups with a person. Each decision is carried out at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from rasa_runtime.review import screens
from rasa_runtime.review.candidates import Candidate, candidates_of
from rasa_runtime.review.commands import HELP, Action, Command, NotUnderstood, command_of
from rasa_runtime.review.grouping import Group
from rasa_runtime.review.messages import StoredMessage
from rasa_runtime.review.suggestions import Ranking
from rasa_runtime.review.training_files import Added, TrainingFiles

Suggest = Callable[[Sequence[Candidate]], Ranking]
Remove = Callable[[Iterable[StoredMessage]], None]


class Terminal(Protocol):
    """Where the person sits."""

    def say(self, text: str) -> None:
        """Show a text."""

    def ask(self, prompt: str, prefilled: str = "") -> str:
        """Return one line of input; raise EOFError or KeyboardInterrupt when there is no more."""


class Quit(Exception):
    """The person has had enough."""


class Session:
    """One sitting. `remove` takes reviewed messages off the list."""

    def __init__(
        self, *, files: TrainingFiles, suggest: Suggest, remove: Remove, terminal: Terminal
    ) -> None:
        self._files = files
        self._suggest = suggest
        self._remove = remove
        self._terminal = terminal
        self.added: Counter[Path] = Counter()
        """How many lines were added to which file."""

    def run(self, groups: Sequence[Group]) -> None:
        """Show each group until every line of it is decided; end when the person quits."""
        try:
            for number, group in enumerate(groups, start=1):
                self._terminal.say(screens.heading(group, number, len(groups)))
                self._review(candidates_of(group))
        except (Quit, EOFError, KeyboardInterrupt):
            pass
        self._terminal.say(screens.summary(self.added))

    def _review(self, candidates: list[Candidate]) -> None:
        while candidates:
            suggested = self._suggest(candidates)
            self._terminal.say(screens.choices(candidates, suggested))
            command = self._command(candidates, [intent for intent, _ in suggested])
            candidates = self._carry_out(command, candidates)

    def _command(self, candidates: Sequence[Candidate], suggested: Sequence[str]) -> Command:
        """Return what the person wants, asking until that is clear."""
        while True:
            answer = self._terminal.ask("> ")
            try:
                command = command_of(
                    answer,
                    suggested=suggested,
                    intents=self._files.intents,
                    lines=len(candidates),
                )
            except NotUnderstood as problem:
                self._terminal.say(str(problem))
                continue
            if command.action not in (Action.HELP, Action.LIST_INTENTS):
                return command
            self._explain(command.action)

    def _explain(self, action: Action) -> None:
        is_help = action is Action.HELP
        self._terminal.say(HELP if is_help else screens.columns(self._files.intents))

    def _carry_out(self, command: Command, candidates: list[Candidate]) -> list[Candidate]:
        """Return what is still to be decided."""
        chosen = [candidates[position] for position in command.positions]
        match command.action:
            case Action.QUIT:
                raise Quit
            case Action.EDIT:
                return self._edited(chosen, candidates)
            case Action.DELETE if not self._is_confirmed(chosen):
                return candidates
            case Action.DELETE:
                self._done_with(chosen)
            case Action.LABEL:
                self._label(chosen, command.intent)
        return [candidate for candidate in candidates if candidate not in chosen]

    def _label(self, chosen: Sequence[Candidate], intent: str) -> None:
        for candidate in chosen:
            if candidate.is_known_as(intent):
                self._terminal.say(screens.known(candidate, intent))
                self._done_with([candidate])
            else:
                self._add(candidate, intent)

    def _add(self, candidate: Candidate, intent: str) -> None:
        place = self._files.add(intent, candidate.text)
        if isinstance(place, Added):
            self.added[place.path] += 1
        self._terminal.say(screens.placed(candidate, place, intent))
        if place.intent == intent:
            self._done_with([candidate])

    def _done_with(self, candidates: Iterable[Candidate]) -> None:
        for candidate in candidates:
            self._remove(candidate.line.messages)

    def _edited(self, chosen: Sequence[Candidate], candidates: list[Candidate]) -> list[Candidate]:
        if len(chosen) != 1:
            self._terminal.say("Edit one line at a time: e a")
            return candidates
        (old,) = chosen
        text = self._terminal.ask("New text: ", old.text).strip()
        new = old.edited(text or old.text)
        return [new if candidate is old else candidate for candidate in candidates]

    def _is_confirmed(self, chosen: Sequence[Candidate]) -> bool:
        if len(chosen) == 1:
            return True
        answer = self._terminal.ask(f"Delete all {len(chosen)} lines for good? y/n ")
        return answer.strip().lower() in ("y", "yes")
