"""Order numbers as agents type them."""

import re
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Query

from gateway import texts
from gateway.problems import Problem
from support.ids import OrderNumber

LONGEST: Final = 100
_NUMBER: Final = re.compile(r"[A-Z0-9-]{4,24}")
"""Looser than any order system's numbers; it must hold a digit, too."""


def order_number_of(typed: str) -> OrderNumber:
    """Return the number that was typed; a Problem with a sentence for agents where it is none."""
    number = typed.strip().upper()
    if _NUMBER.fullmatch(number) is None or not any(map(str.isdecimal, number)):
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_order_number", texts.DESK_WRONG_ORDER_NUMBER
        )
    return OrderNumber(number)


async def _asked(number: Annotated[str, Query(max_length=LONGEST)]) -> OrderNumber:
    return order_number_of(number)


OrderNumberAsked = Annotated[OrderNumber, Depends(_asked)]
"""The query's `number`."""
