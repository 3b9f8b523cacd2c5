import pytest

from support.decisions.next_door import NextDoor, next_door


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what time does kmart geelong open", NextDoor.STORE),
        ("trading hours on boxing day", NextDoor.STORE),
        ("whats the stores phone number", NextDoor.STORE),
        ("is the air fryer in stock", NextDoor.STOCK),
        ("do you guys have ugg boots", NextDoor.STOCK),
        ("gift card balance", NextDoor.GIFT_CARD),
        ("can i use two giftcards", NextDoor.GIFT_CARD),
        ("how much is one pass", NextDoor.ONEPASS),
        ("can i return it in store without a receipt", NextDoor.STORE_RETURN),
        ("do you take afterpay", NextDoor.PAYMENT),
        ("what happens if im not home", NextDoor.NOT_HOME),
        ("nobody will be home on friday", NextDoor.NOT_HOME),
        ("do i have to sign for it", NextDoor.NOT_HOME),
        ("what if i miss the delivery", NextDoor.NOT_HOME),
        ("can somebody else see this chat", NextDoor.PRIVACY),
        ("delete everything you have about me", NextDoor.PRIVACY),
        ("do you sell my data", NextDoor.PRIVACY),
        ("is this legit? got a text saying my parcel is held pay $2.99", NextDoor.SCAM),
        ("got a dodgy email about my order", NextDoor.SCAM),
        ("so its a scam?", NextDoor.SCAM),
        ("kmart is a scam", None),
        ("i paid for express and got no email", None),
        ("take me home", None),
        ("what's the weather like", None),
        ("you are all idiots", None),
    ],
)
def test_neighbouring_questions_are_known_by_their_words(text: str, topic: NextDoor | None) -> None:
    assert next_door(text) is topic
