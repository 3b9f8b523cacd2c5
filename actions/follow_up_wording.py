"""News about a followed order as response keys with their facts, in the fewest words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from actions.cases import KIND_NAMES, STATE_KEYS, told_by
from actions.order_view import OrderView
from actions.parcel_wording import ParcelWording
from actions.reply import Say
from actions.responses import ResponseKey
from actions.services import Services
from actions.tickets import SOURCE
from actions.tickets import STATE_KEYS as TICKET_STATE_KEYS
from support.decisions.case_status import Filed
from support.decisions.eta import Eta, EtaBasis
from support.decisions.follow_up import Change, Subject
from support.facts import Evidence, Fact
from support.systems.cases.models import Case
from support.systems.marketplace.models import Ticket

_DATES: Final = {
    (False, False): ResponseKey.FOLLOW_UP_DUE,
    (False, True): ResponseKey.FOLLOW_UP_OVERDUE,
    (True, False): ResponseKey.FOLLOW_UP_DUE_PUBLISHED,
    (True, True): ResponseKey.FOLLOW_UP_OVERDUE_PUBLISHED,
}
"""By whether the date is worked out from published times, and whether it is over."""


def _is_published(eta: Eta) -> bool:
    return eta.basis is EtaBasis.PUBLISHED


@dataclass(frozen=True, slots=True)
class FollowUpWording:
    """Words what has changed about one order: one message, items and address left out."""

    view: OrderView
    filed: Sequence[Filed]
    services: Services

    def says(self, changed: Iterable[Change]) -> Iterator[Say]:
        """Yield which order it is about, and each thing that changed below it."""
        subjects: dict[str, set[Subject]] = {}
        for change in changed:
            subjects.setdefault(change.id, set()).add(change.subject)
        number = Fact(str(self.view.order.number), self.view.found.told)
        yield Say(ResponseKey.FOLLOW_UP_NEWS, facts={"order_number": number})
        for position, standing in enumerate(self.view.standings, start=1):
            about = subjects.get(standing.parcel.id, set()) & {Subject.PARCEL, Subject.DUE}
            if about:
                yield from self._parcel(position, about)
        for one in self.filed:
            if subjects.get(one.reference, set()) & {Subject.CASE, Subject.TICKET}:
                yield from self._case(one) if isinstance(one, Case) else self._ticket(one)

    def _parcel(self, position: int, about: set[Subject]) -> Iterator[Say]:
        standing, count = self.view.standings[position - 1], len(self.view.standings)
        words = ParcelWording(
            self.view.found,
            standing,
            self.services.carriers,
            self.services.knowledge,
            self.view.spoken,
            position,
            count,
        )
        if count > 1:
            place = {"position": str(position), "count": str(count)}
            yield Say(ResponseKey.PARCEL_TITLE_WITHOUT_ITEMS, words=place, joins=True)
        if Subject.PARCEL in about:
            yield words.state()
            yield from words.when()
            yield from words.where()
        eta = standing.eta
        if eta is not None:
            day = Fact(self.view.spoken.day(eta.value.day), eta.evidence)
            yield Say(
                _DATES[_is_published(eta.value), eta.value.overdue], facts={"date": day}, joins=True
            )

    def _case(self, case: Case) -> Iterator[Say]:
        told = told_by(self.services)
        facts = {"kind": KIND_NAMES[case.kind], "reference": str(case.reference)}
        yield Say(
            ResponseKey.FOLLOW_UP_CASE,
            facts={name: Fact(value, told) for name, value in facts.items()},
            joins=True,
        )
        since = {"since": Fact(self.view.spoken.time(case.changed_at), told)}
        yield Say(STATE_KEYS[case.state], facts=since, joins=True)
        if case.outcome:
            outcome = {"outcome": Fact(case.outcome, told)}
            yield Say(ResponseKey.CASE_OUTCOME, facts=outcome, joins=True)

    def _ticket(self, ticket: Ticket) -> Iterator[Say]:
        told = Evidence(SOURCE, self.services.now())
        facts = {"seller": ticket.seller_name, "reference": str(ticket.reference)}
        yield Say(
            ResponseKey.FOLLOW_UP_TICKET,
            facts={name: Fact(value, told) for name, value in facts.items()},
            joins=True,
        )
        yield Say(TICKET_STATE_KEYS[ticket.state], checked=(told,), joins=True)
        if ticket.answer:
            answer = {"answer": Fact(ticket.answer, told)}
            yield Say(ResponseKey.TICKET_ANSWER, facts=answer, joins=True)
