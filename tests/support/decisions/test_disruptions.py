from datetime import date, timedelta
from typing import Any

import pytest

from support.decisions.disruptions import affecting
from support.ids import CarrierId
from support.knowledge.disruptions import Disruption

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def disruption(**different: Any) -> Disruption:
    return Disruption.model_validate(
        {
            "id": "floods",
            "about": "Floods have closed roads, so parcels take longer.",
            "from": TODAY - DAY,
            "source": "Australia Post service alerts",
            "where": "auspost.com.au/service-updates",
            "read_on": TODAY,
        }
        | different
    )


def affects(one: Disruption, **different: Any) -> bool:
    parcel = {"carrier": CarrierId("australia_post"), "state": "QLD", "postcode": "4870"}
    return bool(affecting([one], **(parcel | {"today": TODAY} | different)))


def test_without_limits_it_is_about_every_parcel() -> None:
    assert affects(disruption())
    assert affects(disruption(), carrier=None, state=None, postcode=None)


@pytest.mark.parametrize(
    ("days", "current"),
    [
        pytest.param({"from": TODAY}, True, id="first day"),
        pytest.param({"from": TODAY + DAY}, False, id="not yet"),
        pytest.param({"until": TODAY}, True, id="last day"),
        pytest.param({"from": TODAY - 2 * DAY, "until": TODAY - DAY}, False, id="over"),
    ],
)
def test_it_counts_from_its_first_to_its_last_day(days: dict[str, date], *, current: bool) -> None:
    assert affects(disruption(**days)) is current


@pytest.mark.parametrize(
    ("carrier", "affected"),
    [("australia_post", True), ("AusPost", True), ("startrack", False), (None, False)],
)
def test_it_is_about_the_carriers_named(carrier: str | None, *, affected: bool) -> None:
    assert affects(disruption(carriers=["Australia Post"]), carrier=carrier) is affected


@pytest.mark.parametrize(
    ("state", "affected"),
    [("QLD", True), ("Queensland", True), ("NSW", False), (None, False), ("Elsewhere", False)],
)
def test_it_is_about_the_states_named(state: str | None, *, affected: bool) -> None:
    assert affects(disruption(states=["QLD"]), state=state) is affected


@pytest.mark.parametrize(
    ("postcode", "affected"),
    [
        ("4869", False), ("4870", True), ("4895", True), ("4896", False), ("0822", True),
        (" 4880 ", True), ("", False), (None, False),
    ],
)  # fmt: skip
def test_it_is_about_the_postcodes_named(postcode: str | None, *, affected: bool) -> None:
    named = disruption(postcodes=["4870-4895", "0822"])

    assert affects(named, postcode=postcode) is affected


def test_where_states_and_postcodes_are_named_a_place_is_in_both() -> None:
    both = disruption(states=["QLD"], postcodes=["4870-4895"])

    assert affects(both)
    assert not affects(both, postcode="4000")
    assert not affects(both, state="NSW")


def test_the_newest_comes_first() -> None:
    older = disruption(id="older", **{"from": TODAY - 5 * DAY})
    newer = disruption(id="newer", **{"from": TODAY})

    found = affecting([older, newer], carrier=None, state=None, postcode=None, today=TODAY)

    assert [one.id for one in found] == ["newer", "older"]
