"""Every place in every text that customers read is filled from something that somebody said."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from redis.asyncio import Redis

from actions.provenance import FILLED_BY_RASA, WORDS, Unproven
from actions.reply import Say
from actions.responses import ResponseKey
from support.knowledge.disruptions import Disruptions
from tests.actions.chatting import Chat
from tests.actions.conversing import converse, follow_script
from tests.actions.looked_up import LookedUp, Place, looked_up
from tests.actions.rendering import SLOT, variants
from tests.actions.scenes import SCENES
from tests.actions.services import now
from tests.actions.situations import Situation, situations
from tests.actions.talk_of_everything import OPENINGS, SCRIPTS
from tests.actions.worlds import WORLDS
from tests.knowledge import library

__all__ = ["looked_up"]

PLACES: Final = {
    (key, place)
    for key, found in variants().items()
    for variant in found
    for place in SLOT.findall(variant["text"])
}
"""Every place of every channel's variant of every text."""

SAID_BY_US: Final = set(ResponseKey)
FACTS: Final = {
    (key, place)
    for key, place in PLACES
    if key in SAID_BY_US and place not in WORDS.get(ResponseKey(key), {})
}
"""Those in which something is stated."""

ONE_VALUE_ONLY: Final[set[Place]] = {
    # Both speak of today.
    (ResponseKey.PARCEL_READY_ANY_TIME, "date"),
    (ResponseKey.PARCEL_READY_FROM, "date"),
    # Of the ways of delivery only the standard one has a published time everywhere.
    *((key, "method") for key, place in PLACES if place == "method"),
}
"""Places for which the world has just one name."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.mark.timeout(300)
async def test_whatever_is_stated_was_looked_up_and_shows_who_said_it(
    redis: Redis, looked_up: LookedUp, folder: Path
) -> None:
    for world in WORLDS:
        disruptions = Disruptions(world.disruptions(folder), now=now)
        for situation in situations(world):
            chance = random.Random(situation.name)  # noqa: S311 - the same ones each time
            for opening in chance.sample(OPENINGS, 5):
                await redis.flushall()
                chat = chat_of(situation, redis, disruptions)
                await converse(chat, looked_up, chance, opening)

            for turns in [SCRIPTS[situation.name]] if situation.name in SCRIPTS else []:
                for known in (situation.knowledge, library()):
                    await redis.flushall()
                    chat = chat_of(replace(situation, knowledge=known), redis, disruptions)
                    await follow_script(chat, looked_up, turns)
        for scene in SCENES:
            await redis.flushall()
            await scene(world, redis, looked_up)

    assert "\n".join(sorted(set(looked_up.wrong))) == ""
    assert never_told(looked_up) == []
    assert always_the_same(looked_up) == []


def never_told(watch: LookedUp) -> list[Place]:
    """Return the facts that none of the conversations came to."""
    return sorted(place for place in FACTS if place not in watch.values)


def always_the_same(watch: LookedUp) -> list[tuple[str, ...]]:
    """Return the facts that were the same in both worlds, as what is made up would be."""
    same = (place for place in FACTS - ONE_VALUE_ONLY if len(watch.values[place]) == 1)
    return [(*place, *watch.values[place]) for place in sorted(same)]


def chat_of(situation: Situation, redis: Redis, disruptions: Disruptions) -> Chat:
    return Chat(
        situation.order,
        redis,
        knowledge=situation.knowledge,
        carriers=situation.carriers,
        disruptions=disruptions,
    )


def test_every_place_is_a_fact_or_declared_to_be_something_else() -> None:
    declared = {(key, place) for key, places in WORDS.items() for place in places}
    by_rasa = {(key, place) for key, places in FILLED_BY_RASA.items() for place in places}

    assert {key for key, _ in PLACES} - SAID_BY_US == set(FILLED_BY_RASA)
    assert by_rasa - PLACES == set()
    assert {key for key, _ in declared} - {key for key, _ in PLACES} == set()


@pytest.mark.parametrize("place", sorted(FACTS), ids="-".join)
def test_what_is_stated_cannot_be_filled_with_mere_words(place: Place) -> None:
    with pytest.raises(Unproven):
        Say(ResponseKey(place[0]), words={place[1]: "Wednesday"})
