import pytest

from support.mentions.item_matching import matches
from support.mentions.items import items_in


def items(text: str) -> set[str]:
    return {found.value for found in items_in(text)}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("where is my kettle", "kettle"),
        ("my air fryer never came", "air fryer"),
        ("I ordered a 5L air fryer last week", "5l air fryer"),
        ("the doona cover is missing", "doona cover"),
        ("my son's lego hasn't turned up", "lego"),
        ("only got the lamp", "lamp"),
        ("the black dress is the wrong size", "black dress"),
        ("wheres the kids bike", "kids bike"),
        ("2 x bath towels missing", "bath towels"),
        ("no school shoes in the box", "school shoes"),
        ("my wiggles stage never came", "wiggles stage"),
        ("our cat tree has not arrived", "cat tree"),
        ("bought a telescope from you", "telescope"),
        ("the cot's late", "cot"),
        ("my new laptop stand", "laptop"),
        ("I bought a table last week", "table"),
        ("my watch", "watch"),
        ("wheres my bloody bean bag", "bean bag"),
        ("trampoline??", "trampoline"),
        ("my t-shirt is in the other parcel", "t-shirt"),
        ("got 3 pillows, paid for 4", "pillows"),
    ],
)
def test_an_item_is_found(text: str, item: str):
    assert item in items(text)


@pytest.mark.parametrize(
    "text",
    [
        "my order hasn't arrived",
        "my oder never came",
        "my parcle is missing",
        "my stuff is late",
        "my daughter hasn't received it",
        "my money back",
        "my patience is running out",
        "my house is number 12",
        "put it on the table",
        "left on top of the letterbox",
        "watch the video",
        "can I book a redelivery",
        "is the number the long one or the short one",
        "the girl at the service desk",
        "a light rain",
        "my address is wrong",
        "I ordered online",
        "my phone died",
        "my package isn't here",
        "I haven't ordered",
    ],
)
def test_what_nobody_ships_is_no_item(text: str):
    assert items(text) == set()


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("kettle", "Kettle 1.7L"),
        ("airfryer", "Anko 5L Air Fryer"),
        ("air fryer", "Airfryer XL"),
        ("school shoes", "Junior School Shoe"),
        ("doona cover", "Queen Quilt Cover Set"),
        ("dresses", "Midi Dress"),
        ("towels", "Bath Towel - White"),
        ("blue kettle", "Kettle"),
        ("shelves", "5 Tier Shelf"),
        ("tee", "Kids T-shirt"),
        ("lost cot", "Timber Cot"),
        ("big lamp", "Table Lamp"),
        ("lego", "LEGO City Police Car"),
        ("couch cover", "2 Seater Sofa Cover"),
    ],
)
def test_an_item_matches_its_line(phrase: str, line: str):
    assert matches(phrase, line)


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("toaster", "Kettle 1.7L"),
        ("air fryer", "Deep Fryer"),
        ("dress", "Dressing Table"),
        ("black kettle", "White Kettle"),
        ("lamp", "Lampshade"),
        ("", "Kettle"),
        ("the", "The Very Hungry Caterpillar"),
    ],
)
def test_an_item_does_not_match_another_line(phrase: str, line: str):
    assert not matches(phrase, line)
