"""Addresses as people type them, alone and inside sentences."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.places.address_corrections import corrected, updated
from support.places.address_reading import address_in
from support.places.postal_address import Part, PostalAddress
from support.places.states import State

GEELONG = PostalAddress(
    number="12", street="Smith St", suburb="Geelong", state=State.VIC, postcode="3220"
)
WITH_UNIT = PostalAddress(
    unit="3", number="12", street="Smith St", suburb="Geelong", state=State.VIC, postcode="3220"
)

WHOLE = [
    # plain
    ("12 Smith St, Geelong VIC 3220", "12 Smith St, Geelong VIC 3220"),
    ("12 smith street geelong 3220", "12 Smith Street, Geelong VIC 3220"),
    ("12 SMITH STREET GEELONG VIC 3220", "12 Smith Street, Geelong VIC 3220"),
    ("12 Smith St\nGeelong VIC 3220", "12 Smith St, Geelong VIC 3220"),
    ("12 Smith St\nGeelong\nVIC\n3220", "12 Smith St, Geelong VIC 3220"),
    ("12 Smith St, Geelong, Victoria, 3220", "12 Smith St, Geelong VIC 3220"),
    ("12 Smith St, Geelong, 3220, VIC", "12 Smith St, Geelong VIC 3220"),
    ("12 Smith St. Geelong. Vic. 3220.", "12 Smith St, Geelong VIC 3220"),
    ("12 Smith St Geelong 3220 Australia", "12 Smith St, Geelong VIC 3220"),
    ("12 smith st, geelong, vic, postcode 3220", "12 Smith St, Geelong VIC 3220"),
    ("12 smith st geelong vic, post code is 3220", "12 Smith St, Geelong VIC 3220"),
    ("12, Smith Street, Geelong 3220", "12 Smith Street, Geelong VIC 3220"),
    ("No. 12 Smith Street Geelong 3220", "12 Smith Street, Geelong VIC 3220"),
    ("12A Smith St Geelong 3220", "12A Smith St, Geelong VIC 3220"),
    ("12-14 Smith St Geelong 3220", "12-14 Smith St, Geelong VIC 3220"),
    ("12 - 14 Smith St Geelong 3220", "12-14 Smith St, Geelong VIC 3220"),
    ("8 O'Connell Pde, Richmond VIC 3121", "8 O'Connell Pde, Richmond VIC 3121"),
    ("8 o'connell pde richmond 3121", "8 O'Connell Pde, Richmond VIC 3121"),
    ("25 McDonald Ave Richmond Vic 3121", "25 McDonald Ave, Richmond VIC 3121"),
    ("77 Sunny-Brook Cres, Chatswood N.S.W. 2067", "77 Sunny-Brook Cres, Chatswood NSW 2067"),
    # units, levels, lots
    ("Unit 3/12 Smith St Geelong 3220", "Unit 3/12 Smith St, Geelong VIC 3220"),
    ("unit 3, 12 smith st, geelong 3220", "Unit 3/12 Smith St, Geelong VIC 3220"),
    ("unit 3 12 smith st geelong 3220", "Unit 3/12 Smith St, Geelong VIC 3220"),
    ("u3/12 smith st geelong 3220", "Unit 3/12 Smith St, Geelong VIC 3220"),
    ("3/12 smith st geelong 3220", "3/12 Smith St, Geelong VIC 3220"),
    ("3 / 12 smith st geelong 3220", "3/12 Smith St, Geelong VIC 3220"),
    ("apt 501, 12 Smith St, Chatswood NSW 2067", "Apt 501, 12 Smith St, Chatswood NSW 2067"),
    ("Flat 2, 12 Smith St, Geelong 3220", "Flat 2, 12 Smith St, Geelong VIC 3220"),
    ("Shop 4, 220 Pacific Hwy, Chatswood 2067", "Shop 4, 220 Pacific Hwy, Chatswood NSW 2067"),
    (
        "Level 5, 55 Collins Street, Melbourne VIC 3000",
        "Level 5, 55 Collins Street, Melbourne VIC 3000",
    ),
    (
        "lvl 5 suite 2, 55 Collins Street Melbourne 3000",
        "Level 5, Suite 2, 55 Collins Street, Melbourne VIC 3000",
    ),
    ("Unit B, 12 Smith St Geelong 3220", "Unit B/12 Smith St, Geelong VIC 3220"),
    ("Lot 7 Old Coach Rd, Geelong 3220", "Lot 7 Old Coach Rd, Geelong VIC 3220"),
    ("88 king st unit 4 newtown nsw 2042", "Unit 4/88 King St, Newtown NSW 2042"),
    ("45 market st south melb 3205", "45 Market St, South Melbourne VIC 3205"),
    ("45 smith st nth melb 3051", "45 Smith St, North Melbourne VIC 3051"),
    ("g03/12 smith st geelong 3220", "G03/12 Smith St, Geelong VIC 3220"),
    (
        "Jane Doe, Riverside Apartments, Unit 12, 45-47 Macquarie Street, Parramatta, NSW 2150",
        "Unit 12/45-47 Macquarie Street, Parramatta NSW 2150",
    ),
    (
        "Shop 12 Westfield, 100 Burwood Hwy, Burwood East VIC 3151",
        "Shop 12, 100 Burwood Hwy, Burwood East VIC 3151",
    ),
    ("Unit 3\n12 Smith St\nGeelong 3220", "Unit 3/12 Smith St, Geelong VIC 3220"),
    # streets with other names
    ("45 St Kilda Rd, St Kilda VIC 3182", "45 St Kilda Rd, St Kilda VIC 3182"),
    ("45 Smith St St Kilda 3182", "45 Smith St, St Kilda VIC 3182"),
    ("5 The Esplanade, St Kilda VIC 3182", "5 The Esplanade, St Kilda VIC 3182"),
    ("5 the strand, redcliffe qld 4020", "5 The Strand, Redcliffe QLD 4020"),
    ("12 3rd Ave, Redcliffe QLD 4020", "12 3rd Ave, Redcliffe QLD 4020"),
    ("9 Fern Vista, Redcliffe QLD 4020", "9 Fern Vista, Redcliffe QLD 4020"),
    ("12 Broadway, Geelong VIC 3220", "12 Broadway, Geelong VIC 3220"),
    ("3 Mt Barker Rd, Mt Barker SA 5251", "3 Mt Barker Rd, Mount Barker SA 5251"),
    ("14 Old Main South Rd Geelong 3220", "14 Old Main South Rd, Geelong VIC 3220"),
    ("12 Railway Parade East, Midland WA 6056", "12 Railway Parade East, Midland WA 6056"),
    ("12 Smith St East Geelong 3219", "12 Smith St, East Geelong VIC 3219"),
    ("1/1 Nth Steyne Manly 2095", "1/1 Nth Steyne, Manly NSW 2095"),
    # other places
    ("1 Hill St, Alice Springs NT 0870", "1 Hill St, Alice Springs NT 0870"),
    ("3 Argent St broken hill nsw 2880", "3 Argent St, Broken Hill NSW 2880"),
    ("10 beach rd surfers paradise qld 4217", "10 Beach Rd, Surfers Paradise QLD 4217"),
    ("10 high st mount barker western australia 6324", "10 High St, Mount Barker WA 6324"),
    # boxes
    ("PO Box 12, Geelong VIC 3220", "PO Box 12, Geelong VIC 3220"),
    ("p.o. box 12 geelong 3220", "PO Box 12, Geelong VIC 3220"),
    ("GPO Box 99 Melbourne VIC 3001", "GPO Box 99, Melbourne VIC 3001"),
    ("Locked Bag 2001, Geelong VIC 3220", "Locked Bag 2001, Geelong VIC 3220"),
    ("Parcel Locker 10123 45678, Geelong 3220", "Parcel Locker 10123 45678, Geelong VIC 3220"),
    # inside sentences
    (
        "can u send it to 5/88 Marine Pde, Redcliffe QLD 4020 instead",
        "5/88 Marine Pde, Redcliffe QLD 4020",
    ),
    (
        "Hi, I moved last week. My new address is 12 Smith St, Geelong VIC 3220, thanks!",
        "12 Smith St, Geelong VIC 3220",
    ),
    ("its 12 smith st geelong 3220 pls", "12 Smith St, Geelong VIC 3220"),
    (
        "my order 410200341 is going to 3 Hill St, it should go to 12 Smith St Geelong 3220",
        "12 Smith St, Geelong VIC 3220",
    ),
    (
        "we moved from 3 Hill St Richmond VIC 3121 to 12 Smith St Geelong VIC 3220",
        "12 Smith St, Geelong VIC 3220",
    ),
    ("not 14 Smith St, 12 Smith St Geelong 3220", "12 Smith St, Geelong VIC 3220"),
    (
        "you sent it to 3 Hill St but it's 12 Smith St, Geelong 3220 (order 410200341)",
        "12 Smith St, Geelong VIC 3220",
    ),
    (
        "410200341 sam@example.com 0400 000 001 12 Smith St Geelong 3220",
        "12 Smith St, Geelong VIC 3220",
    ),
    ("deliver to 12 Smith St in Geelong please, postcode 3220", "12 Smith St, Geelong VIC 3220"),
    (
        "is it too late to send it to my work, 55 Collins St Melbourne 3000?",
        "55 Collins St, Melbourne VIC 3000",
    ),
]


@pytest.mark.parametrize(("text", "line"), WHOLE, ids=[text for text, _ in WHOLE])
def test_a_whole_address_is_read_however_it_is_typed(text: str, line: str) -> None:
    address = address_in(text)

    assert address is not None
    assert address.line == line
    assert address.missing == ()


@pytest.mark.parametrize(
    ("text", "line", "missing"),
    [
        ("12 Smith St", "12 Smith St", [Part.SUBURB, Part.STATE, Part.POSTCODE]),
        ("send it to 12 smith st please", "12 Smith St", [Part.SUBURB, Part.STATE, Part.POSTCODE]),
        ("12 smith st geelong", "12 Smith St, Geelong", [Part.STATE, Part.POSTCODE]),
        ("12 smith st geelong vic", "12 Smith St, Geelong VIC", [Part.POSTCODE]),
        ("12 Smith St 3220", "12 Smith St, 3220", [Part.SUBURB, Part.STATE]),
        ("12 Smith St VIC 3220", "12 Smith St, VIC 3220", [Part.SUBURB]),
        ("12 Smith St, Gelong VIC 3220", "12 Smith St, Gelong VIC 3220", []),
        ("can I use my PO Box", "PO Box", [Part.SUBURB, Part.STATE, Part.POSTCODE]),
        (
            "it used an address from 2015, it needs to go to Unit 2, 9 Fern Court",
            "Unit 2/9 Fern Court",
            [Part.SUBURB, Part.STATE, Part.POSTCODE],
        ),
        (
            "Could the driver drop it at my mother's, she's two streets over at 8 Banksia Ave",
            "8 Banksia Ave",
            [Part.SUBURB, Part.STATE, Part.POSTCODE],
        ),
    ],
)
def test_what_an_address_lacks_is_known(text: str, line: str, missing: list[Part]) -> None:
    address = address_in(text)

    assert address is not None
    assert (address.line, list(address.missing)) == (line, missing)


@pytest.mark.parametrize(
    "text",
    [
        "i put the wrong address on my order",
        "it's going to my old place at 3 Hill St",
        "I have been waiting 12 days on the way here",
        "2 parcels in a row went missing",
        "its been 3 weeks no way to reach anyone",
        "order 410200341",
        "i used 3 Hill St",
        "address should be 14 not 12 smith st",
        "the 2 chairs are close to each other",
        "postcode says 3121 should be 3112",
        "3 Hill St or 5 Low St",
        "",
    ],
)
def test_no_address_is_made_of_other_words(text: str) -> None:
    assert address_in(text) is None


def test_where_it_goes_now_is_not_what_is_asked_for() -> None:
    told = "it says 12 smith street geelong, i need 14 Hill Rd Richmond VIC 3121"

    found = address_in(told, current=GEELONG)

    assert found is not None
    assert found.line == "14 Hill Rd, Richmond VIC 3121"
    assert address_in("12 Smith Street Geelong", current=GEELONG) is None


def test_a_street_in_place_of_the_one_on_the_order_lies_in_the_same_suburb() -> None:
    told = "it needs to go to 12 Smith Grove not 12 Smith Street"

    found = address_in(told, current=GEELONG)

    assert found is not None
    assert found.line == "12 Smith Grove, Geelong VIC 3220"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no, it's 14 not 12", "14 Smith St, Geelong VIC 3220"),
        ("not 12, 14", "14 Smith St, Geelong VIC 3220"),
        ("no its 14", "14 Smith St, Geelong VIC 3220"),
        ("14", "14 Smith St, Geelong VIC 3220"),
        ("house number is 14b", "14B Smith St, Geelong VIC 3220"),
        ("it says 12 but it should be 21", "21 Smith St, Geelong VIC 3220"),
        ("It should read 21 and I have written 12", "21 Smith St, Geelong VIC 3220"),
        ("3215", "12 Smith St, Geelong VIC 3215"),
        ("no the postcode is 3215", "12 Smith St, Geelong VIC 3215"),
        ("postcode says 3220 should be 3215", "12 Smith St, Geelong VIC 3215"),
        ("its smyth not smith", "12 Smyth St, Geelong VIC 3220"),
        ("Grove instead of St", "12 Smith Grove, Geelong VIC 3220"),
        ("12 smyth st not smith st", "12 Smyth St, Geelong VIC 3220"),
        ("no! Smith ROAD not street", "12 Smith Road, Geelong VIC 3220"),
        ("the street should be Smyth Street", "12 Smyth Street, Geelong VIC 3220"),
        ("unit 4", "Unit 4/12 Smith St, Geelong VIC 3220"),
        ("you forgot the unit, its unit 4", "Unit 4/12 Smith St, Geelong VIC 3220"),
        ("no, 14 Smith St", "14 Smith St, Geelong VIC 3220"),
        ("3 Hill Rd, Richmond VIC 3121", "3 Hill Rd, Richmond VIC 3121"),
        ("Richmond VIC 3121", "12 Smith St, Richmond VIC 3121"),
        ("the suburb is Geelong West", "12 Smith St, Geelong West"),
    ],
)
def test_a_correction_changes_what_it_names_and_keeps_the_rest(text: str, line: str) -> None:
    now = updated(GEELONG, text)

    assert now is not None
    assert now.line == line


def test_a_unit_is_put_right_or_taken_away() -> None:
    assert corrected(WITH_UNIT, "its unit 4 not 3") is not None
    changed, gone = corrected(WITH_UNIT, "4 not 3"), corrected(WITH_UNIT, "there is no unit")

    assert changed is not None
    assert gone is not None
    assert changed.line == "4/12 Smith St, Geelong VIC 3220"
    assert gone.line == "12 Smith St, Geelong VIC 3220"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("geelong 3220", "12 Smith St, Geelong VIC 3220"),
        ("Geelong, VIC", "12 Smith St, Geelong VIC"),
        ("its in geelong", "12 Smith St, Geelong"),
        ("3220", "12 Smith St, 3220"),
        ("vic", "12 Smith St, VIC"),
        ("orange", "12 Smith St, Orange"),
    ],
)
def test_missing_parts_are_read_from_an_answer(text: str, line: str) -> None:
    now = updated(PostalAddress(number="12", street="Smith St"), text)

    assert now is not None
    assert now.line == line


def test_an_unlisted_suburb_is_taken_only_where_the_suburb_was_asked_for() -> None:
    so_far = PostalAddress(number="12", street="Smith St")

    assert updated(so_far, "Gelong") is None
    asked = updated(so_far, "Gelong", suburb_asked=True)
    assert asked is not None
    assert asked.suburb == "Gelong"
    assert updated(so_far, "why do you ask", suburb_asked=True) is None


def test_a_street_without_its_number_is_taken_from_an_answer() -> None:
    now = updated(PostalAddress(), "Smith Street, Geelong VIC 3220")

    assert now is not None
    assert now.missing == (Part.NUMBER,)
    assert now.line == "Smith Street, Geelong VIC 3220"


@pytest.mark.parametrize(
    "text", ["yes", "ok", "thats right", "yes please do", "where is it", "why"]
)
def test_what_says_nothing_about_an_address_changes_nothing(text: str) -> None:
    assert updated(GEELONG, text) is None


def test_an_address_survives_being_written() -> None:
    assert PostalAddress.read({**WITH_UNIT.written(), "disputed": "x"}) == WITH_UNIT


@pytest.mark.alone
@given(st.text(alphabet="12 3/,-\nunit lot smith st the road geelong vic po box not", max_size=300))
def test_whatever_is_typed_is_read_quickly_and_without_failing(text: str) -> None:
    started = perf_counter()

    address_in(text, current=WITH_UNIT)
    updated(WITH_UNIT, text, suburb_asked=True)

    assert perf_counter() - started < 2


LINES = st.tuples(
    st.sampled_from(["", "3/", "Unit 3/", "Shop 4, "]),
    st.integers(1, 9999),
    st.sampled_from(["Smith St", "Old Coach Rd", "The Esplanade", "O'Connell Pde"]),
)
PLACES = st.sampled_from(["Geelong VIC 3220", "Redcliffe QLD 4020", "St Kilda VIC 3182"])
AROUND = st.sampled_from(
    ["{}", "its {}", "please send it to {}", "new address is {} thanks", "{} please", "{}."]
)


@given(line=LINES, place=PLACES, apart=st.sampled_from([", ", "\n", " "]), around=AROUND)
def test_every_way_of_writing_one_gives_the_same_address(
    line: tuple[str, int, str], place: str, apart: str, around: str
) -> None:
    unit, number, street = line
    written = f"{unit}{number} {street}{apart}{place}"

    typed, shouted = address_in(around.format(written.lower())), address_in(around.format(written))

    assert typed is not None
    assert shouted is not None
    assert typed.line == shouted.line == f"{unit}{number} {street}, {place}"
