from itertools import product
from pathlib import Path

import pytest

from gateway.ownership import (
    TRANSITIONS,
    VOICES,
    Effect,
    Guard,
    Owner,
    OwnershipEvent,
    OwnershipRefused,
    Voice,
    change,
)

PAIRS = {(owner, event) for owner, event, _ in TRANSITIONS}
REFUSED = [pair for pair in product(Owner, OwnershipEvent) if pair not in PAIRS]


@pytest.mark.parametrize(("owner", "event", "guard"), list(TRANSITIONS))
def test_every_row_applies_where_its_guard_holds(owner: Owner, event: OwnershipEvent, guard: Guard):
    assert change(owner, event, guard) == TRANSITIONS[owner, event, guard]


@pytest.mark.parametrize(("owner", "event"), REFUSED)
@pytest.mark.parametrize("guard", Guard)
def test_whatever_is_not_in_the_table_is_refused(owner: Owner, event: OwnershipEvent, guard: Guard):
    with pytest.raises(OwnershipRefused, match=owner):
        change(owner, event, guard)


@pytest.mark.parametrize(("owner", "event", "guard"), list(TRANSITIONS))
def test_the_voice_that_ends_is_fenced(owner: Owner, event: OwnershipEvent, guard: Guard):
    led_to = TRANSITIONS[owner, event, guard]
    changes = VOICES[owner] is not VOICES[led_to.after]
    hands_on = event is OwnershipEvent.AGENT_TOOK_OVER
    assert (Effect.FENCE in led_to.effects) == (changes or hands_on)


@pytest.mark.parametrize(("owner", "event", "guard"), list(TRANSITIONS))
def test_whoever_waits_has_a_place_and_nobody_else(
    owner: Owner, event: OwnershipEvent, guard: Guard
):
    led_to = TRANSITIONS[owner, event, guard]
    waits = {Owner.QUEUED, Owner.RESERVED}
    joins = bool({Effect.JOIN_QUEUE, Effect.JOIN_FRONT} & led_to.effects)
    assert joins == (led_to.after in waits and owner not in waits)
    if owner in waits and led_to.after not in waits:
        assert Effect.LEAVE_QUEUE in led_to.effects


def test_every_owner_can_be_reached_from_the_assistant():
    reached = {Owner.BOT}
    for _ in Owner:
        reached |= {led.after for (before, _, _), led in TRANSITIONS.items() if before in reached}
    assert reached == set(Owner)


def test_every_event_guard_and_effect_means_something():
    assert {event for _, event, _ in TRANSITIONS} == set(OwnershipEvent)
    assert {guard for _, _, guard in TRANSITIONS} == set(Guard)
    assert {effect for led in TRANSITIONS.values() for effect in led.effects} == set(Effect)


def test_the_end_is_the_end():
    assert not [row for row in TRANSITIONS if row[0] is Owner.CLOSED]


def test_every_owner_but_the_end_can_be_left_by_the_customer():
    leavable = {owner for owner, event, _ in TRANSITIONS if event is OwnershipEvent.CUSTOMER_LEFT}
    assert leavable == set(Owner) - {Owner.CLOSED}


def test_the_scripts_know_the_same_voices():
    script = Path("gateway/conversation_log/voice.lua").read_text()
    persons = {owner for owner in Owner if f"owner == '{owner}'" in script.split("'person'")[0]}
    assert persons == {owner for owner, voice in VOICES.items() if voice is Voice.PERSON}
    assert "owner == 'CLOSED' then return 'nobody'" in script
