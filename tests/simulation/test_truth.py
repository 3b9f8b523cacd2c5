"""The judge itself: it must find what is untrue, and leave alone what is true."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from sandbox.demo.pieces import Json
from support.systems.carriers.registry import AUSTRALIA_POST
from support.times import spoken_date, spoken_time
from tests.end_to_end.customer import Answer, Reply
from tests.knowledge import library
from tests.orders import NOW
from tests.simulation.catalogue import ARTICLES, HOMES
from tests.simulation.facts import Facts
from tests.simulation.pieces import Chances
from tests.simulation.stories import Story
from tests.simulation.truth import told_statuses, untrue
from tests.simulation.worlds import ParcelPlan, Plan, World, world_of
from tests.wordings import texts_of

CHANCES = Chances(AUSTRALIA_POST, days=2, hours=5, promised=3, note="")
CASE = {
    "reference": "C100001",
    "kind": "missing_parcel",
    "order_number": "620000001",
    "opened_at": "2026-11-24T01:00:00+00:00",
}


def world(*stories: Story) -> World:
    parcels = tuple(
        ParcelPlan(story, CHANCES, article)
        for story, article in zip(stories, ARTICLES, strict=False)
    )
    plan = Plan(parcels, HOMES[0], HOMES[1], store=0, first_name="Kylie", express=False)
    return world_of(plan, 1, NOW)


def facts(about: World, *, said: str = "", cases: Iterable[Json] = ()) -> Facts:
    return Facts(about, library(), said, list(cases), [], NOW, NOW + timedelta(minutes=1))


def answer(*lines: str) -> Answer:
    return Answer([Reply("bot", "\n".join(lines), (), (), {})])


MOVING = world(Story.MOVING)
PARCEL = MOVING.demo.order["parcels"][0]
PROMISED = next(facts(MOVING).said_times(PARCEL["promised_by"]))
SENT = next(facts(MOVING).said_times(PARCEL["dispatched_at"]))
NUMBER = PARCEL["tracking_number"]
IN_TWO_MONTHS = spoken_date(NOW.date() + timedelta(days=60), today=NOW.date())


def said(key: str, **values: str) -> str:
    return texts_of(key)[0].format(**values)


@pytest.mark.parametrize(
    "line",
    [
        said("utter_parcel_shipped"),
        said("utter_parcel_eta_promised", date=PROMISED),
        said("utter_parcel_since", since=SENT),
        said("utter_parcel_carrier_number", carrier="Australia Post", tracking_number=NUMBER),
        said("utter_parcel_items", items="Anko 1.7 L Stainless Steel Kettle"),
        said("utter_thanks"),
    ],
)
def test_what_is_on_record_is_true(line: str) -> None:
    assert untrue(answer(line), facts(MOVING)) == []


@pytest.mark.parametrize(
    "line",
    [
        said("utter_parcel_delivered"),
        said("utter_parcel_delivered_at", since=SENT),
        said("utter_parcel_eta_promised", date=IN_TWO_MONTHS),
        said("utter_parcel_overdue", date=PROMISED),
        said("utter_parcel_carrier_number", carrier="StarTrack", tracking_number=NUMBER),
        said("utter_parcel_carrier_number", carrier="Australia Post", tracking_number="6KMT001"),
        said("utter_parcel_items", items="Anko 3.2 L Air Fryer"),
        said("utter_parcel_seller", seller="Brightside Lighting"),
        said("utter_parcel_store", store="Kmart Geelong"),
        said("utter_case_opened", kind="missing parcel investigation", reference="C100777"),
        "Your address has been changed.",
        f"Somebody said it comes on {IN_TWO_MONTHS}.",
    ],
)
def test_what_is_on_no_record_is_untrue(line: str) -> None:
    assert untrue(answer(line), facts(MOVING)) != []


def test_a_case_is_named_by_its_own_reference_and_kind() -> None:
    about = facts(world(Story.DELIVERED), cases=[CASE])
    right, wrong = (
        said("utter_case_opened", kind=kind, reference="C100001")
        for kind in ("missing parcel investigation", "check with the store")
    )

    assert untrue(answer(right), about) == []
    assert untrue(answer(wrong), about) != []


def test_a_parcel_has_only_its_own_status_and_number() -> None:
    both = world(Story.DELIVERED, Story.MOVING)
    first, second = both.demo.order["parcels"]
    title = said("utter_parcel_title", position="2", count="2", items="Anko 3.2 L Air Fryer")
    own, other = (
        said("utter_parcel_number_only", tracking_number=one["tracking_number"])
        for one in (second, first)
    )

    assert untrue(answer(title, own), facts(both)) == []
    assert untrue(answer(title, other), facts(both)) != []
    assert untrue(answer(title, said("utter_parcel_delivered")), facts(both)) != []


def test_the_status_of_each_parcel_is_seen_where_it_is_told() -> None:
    lines = [
        said("utter_parcel_title_without_items", position="1", count="2"),
        said("utter_parcel_title_without_items", position="2", count="2"),
        said("utter_parcel_cancelled"),
    ]

    assert told_statuses("\n".join(lines), 2) == {2}


def test_times_are_those_of_the_place_the_order_goes_to() -> None:
    sent = facts(MOVING)
    moment = NOW - timedelta(hours=CHANCES.hours)

    assert spoken_time(moment, sent.zone, now=NOW) in sent.times(1)
