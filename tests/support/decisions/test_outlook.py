import pytest

from support.decisions.order_status import ParcelStanding, Place, stand
from support.decisions.outlook import OUTLOOKS, Outlook, outlook_of
from support.decisions.parcel_states import ParcelState
from support.facts import Evidence
from support.times import zone_of
from tests.orders import NOW, order, parcel_json


def standing(status: str, promised_by: str = "2026-11-25") -> ParcelStanding:
    parsed = order(parcel_json(status=status, promised_by=promised_by))
    return stand(
        parsed.parcels[0],
        Place(parsed, Evidence("Kmart order system", NOW), NOW, zone_of(parsed)),
        report=None,
        report_source="Australia Post",
        carrier_problem=None,
    )


def test_every_state_has_an_outlook() -> None:
    assert set(OUTLOOKS) == set(ParcelState)


@pytest.mark.parametrize(
    ("statuses", "outlook"),
    [
        (["processing"], Outlook.NOT_SENT),
        (["shipped"], Outlook.COMING),
        (["delivered"], Outlook.ARRIVED),
        (["processing", "delivered"], Outlook.ARRIVED),
        (["processing", "out_for_delivery"], Outlook.COMING),
        (["collected", "cancelled"], Outlook.NOTHING_OPEN),
        ([], Outlook.NOTHING_OPEN),
    ],
)
def test_an_order_takes_the_first_outlook_of_its_parcels(
    statuses: list[str], outlook: Outlook
) -> None:
    assert outlook_of([standing(status) for status in statuses]) is outlook


def test_late_comes_before_all_else() -> None:
    assert outlook_of([standing("delivered"), standing("shipped", "2026-11-20")]) is Outlook.LATE
