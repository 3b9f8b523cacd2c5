"""E-mail addresses as people type and dictate them.

The grammar is email-validator's (no DNS); what is added are the habits: spaces around the @,
"sam at example dot com", a comma for the dot, punctuation behind it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from email_validator import EmailNotValidError, validate_email

_ENDINGS: Final = (
    r"(?:com|net|org|edu|gov|au|nz|uk|co|io|me|info|biz|asn|id|app|dev|us|ca|in|sg|hk)"
)
_LOCAL: Final = r"(?<![\w.%+'-])[^\W_](?:[\w.%+'-]*\w)?"
_WORD: Final = r"[^\W_](?:[\w-]*[^\W_])?"

# Across a space only endings that are no words: "sam@example.com. In Geelong" ends before "In".
_SPACED_ENDING: Final = rf"(?:\s?[.,]\s?(?:com|net|org|edu|gov)\b(?:[.,]{_ENDINGS}\b)*)"
_WITH_SIGN: Final = re.compile(
    rf"(?P<local>{_LOCAL})\s{{0,2}}(?:@+|[(\[]\s?at\s?[)\]])\s{{0,2}}"
    rf"(?P<domain>{_WORD}(?:(?:\.{_WORD})+(?:,(?:au|nz|uk)\b)?|{_SPACED_ENDING}|(?:\s+dot\s+{_WORD})+"
    rf"|,{_ENDINGS}\b))",
    re.IGNORECASE,
)
_SPELLED: Final = re.compile(
    rf"(?P<local>{_LOCAL}(?:\s+(?:dot|underscore|dash)\s+{_WORD})*)\s+at\s+"
    rf"(?P<domain>{_WORD}(?:\s+dot\s+{_WORD})*\s+dot\s+{_ENDINGS}\b(?:\s+dot\s+{_ENDINGS}\b)*)",
    re.IGNORECASE,
)
# "sam at example.com" is an address where somebody was asked for one or calls it one;
# "looked at kmart.com.au" is not.
_HALF_SPELLED: Final = re.compile(
    rf"(?:^\s*|\be-?mail(?:\s+address)?(?:\s+(?:is|was)|\s*[:=])?\s+)"
    rf"(?P<local>{_LOCAL})\s+at\s+(?P<domain>{_WORD}(?:\.{_WORD})*\.{_ENDINGS}\b)",
    re.IGNORECASE,
)
_SPOKEN: Final = {"dot": ".", "underscore": "_", "dash": "-"}
_SPOKEN_SIGN: Final = re.compile(r"\s+(dot|underscore|dash)\s+", re.IGNORECASE)


class FoundEmail(NamedTuple):
    """An address in its comparable form, and where it stands in the folded text."""

    value: str
    start: int
    end: int


def emails_in(text: str) -> Iterator[FoundEmail]:
    """Yield the addresses in a folded text, each place once."""
    end_of_last = 0
    matches = (
        match
        for pattern in (_WITH_SIGN, _SPELLED, _HALF_SPELLED)
        for match in pattern.finditer(text)
    )
    for match in sorted(matches, key=lambda match: (match.start("local"), -match.end())):
        if match.start("local") < end_of_last:
            continue
        value = _normalised(match["local"], match["domain"])
        if value is not None:
            end_of_last = match.end()
            yield FoundEmail(value, match.start("local"), match.end())


def _normalised(local: str, domain: str) -> str | None:
    typed_domain = _spoken_signs(domain).replace(",", ".").replace(" ", "")
    if "." not in typed_domain:
        return None
    typed = f"{_spoken_signs(local)}@{typed_domain}"
    try:
        # Reserved names are let through: what the shop accepted at the checkout must be comparable.
        address = validate_email(typed, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return None
    return f"{address.local_part.casefold()}@{(address.ascii_domain or '').casefold()}"


def _spoken_signs(text: str) -> str:
    return _SPOKEN_SIGN.sub(lambda match: _SPOKEN[match[1].lower()], text)
