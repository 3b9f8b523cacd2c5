"""What simulated customers buy, where they live, and what they are called."""

from dataclasses import dataclass
from typing import Final

from sandbox.demo.pieces import CHERMSIDE_STORE, GEELONG_STORE, LAMPS, PETS, Json


@dataclass(frozen=True, slots=True)
class Article:
    """A product: its name in the shop, and what its buyer calls it."""

    name: str
    called: str
    seller: Json | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """An address, and how a scan names the depot near it."""

    line1: str
    suburb: str
    state: str
    postcode: str

    @property
    def address(self) -> Json:
        """The address as an order system writes it."""
        return {
            "line1": self.line1,
            "suburb": self.suburb,
            "state": self.state,
            "postcode": self.postcode,
        }

    @property
    def typed(self) -> str:
        """The address as a customer types it."""
        return f"{self.line1}, {self.suburb} {self.state} {self.postcode}"

    @property
    def depot(self) -> str:
        """The place as a carrier writes it."""
        return f"{self.suburb.upper()} {self.state}"


ARTICLES: Final = (
    Article("Anko 1.7 L Stainless Steel Kettle", "kettle"),
    Article("Anko 3.2 L Air Fryer", "air fryer"),
    Article("Anko Queen Bed Cotton Sheet Set", "sheet set"),
    Article("Anko Pedestal Fan", "fan"),
    Article("Anko Kids Scooter", "scooter"),
    Article("Anko Bluetooth Headphones", "headphones"),
    Article("Anko Cordless Stick Vacuum", "vacuum"),
    Article("Anko Ceramic Table Lamp", "lamp"),
    Article("LEGO Classic Bricks Box", "lego"),
    Article("Anko Velvet Cushion", "cushion"),
    Article("Anko Electric Blanket Queen", "electric blanket"),
    Article("Anko Camping Chair", "camping chair"),
)
MARKETPLACE_ARTICLES: Final = (
    Article("Rattan Floor Lamp", "floor lamp", LAMPS),
    Article("Brass Wall Sconce", "wall light", LAMPS),
    Article("Orthopaedic Dog Bed", "dog bed", PETS),
    Article("Cat Scratching Post", "scratching post", PETS),
)
HOMES: Final = (
    Home("14 Banksia Cres", "Geelong", "VIC", "3220"),
    Home("7/22 Wattle St", "Footscray", "VIC", "3011"),
    Home("3 Kookaburra Ct", "Penrith", "NSW", "2750"),
    Home("118 Harbour Rd", "Wollongong", "NSW", "2500"),
    Home("55 Mango Ave", "Cairns", "QLD", "4870"),
    Home("9 Jacaranda St", "Ipswich", "QLD", "4305"),
    Home("31 Barossa Way", "Norwood", "SA", "5067"),
    Home("6 Swan View Tce", "Joondalup", "WA", "6027"),
    Home("20 Apple Orchard Rd", "Glenorchy", "TAS", "7010"),
    Home("2 Parap Pl", "Palmerston", "NT", "0830"),
    Home("41 Bogong St", "Belconnen", "ACT", "2617"),
)
STORES: Final = (GEELONG_STORE, CHERMSIDE_STORE)
FIRST_NAMES: Final = (
    "Bronte",
    "Darcy",
    "Kylie",
    "Jai",
    "Mick",
    "Sienna",
    "Wei",
    "Anjali",
    "Tran",
    "Shazza",
    "Lachie",
    "Fatima",
)
DELIVERY_NOTES: Final = ("", "Left in a safe place", "Signed for at the door", "Left at the door")
