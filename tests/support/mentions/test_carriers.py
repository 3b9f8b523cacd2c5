import pytest

from support.mentions.carriers import carriers_in
from support.systems.carriers.registry import listed_carriers, normalised_carrier


def carriers(text: str) -> list[str]:
    return [found.value for found in carriers_in(text)]


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("auspost says its delivered", "australia_post"),
        ("been with Australia Post since monday", "australia_post"),
        ("aus post lost it", "australia_post"),
        ("ausie post are useless", "australia_post"),
        ("Austraila Post", "australia_post"),
        ("the postie left a card", "australia_post"),
        ("pick up at the post office?", "australia_post"),
        ("coming by post or courier", "australia_post"),
        ("StarTrack", "startrack"),
        ("star track depot", "startrack"),
        ("startrak has it", "startrack"),
        ("couriers please", "couriersplease"),
        ("CouriersPlease", "couriersplease"),
        ("courier please keep losing it", "couriersplease"),
        ("coming with toll", "team_global_express"),
        ("the toll driver", "team_global_express"),
        ("TGE van", "team_global_express"),
        ("team global expres", "team_global_express"),
        ("sendle", "sendle"),
        ("aramex courier", "aramex"),
        ("fastway", "aramex"),
        ("is it dhl", "dhl"),
        ("tnt", "tnt"),
        ("fed ex", "fedex"),
        ("sent via ups", "ups"),
        ("UPS driver", "ups"),
        ("direct freight rang", "direct_freight_express"),
        ("Hunter Express", "hunter_express"),
        ("allied express", "allied_express"),
        ("border express", "border_express"),
        ("the uber driver", "uber_direct"),
        ("delivered by uber", "uber_direct"),
        ("door dash", "doordash"),
        ("amazon logistics", "amazon_logistics"),
        ("nz post", "nz_post"),
    ],
)
def test_a_carrier_is_known_by_the_names_people_give_it(text: str, carrier: str):
    assert carriers(text) == [carrier]


@pytest.mark.parametrize(
    "text",
    [
        "is there a toll free number",
        "waiting takes its toll",
        "sick of the follow ups and pick ups",
        "uber annoyed right now",
        "I will post a review",
        "my post code is 3220",
        "the border is closed",
        "hunter valley",
        "please call the courier",
        "where is it",
    ],
)
def test_an_ordinary_word_is_no_carrier(text: str):
    assert carriers(text) == []


def test_the_ids_are_those_of_the_registry():
    known = {normalised_carrier(carrier) for carrier in listed_carriers()}
    typed = "australia post, startrack, couriersplease, tge, tnt, nz post, uber direct, doordash"
    assert set(carriers(typed)) == known


def test_two_carriers_are_two():
    assert carriers("is it dhl or fedex") == ["dhl", "fedex"]
