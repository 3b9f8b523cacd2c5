"""The carriers that are known by name, and where customers can follow a parcel themselves.

The two links are the ones that shops publish in their own code; neither Australia Post's nor
StarTrack's own pages that would confirm them were at hand. Which carriers Kmart uses today is not
public either: an order may name any id, and an unlisted one is shown by its name alone.
"""

from types import MappingProxyType
from typing import Final

from support.ids import CarrierId
from support.systems.carriers.models import CarrierProfile

AUSTRALIA_POST: Final = CarrierId("australia_post")
STARTRACK: Final = CarrierId("startrack")

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
            CarrierProfile(CarrierId("uber_direct"), "Uber Direct"),
            CarrierProfile(CarrierId("doordash"), "DoorDash"),
        )
    }
)


def profile_of(carrier: CarrierId) -> CarrierProfile:
    """Return a carrier's profile; for an unlisted id one with just its name in title case."""
    spoken = " ".join(carrier.replace("-", " ").replace("_", " ").split()).title()
    return _PROFILES.get(carrier) or CarrierProfile(carrier, spoken or "The carrier")


def listed_carriers() -> tuple[CarrierId, ...]:
    """Return the ids of the carriers that are known by name."""
    return tuple(_PROFILES)
