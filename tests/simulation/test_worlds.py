import re
from datetime import datetime

from hypothesis import given, settings

from actions.formatting import state_name
from sandbox.demo.pieces import Json
from support.decisions.order_status import Place, stand
from support.facts import Evidence
from support.systems.carriers.australia_post.models import answer_from
from support.systems.carriers.australia_post.reading import report_of
from support.systems.carriers.models import TrackingReport
from support.systems.orders.models import Parcel
from support.systems.orders.payload import order_from_json
from support.times import zone_of
from tests.contract.project_files import training_lines
from tests.orders import NOW
from tests.simulation import problem_words, words
from tests.simulation.customer import SimulatedCustomer
from tests.simulation.personas import PERSONAS
from tests.simulation.problems import PROBLEMS
from tests.simulation.scenarios import Scenario, scenarios
from tests.simulation.stories import Story
from tests.simulation.worlds import Plan, plans, world_of

FEWEST_WORDS = 4
"""Nobody can say yes in words that nobody has used."""

EVERY_STORY = plans(tuple(Story), tuple(Story))


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(plan=EVERY_STORY)
def test_every_order_is_one_that_the_order_system_could_hold(plan: Plan) -> None:
    world = world_of(plan, 7, NOW)
    order = order_from_json(world.demo.order)

    assert order.number == world.number
    assert all(parcel.status_at <= NOW for parcel in order.parcels if parcel.status_at)
    assert all(order.placed_at < parcel.status_at for parcel in order.parcels if parcel.status_at)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(plan=EVERY_STORY)
def test_carriers_scan_a_parcel_after_it_was_sent(plan: Plan) -> None:
    for told in world_of(plan, 7, NOW).told:
        sent = told.parcel["dispatched_at"]
        events = _events(told.answer or {})

        assert all(datetime.fromisoformat(sent) <= at <= NOW for at in events)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(plan=EVERY_STORY)
def test_a_story_names_the_state_that_the_assistant_comes_to(plan: Plan) -> None:
    world = world_of(plan, 7, NOW)
    order = order_from_json(world.demo.order)
    place = Place(order, Evidence("Kmart order system", NOW), NOW, zone_of(order))

    for told, parcel in zip(world.told, order.parcels, strict=True):
        report = _report(told.answer, parcel)
        standing = stand(parcel, place, report=report, report_source="", carrier_problem=None)

        assert state_name(standing.state.value) in told.states


def test_orders_and_contacts_are_used_once() -> None:
    worlds = [world_of(one.plan, one.serial, NOW) for one in scenarios(120, start=1)]

    assert len({one.number for one in worlds}) == 120
    assert len({one.email for one in worlds}) == 120
    assert len({place for one in worlds for place in one.demo.tracking}) == sum(
        len(one.demo.tracking) for one in worlds
    )


def test_every_persona_meets_every_problem() -> None:
    held = scenarios(len(PERSONAS) * len(PROBLEMS), start=1)

    assert len({(one.persona.name, one.problem.name) for one in held}) == len(held)


def test_the_same_start_gives_the_same_conversations() -> None:
    first, again, other = ([_opening(one) for one in scenarios(30, start=n)] for n in (3, 3, 4))

    assert first == again
    assert first != other


def test_no_wording_is_a_training_line() -> None:
    typed = {_plain(text) for text in (*words.every_wording(), *problem_words.every_wording())}
    sentences = {text for text in typed if len(text.split()) >= FEWEST_WORDS}

    assert sentences & {_plain(line) for _, _, line in training_lines()} == set()


def _events(answer: Json) -> list[datetime]:
    results = answer_from(answer).tracking_results if answer else ()
    return [
        datetime.fromisoformat(event.date)
        for result in results
        for item in (*result.consignment, *result.trackable_items)
        for event in item.events
    ]


def _report(answer: Json | None, parcel: Parcel) -> TrackingReport | None:
    if not answer or not _events(answer):
        return None
    results = answer_from(answer).tracking_results
    return report_of(results, carrier=parcel.carrier, number=parcel.tracking_number, now=NOW)


def _opening(scenario: Scenario) -> str:
    world = world_of(scenario.plan, scenario.serial, NOW)
    simulated = SimulatedCustomer(
        scenario.persona, scenario.problem, world, scenario.chance, lambda _: ""
    )
    return simulated.opening().text


def _plain(text: str) -> str:
    named = re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", text)
    filled = named.replace("{item}", "kettle")
    return " ".join(re.sub(r"[^\w\s{}]", "", filled.casefold()).split())
