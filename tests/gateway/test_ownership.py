from itertools import product

import pytest

from gateway.ownership import (
    TRANSITIONS,
    Owner,
    OwnershipEvent,
    OwnershipRefused,
    next_owner,
)

REFUSED = [pair for pair in product(Owner, OwnershipEvent) if pair not in TRANSITIONS]


@pytest.mark.parametrize(("owner", "event"), list(TRANSITIONS))
def test_every_transition_changes_the_owner(owner: Owner, event: OwnershipEvent):
    assert next_owner(owner, event) is not owner


@pytest.mark.parametrize(("owner", "event"), REFUSED)
def test_whatever_is_not_in_the_table_is_refused(owner: Owner, event: OwnershipEvent):
    with pytest.raises(OwnershipRefused, match=owner):
        next_owner(owner, event)


def test_every_owner_can_be_reached_from_the_bot():
    reached = {Owner.BOT}
    for _ in Owner:
        reached |= {after for (before, _), after in TRANSITIONS.items() if before in reached}
    assert reached == set(Owner)


def test_every_event_means_something():
    assert {event for _, event in TRANSITIONS} == set(OwnershipEvent)


def test_a_closed_conversation_and_a_ticket_stay_what_they_are():
    assert not [pair for pair in TRANSITIONS if pair[0] in {Owner.CLOSED, Owner.TICKET}]
