import pytest

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.registry import AUSTRALIA_POST, STARTRACK, listed_carriers, profile_of

NUMBER = TrackingNumber("JDQ019457101000930308")


@pytest.mark.parametrize(
    ("carrier", "link"),
    [
        (AUSTRALIA_POST, f"https://auspost.com.au/mypost/track/details/{NUMBER}"),
        (STARTRACK, f"https://startrack.com.au/track/details/{NUMBER}"),
        (CarrierId("couriersplease"), None),
    ],
)
def test_a_link_leads_to_the_number_where_a_page_is_known(carrier: CarrierId, link: str | None):
    assert profile_of(carrier).tracking_link(NUMBER) == link


@pytest.mark.parametrize(
    ("carrier", "name"),
    [("swift_parcels", "Swift Parcels"), ("FAST-way", "Fast Way"), ("", ""), (" - ", "")],
)
def test_an_unlisted_carrier_has_its_id_for_a_name(carrier: str, name: str):
    assert profile_of(CarrierId(carrier)).name == name


def test_every_listed_carrier_has_a_profile_of_its_own_id():
    assert [profile_of(carrier).id for carrier in listed_carriers()] == list(listed_carriers())


@pytest.mark.parametrize(
    ("written", "carrier"),
    [
        ("AUSTRALIA_POST", AUSTRALIA_POST),
        ("Australia Post", AUSTRALIA_POST),
        (" australia-post ", AUSTRALIA_POST),
        ("auspost", AUSTRALIA_POST),
        ("AusPost", AUSTRALIA_POST),
        ("Star Track", STARTRACK),
        ("StarTrack", STARTRACK),
        ("Couriers Please", CarrierId("couriersplease")),
    ],
)
def test_a_carrier_is_found_however_its_id_is_written(written: str, carrier: CarrierId):
    assert profile_of(CarrierId(written)).id == carrier


def test_a_number_is_encoded_in_a_link():
    link = profile_of(STARTRACK).tracking_link(TrackingNumber(" AB 12/3?x#y "))
    assert link == "https://startrack.com.au/track/details/AB12%2F3%3Fx%23y"
