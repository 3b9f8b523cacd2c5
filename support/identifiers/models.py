"""What is found in a text."""

from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What an identifier names."""

    ORDER_NUMBER = "order_number"
    TRACKING_NUMBER = "tracking_number"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier and where it stands.

    `value` is the normalised form (E.164 for phones, lower case for e-mails, upper case without
    separators for numbers), `raw` is `text[start:end]` as typed. `check_digit_failed` says that
    the number has a check digit and it does not fit: "please look again", never proof of anything.
    """

    kind: IdentifierKind
    value: str
    raw: str
    start: int
    end: int
    check_digit_failed: bool = False
