"""Comparing the contact somebody gives with the one on the order."""

import hmac

from support.identifiers.extract import identifiers_in
from support.identifiers.models import IdentifierKind


def normalise_email(text: str) -> str | None:
    """Return the first e-mail address in a text in its comparable form, or None."""
    return _first(text, IdentifierKind.EMAIL)


def normalise_phone(text: str) -> str | None:
    """Return the first customer phone number in a text as E.164, or None."""
    return _first(text, IdentifierKind.PHONE)


def same_contact(given: str, *, email: str | None, phone: str | None) -> bool:
    """Whether `given` holds the e-mail or the phone number, however either is written.

    Takes the same time whatever matches, so that nothing can be learned from it.
    """
    same_email = _same(normalise_email(given), normalise_email(email or ""))
    same_phone = _same(normalise_phone(given), normalise_phone(phone or ""))
    return same_email | same_phone


def _same(given: str | None, known: str | None) -> bool:
    equal = hmac.compare_digest((given or "").encode(), (known or "").encode())
    return equal & (given is not None) & (known is not None)


def _first(text: str, kind: IdentifierKind) -> str | None:
    return next((found.value for found in identifiers_in(text) if found.kind is kind), None)
