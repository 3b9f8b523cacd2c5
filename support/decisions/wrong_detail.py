"""Which detail somebody means who says that one was wrong without giving the right one."""

import re
from enum import StrEnum
from typing import Final

_CONTACT: Final = re.compile(r"e-?mail|phone|mobile|\bmob\b|\bcell\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"order|number|\bno\b\.|digit", re.IGNORECASE)

_ABOUT_THE_ORDER: Final = re.compile(r"\b(?:confirm|order|inbox|junk|delete)", re.IGNORECASE)


class WrongDetail(StrEnum):
    """What is to be given anew."""

    ORDER_NUMBER = "order_number"
    CONTACT = "contact"


def is_about_contact_only(text: str) -> bool:
    """Say whether a text speaks of the e-mail or phone that was used, not of the shop's e-mails."""
    return bool(_CONTACT.search(text)) and not _ABOUT_THE_ORDER.search(text)


def names_detail(text: str) -> bool:
    """Say whether a text speaks of an order number or a contact at all."""
    return bool(_CONTACT.search(text) or _NUMBER.search(text))


def wrong_detail(text: str, *, has_order_number: bool, has_contact: bool) -> WrongDetail | None:
    """Return which detail is wrong; the only one that was given, where the words do not say.

    None where that is not clear, or where none was given.
    """
    if not has_order_number and not has_contact:
        return None
    if _CONTACT.search(text):
        return WrongDetail.CONTACT
    if _NUMBER.search(text) or not has_contact:
        return WrongDetail.ORDER_NUMBER
    return None if has_order_number else WrongDetail.CONTACT
