import pytest

from support.decisions.wanted_detail import Detail, lines_named, wanted_detail
from tests.orders import line_json, order


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("what's in it", Detail.CONTENTS),
        ("is my kettle in it", Detail.CONTENTS),
        ("how many parcels is it", Detail.CONTENTS),
        ("whats the stores phone number", Detail.STORE),
        ("so is it delivered or not??", Detail.STATUS),
        ("which one is coming first", Detail.DATE),
        ("has it been sent yet", Detail.STATUS),
        ("it says delivered but you say out for delivery, which is it", Detail.STATUS),
        ("auspost says its here and you say shipped", Detail.STATUS),
        ("so which of you is right", Detail.STATUS),
        ("who's the courier", Detail.CARRIER),
        ("is it auspost or startrack", Detail.CARRIER),
        ("who is carrying it", Detail.CARRIER),
        ("who has it", Detail.CARRIER),
        ("whos got my parcel", Detail.CARRIER),
        ("who is delivering it", Detail.CARRIER),
        ("who did you send it with", Detail.CARRIER),
        ("what address is it going to", Detail.ADDRESS),
        ("is it going to my home or my work", Detail.ADDRESS),
        ("which suburb is it being sent to", Detail.ADDRESS),
        ("who signed for it", Detail.DELIVERY),
        ("what time did they drop it off", Detail.DELIVERY),
        ("when was it delivered", Detail.DELIVERY),
        ("where did they leave it", Detail.DELIVERY),
        ("is there a photo of the delivery", Detail.DELIVERY),
        ("when did i place that order", Detail.PLACED),
        ("standard or express?", Detail.PLACED),
        ("is it from kmart or a seller", Detail.SELLER),
    ],
)
def test_the_words_name_the_detail(text: str, detail: Detail) -> None:
    assert wanted_detail(text) is detail


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is my kettle in it", ["Anko Kettle 1.7L"]),
        ("are the towels in there", ["Bath Towel, Grey"]),
        ("which parcel has the kettle and the towel", ["Anko Kettle 1.7L", "Bath Towel, Grey"]),
        ("is the pram in it", []),
        ("what's in it", []),
    ],
)
def test_a_product_is_known_by_a_word_of_its_name(text: str, names: list[str]) -> None:
    lines = order(
        lines=[
            line_json(name="Anko Kettle 1.7L"),
            line_json(id="2", name="Bath Towel, Grey"),
        ]
    ).lines

    assert [line.name for line in lines_named(text, lines)] == names
