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
    [("swift_parcels", "Swift Parcels"), ("FAST-way", "Fast Way"), ("", "The carrier")],
)
def test_an_unlisted_carrier_has_its_id_for_a_name(carrier: str, name: str):
    assert profile_of(CarrierId(carrier)).name == name


def test_every_listed_carrier_has_a_profile_of_its_own_id():
    assert [profile_of(carrier).id for carrier in listed_carriers()] == list(listed_carriers())
