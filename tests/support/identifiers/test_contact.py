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


@pytest.mark.parametrize("stored", ["400000777", "400 000 777", "0400000778; 400000777"])
def test_a_stored_mobile_may_have_lost_its_leading_zero(stored: str):
    assert same_contact("0400 000 777", email=None, phone=stored)
    assert not same_contact("0400 000 779", email=None, phone=stored)
    assert not same_contact("400000777", email=None, phone=stored)


@pytest.mark.parametrize("stored", ["a@x.com; b@x.com", "a@x.com,b@x.com", "a@x.com | b@x.com"])
def test_each_of_several_stored_contacts_matches(stored: str):
    assert same_contact("a@x.com", email=stored, phone=None)
    assert same_contact("B@X.com", email=stored, phone=None)
    assert not same_contact("c@x.com", email=stored, phone=None)


def test_each_of_several_stored_phones_matches():
    stored = "0400000777 / 0400000778"
    assert same_contact("0400000777", email=None, phone=stored)
    assert same_contact("0400000778", email=None, phone=stored)
