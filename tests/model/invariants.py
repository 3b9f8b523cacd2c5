"""What must hold whatever happened, read from Redis and not from the code's own view."""

import re
from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from gateway.conversation_log import Entry, Sender
from gateway.handover import HandoverEvent, Held, keys
from gateway.handover.limits import next_due
from gateway.handover.models import MOST_SEATS
from gateway.ownership import VOICES, Owner, OwnershipEvent, Voice
from support.ids import ConversationId
from tests.model.world import AGENTS, LIMITS, World

JOINED: Final = re.compile(r"^(\w+) has joined the chat\.$")
LEFT: Final = re.compile(
    r"I'm the assistant again|^I'm sorry, \w+ seems|is passing you on|has ended"
)
BEGUN: Final = re.compile(r"of epoch (\d+)")
WITH_AGENT: Final = frozenset({Owner.AGENT, Owner.SNOOZED, Owner.RESERVED})


async def check_conversation(world: World, conversation_id: ConversationId) -> Held:
    """Check one conversation: its owner, its history and what was said in it."""
    held, history, entries = await _as_it_stands(world, conversation_id)
    _check_history(held, history)
    _check_voices(history, entries)
    _check_words(entries)
    cards = [card for entry in entries for card in entry.body.cards]
    ratings = [card for card in cards if card["kind"] == "csat"]
    assert len(ratings) <= 1, "a rating was asked for twice"
    return held


async def _as_it_stands(
    world: World, conversation_id: ConversationId
) -> tuple[Held, list[HandoverEvent], list[Entry]]:
    """Read a conversation as of one moment: what a dead process had sent may just be arriving."""
    store = world.handover.store
    while True:
        held = await store.read(conversation_id)
        history = await store.history(conversation_id)
        entries: list[Entry] = []
        while page := await world.log.read(conversation_id, after=len(entries)):
            entries += page
        if (await store.read(conversation_id)).epoch == held.epoch:
            return held, history, entries


def _check_history(held: Held, history: list[HandoverEvent]) -> None:
    """One owner at any time, one change after the other, and nothing fires early."""
    assert [event.epoch for event in history] == list(range(2, held.epoch + 1))
    owners = [Owner.BOT, *(event.after for event in history)]
    assert [event.before for event in history] == owners[:-1]
    assert held.owner is owners[-1]
    if held.owner is not Owner.CLOSED:
        assert (held.handling.agent is not None) == (held.owner in WITH_AGENT), held
    offers = [event for event in history if event.event is OwnershipEvent.WAITED_LONG]
    for earlier, later in pairwise(offers):
        between = {event.after for event in history[earlier.epoch - 1 : later.epoch - 2]}
        assert between - {Owner.QUEUED, Owner.RESERVED}, "a call-back was offered twice"


def _check_voices(history: list[HandoverEvent], entries: list[Entry]) -> None:
    """Whoever spoke had the word at that moment."""
    owner = {1: Owner.BOT, **{event.epoch: event.after for event in history}}
    agent = {event.epoch: event.agent for event in history}
    names = {one.first_name: one.agent_id for one in AGENTS}
    assert [entry.epoch for entry in entries] == sorted(entry.epoch for entry in entries)
    for entry in entries:
        if entry.sender is Sender.BOT and (begun := BEGUN.search(entry.text)):
            between = range(int(begun[1]), entry.epoch + 1)
            voices = {VOICES[owner[epoch]] for epoch in between}
            assert voices == {Voice.ASSISTANT}, "an answer from before an agent came"
        if entry.sender is Sender.BOT:
            assert VOICES[owner[entry.epoch]] is Voice.ASSISTANT, "the assistant spoke out of turn"
        if entry.sender is Sender.AGENT:
            assert VOICES[owner[entry.epoch]] is Voice.PERSON, "an agent spoke out of turn"
            assert names[entry.body.author or ""] == agent[entry.epoch], "another agent spoke"


def _check_words(entries: list[Entry]) -> None:
    """No bot message after an agent has joined, by nothing but what the customer reads."""
    with_agent = False
    for entry in entries:
        if entry.sender is Sender.SYSTEM and JOINED.match(entry.text):
            with_agent = True
        elif entry.sender is Sender.SYSTEM and LEFT.search(entry.text):
            with_agent = False
        assert not (with_agent and entry.sender is Sender.BOT), "the assistant spoke after a person"


async def check_promise(world: World, conversation_id: ConversationId) -> None:
    """Whoever was told that a person is asked for got one, or something else happened first."""
    held = await world.handover.store.read(conversation_id)
    last = Owner.BOT
    for event in await world.handover.store.history(conversation_id):
        last = event.after
    for entry in await world.log.read(conversation_id, after=0):
        if "with a person" in entry.text and entry.epoch == held.epoch:
            assert last is not Owner.BOT, "a person was promised and not asked for"


async def check_view(world: World) -> set[tuple[str, str, str]]:
    """Check that nothing is forgotten: the desk's view is what the conversations say.

    Returns which changes of owner there were.
    """
    assert not await world.redis.zcard(keys.UNSETTLED), "a change is still unsettled"
    timers: Any = dict(await world.redis.zrange(keys.TIMERS, 0, -1, withscores=True))
    seats: Any = await world.redis.hgetall(keys.SEATS)
    waiting: Any = set(await world.redis.zrange(keys.WAITING, 0, -1))
    shown = {held.conversation_id: held for held in await world.handover.store.all_held()}
    recorded: Counter[tuple[str, int]] = Counter()
    for _, fields in await world.redis.xrange(keys.EVENTS):
        event = HandoverEvent.model_validate_json(fields["event"])
        recorded[event.conversation_id, event.epoch] += 1
    everything: Counter[tuple[str, int]] = Counter()
    changes: set[tuple[str, str, str]] = set()
    for conversation_id in world.conversations:
        held = await world.handover.store.read(conversation_id)
        for event in await world.handover.store.history(conversation_id):
            everything[conversation_id, event.epoch] += 1
            changes.add((event.before, event.event, event.after))
        kept = held.owner not in {Owner.BOT, Owner.CLOSED}
        assert (conversation_id in shown) == kept, f"{held.owner} is not on the board"
        assert not kept or shown[conversation_id].owner is held.owner
        waits = held.owner in {Owner.QUEUED, Owner.RESERVED}
        assert (conversation_id in waiting) == waits, f"{held.owner} in the queue: {not waits}"
        seat = held.handling.agent if held.owner in {Owner.RESERVED, Owner.AGENT} else None
        assert seats.get(conversation_id) == seat, f"{held.owner} has another seat"
        due = next_due(held, LIMITS)
        assert (conversation_id in timers) or due is None, f"{held.owner} has no timer"
        assert due is None or timers[conversation_id] <= due.at.timestamp(), "a timer is late"
    assert recorded == everything, "a change was recorded twice, or not at all"
    assert all(taken <= MOST_SEATS for taken in Counter(seats.values()).values())
    return changes


async def check_nothing_is_due(world: World, now: datetime) -> None:
    """Check, after a round, that every timer that was due has fired."""
    for conversation_id in world.conversations:
        held = await world.handover.store.read(conversation_id)
        due = next_due(held, LIMITS)
        assert due is None or due.at > now, f"{due} has not fired"
