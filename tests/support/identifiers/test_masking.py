from support.identifiers.masking import mask_email, mask_number, mask_text


def test_identifiers_are_replaced_by_their_kind():
    text = "order 410200341, sam@example.com or 0400 000 001, JDQ019457101000930308, VIC 3220"
    assert (
        mask_text(text)
        == "order <order_number>, <email> or <phone>, <tracking_number>, VIC <postcode>"
    )


def test_other_long_numbers_are_hidden_too():
    assert mask_text("card 4111 1111 1111 1111, 2 parcels") == "card <number>, 2 parcels"


def test_a_number_keeps_its_last_three_digits():
    assert mask_number("410200341") == "\u2022\u2022\u2022\u2022\u2022\u2022341"
    assert mask_number("41") == "41"


def test_an_address_keeps_its_first_letter_and_domain():
    assert mask_email("sam@example.com") == "s\u2022\u2022\u2022@example.com"


def test_nothing_of_a_very_long_text_slips_through():
    assert "sam@example.com" not in mask_text("order " * 5000 + "sam@example.com")
