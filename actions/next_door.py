"""What is said to questions that others answer."""

from collections.abc import Mapping
from typing import Final

from actions.responses import ResponseKey
from support.decisions.next_door import NextDoor

NEXT_DOOR: Final[Mapping[NextDoor, ResponseKey]] = {
    NextDoor.SCAM: ResponseKey.NEXT_DOOR_SCAM,
    NextDoor.GIFT_CARD: ResponseKey.NEXT_DOOR_GIFT_CARD,
    NextDoor.ONEPASS: ResponseKey.NEXT_DOOR_ONEPASS,
    NextDoor.STORE_RETURN: ResponseKey.NEXT_DOOR_STORE_RETURN,
    NextDoor.STOCK: ResponseKey.NEXT_DOOR_STOCK,
    NextDoor.STORE: ResponseKey.NEXT_DOOR_STORE,
    NextDoor.PAYMENT: ResponseKey.NEXT_DOOR_PAYMENT,
    NextDoor.NOT_HOME: ResponseKey.NEXT_DOOR_NOT_HOME,
    NextDoor.PRIVACY: ResponseKey.NEXT_DOOR_PRIVACY,
}
