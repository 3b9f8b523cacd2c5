"""Comparing the contact somebody gives with the one on the order."""

import hmac
import re
from collections.abc import Sequence
from typing import Final

from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind

_BETWEEN_CONTACTS: Final = re.compile(r"[;|\n]")
_SEPARATORS: Final = re.compile(r"[\s().-]")
_MOBILE_WITHOUT_0: Final = re.compile(r"4\d{8}", re.ASCII)


def normalise_email(text: str) -> str | None:
    """Return the first e-mail address in a text in its comparable form, or None."""
    return _first(text, IdentifierKind.EMAIL)


def normalise_phone(text: str) -> str | None:
    """Return the first customer phone number in a text as E.164, or None."""
    return _first(text, IdentifierKind.PHONE)


def email_on(field: str | None) -> str | None:
    """Return the first e-mail address of a stored field, or None."""
    return next(iter(_stored(field or "", IdentifierKind.EMAIL)), None)


def mobile_on(field: str | None) -> str | None:
    """Return the first number of a stored field that gets text messages, as E.164, or None.

    Of Australian numbers these are the mobiles; of others we cannot tell.
    """
    phones = _stored_phones(field or "")
    return next((one for one in phones if one.startswith("+614") or one[:3] != "+61"), None)


def same_contact(given: str, *, email: str | None, phone: str | None) -> bool:
    """Whether `given` holds the e-mail or the phone number, however either is written.

    A stored field may hold several contacts, each of which counts. Takes the same time whatever
    matches, so that nothing can be learned from it.
    """
    same_email = _is_among(normalise_email(given), _stored(email or "", IdentifierKind.EMAIL))
    same_phone = _is_among(normalise_phone(given), _stored_phones(phone or ""))
    return same_email | same_phone


def _is_among(given: str | None, stored: Sequence[str]) -> bool:
    same = False
    for one in stored:
        same |= hmac.compare_digest((given or "").encode(), one.encode())
    return same


def _stored(field: str, kind: IdentifierKind) -> list[str]:
    parts = [field, *_BETWEEN_CONTACTS.split(field)]
    return [found.value for part in parts for found in identifiers_in(part) if found.kind is kind]


def _stored_phones(field: str) -> list[str]:
    """Read also the mobiles that an order system keeps as numbers, which lose their leading 0."""
    bare = (_SEPARATORS.sub("", part) for part in _BETWEEN_CONTACTS.split(field))
    mobiles = [f"+61{digits}" for digits in bare if _MOBILE_WITHOUT_0.fullmatch(digits)]
    return [*_stored(field, IdentifierKind.PHONE), *mobiles]


def _first(text: str, kind: IdentifierKind) -> str | None:
    return next((found.value for found in identifiers_in(text) if found.kind is kind), None)
