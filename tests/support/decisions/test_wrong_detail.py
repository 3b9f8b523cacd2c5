import pytest

from support.decisions.wrong_detail import WrongDetail, is_about_contact_only, wrong_detail


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("sorry wrong email", WrongDetail.CONTACT),
        ("that was my old mobile", WrongDetail.CONTACT),
        ("no not that number", WrongDetail.ORDER_NUMBER),
        ("wrong order", WrongDetail.ORDER_NUMBER),
        ("oops typo", None),
    ],
)
def test_the_words_say_which_of_two_details_is_wrong(text: str, wrong: WrongDetail | None) -> None:
    assert wrong_detail(text, has_order_number=True, has_contact=True) is wrong


def test_the_only_detail_given_is_the_wrong_one() -> None:
    number_only = wrong_detail("oops typo", has_order_number=True, has_contact=False)
    contact_only = wrong_detail("oops typo", has_order_number=False, has_contact=True)

    assert (number_only, contact_only) == (WrongDetail.ORDER_NUMBER, WrongDetail.CONTACT)


def test_nothing_is_wrong_where_nothing_was_given() -> None:
    assert wrong_detail("wrong email", has_order_number=False, has_contact=False) is None


@pytest.mark.parametrize(
    "text", ["i forgot which email i used", "i have changed my phone since then", "not my email"]
)
def test_the_contact_that_was_used_is_told_from_the_order_emails(text: str) -> None:
    assert is_about_contact_only(text)


@pytest.mark.parametrize(
    "text",
    ["i deleted the confirmation email", "the email isnt in my inbox", "i dont have the number"],
)
def test_the_emails_about_the_order_are_no_contact(text: str) -> None:
    assert not is_about_contact_only(text)
