"""Customers' phone numbers, as E.164.

A phone number is only recognised by how it begins: a leading 0, +61, 61 or 0061 (or another
country's +), or where nine digits that begin with 4 are called a mobile. Other nine digits are an
order number. Service numbers (13, 1300, 1800) are nobody's contact.
"""

import re
from typing import Final

import phonenumbers

_REGION: Final = "AU"
# Geographic and mobile ranges. Looser than phonenumbers' tables of allocated blocks, which move:
# whether a number is right is decided by comparing it with the order's, not by these.
_AUSTRALIAN: Final = re.compile(r"(?:\+61|001161|0061|61|0)\(?0?\)?([23478]\d{8})")
_SERVICE: Final = re.compile(r"(?:\+?61)?(?:1[38]00\d{6}|13\d{4})")
_LONGEST: Final = 15


def e164(digits: str) -> str | None:
    """Return the E.164 form of digits that begin with 0, 61 or + (separators removed), or None."""
    australian = _AUSTRALIAN.fullmatch(digits)
    if australian:
        return f"+61{australian[1]}"
    if not digits.startswith("+") or digits.startswith("+61") or len(digits) > _LONGEST + 1:
        return None
    try:
        number = phonenumbers.parse(digits, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_service_number(digits: str) -> bool:
    """Whether these digits are a 13, 1300 or 1800 number."""
    return _SERVICE.fullmatch(digits) is not None
