import pytest

from support.identifiers.contact import normalise_phone, same_contact

EMAIL, PHONE = "sam@example.com", "+61400000001"


@pytest.mark.parametrize(
    "given",
    ["sam@example.com", "SAM@EXAMPLE.COM", "0400 000 001", "+61400000001", "it's 0400000001"],
)
def test_the_same_contact_in_another_spelling_matches(given: str):
    assert same_contact(given, email=EMAIL, phone=PHONE)


@pytest.mark.parametrize("given", ["lee@example.com", "0400 000 002", "", "Sam", "400000001"])
def test_another_contact_does_not_match(given: str):
    assert not same_contact(given, email=EMAIL, phone=PHONE)


@pytest.mark.parametrize("given", ["sam@example.com", "0400000001", ""])
def test_an_order_without_contact_matches_nobody(given: str):
    assert not same_contact(given, email=None, phone=None)
    assert not same_contact(given, email="", phone="")


def test_the_order_systems_own_spelling_does_not_matter():
    assert same_contact("+61400000001", email=None, phone="0400 000 001")
    assert same_contact("sam@example.com", email=" Sam@Example.com ", phone=None)


def test_a_phone_is_normalised_out_of_a_sentence():
    assert normalise_phone("ring 0400 000 001 after five") == PHONE
