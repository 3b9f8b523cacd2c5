"""What the carriers answer about the demo's parcels, in their own formats."""

from datetime import datetime

from sandbox.demo.pieces import Json
from sandbox.demo.times import on_the_east_coast
from support.ids import TrackingNumber

Scan = tuple[datetime, str, str | None]


def article(number: TrackingNumber, status: str, *scans: Scan) -> Json:
    """Return Australia Post's answer about one article; scans are newest first."""
    item = {
        "article_id": number,
        "product_type": "eParcel",
        "events": [_event(*scan) for scan in scans],
        "status": status,
    }
    result = {"tracking_id": number, "status": status, "trackable_items": [item]}
    return {"tracking_results": [result]}


def consignment(
    number: TrackingNumber, status: str, *scans: Scan, items: int = 1, lagging: Scan
) -> Json:
    """Return StarTrack's answer: the consignment's status counts, its items lag behind."""
    item = {"product_type": "EXP", "events": [_event(*lagging)], "status": lagging[1]}
    return {
        "tracking_results": [
            {
                "tracking_id": number,
                "consignment": {"events": [_event(*scan) for scan in scans], "status": status},
                "trackable_items": [
                    {"article_id": f"{number}EXP{place:05d}"} | item
                    for place in range(1, items + 1)
                ],
            }
        ]
    }


def not_found(number: TrackingNumber) -> Json:
    """Return the answer about a number that was never scanned."""
    errors = [{"code": "ESB-10001", "name": "Invalid tracking ID"}]
    return {"tracking_results": [{"tracking_id": number, "errors": errors}]}


def _event(at: datetime, description: str, location: str | None) -> Json:
    event = {"description": description, "date": on_the_east_coast(at)}
    return event | ({"location": location} if location else {})
