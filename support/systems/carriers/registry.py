"""The carriers that are known by name, and where customers can follow a parcel themselves.

The two links are the ones that shops publish in their own code; neither Australia Post's nor
StarTrack's own pages that would confirm them were at hand. Which carriers Kmart uses today is not
public either: an order may name any id, and an unlisted one is shown by its name alone.
"""

import re
from types import MappingProxyType
from typing import Final

from support.ids import CarrierId, TrackingNumber
from support.systems.carriers.models import CarrierProfile

AUSTRALIA_POST: Final = CarrierId("australia_post")
STARTRACK: Final = CarrierId("startrack")
UBER_DIRECT: Final = CarrierId("uber_direct")
DOORDASH: Final = CarrierId("doordash")

TELLING_BY_THEMSELVES: Final = frozenset({UBER_DIRECT, DOORDASH})
"""Carriers that are not asked: they tell by webhook."""

_PROFILES: Final = MappingProxyType(
    {
        profile.id: profile
        for profile in (
            CarrierProfile(
                AUSTRALIA_POST,
                "Australia Post",
                link="https://auspost.com.au/mypost/track/details/{number}",
            ),
            CarrierProfile(
                STARTRACK, "StarTrack", link="https://startrack.com.au/track/details/{number}"
            ),
            CarrierProfile(CarrierId("couriersplease"), "CouriersPlease"),
            CarrierProfile(CarrierId("team_global_express"), "Team Global Express"),
            CarrierProfile(CarrierId("tnt"), "TNT"),
            CarrierProfile(CarrierId("nz_post"), "NZ Post"),
            CarrierProfile(UBER_DIRECT, "Uber Direct"),
            CarrierProfile(DOORDASH, "DoorDash"),
        )
    }
)


# Spellings that normalising alone does not bring together.
_ALIASES: Final = MappingProxyType(
    {
        "auspost": AUSTRALIA_POST,
        "aus_post": AUSTRALIA_POST,
        "au_post": AUSTRALIA_POST,
        "australiapost": AUSTRALIA_POST,
        "star_track": STARTRACK,
        "star_track_express": STARTRACK,
        "startrack_express": STARTRACK,
        "couriers_please": CarrierId("couriersplease"),
        "teamglobalexpress": CarrierId("team_global_express"),
        "nzpost": CarrierId("nz_post"),
        "new_zealand_post": CarrierId("nz_post"),
        "uberdirect": UBER_DIRECT,
        "door_dash": DOORDASH,
    }
)
_SEPARATORS: Final = re.compile(r"[\W_]+")


def normalised_carrier(carrier: str) -> CarrierId:
    """Return a carrier's id as it is listed, however an order system writes it; "" for a blank."""
    written = _SEPARATORS.sub("_", carrier.casefold()).strip("_")
    return _ALIASES.get(written, CarrierId(written))


def normalised_number(number: str) -> TrackingNumber:
    """Return a tracking number as it is looked up, however it is written."""
    return TrackingNumber("".join(number.split()).upper())


def profile_of(carrier: CarrierId) -> CarrierProfile:
    """Return a carrier's profile; for an unlisted id one with just its name in title case.

    A blank id is no carrier: its name is blank, too.
    """
    normalised = normalised_carrier(carrier)
    unlisted = CarrierProfile(normalised, normalised.replace("_", " ").title())
    return _PROFILES.get(normalised, unlisted)


def listed_carriers() -> tuple[CarrierId, ...]:
    """Return the ids of the carriers that are known by name."""
    return tuple(_PROFILES)
