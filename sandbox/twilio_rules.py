"""What Twilio does not take, with its own codes. Source: Twilio, "Error and warning dictionary"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sandbox.text_book import TextBook

NUMBER: Final = "+61480000100"
SERVICE: Final = "MG5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"
"""The account's number, and the Messaging Service that sends from it."""

LONGEST_BODY: Final = 1600
_E164: Final = re.compile(r"\+[1-9][0-9]{7,14}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message is not taken."""

    code: int
    message: str
    status: int = 400


AUTHENTICATE: Final = Refusal(20003, "Authenticate", 401)
NOT_FOUND: Final = Refusal(20404, "The requested resource was not found", 404)
TOO_MANY: Final = Refusal(20429, "Too Many Requests", 429)


def refusal_of(parameters: Mapping[str, str], book: TextBook) -> Refusal | None:
    """Return why Twilio would not send this; None where it would."""
    return (
        _refused_recipient(parameters.get("To", ""), book)
        or _refused_sender(parameters)
        or _refused_body(parameters.get("Body", ""))
        or _refused_callback(parameters.get("StatusCallback"))
    )


def _refused_recipient(to: str, book: TextBook) -> Refusal | None:
    if not to:
        return Refusal(21604, "A 'To' phone number is required.")
    if not _E164.fullmatch(to):
        return Refusal(21211, f"Invalid 'To' Phone Number: {to}")
    if to in book.stopped:
        return Refusal(21610, "Attempt to send to unsubscribed recipient")
    return None


def _refused_sender(parameters: Mapping[str, str]) -> Refusal | None:
    service, sender = parameters.get("MessagingServiceSid"), parameters.get("From")
    if service:
        known = service == SERVICE
        return None if known else Refusal(21701, "The Messaging Service does not exist.")
    if not sender:
        return Refusal(21603, "A 'From' phone number is required.")
    if not _E164.fullmatch(sender):
        return Refusal(21212, f"Invalid 'From' Phone Number: {sender}")
    if sender != NUMBER:
        return Refusal(21606, f"The 'From' phone number provided ({sender}) is not yours.")
    return None


def _refused_body(body: str) -> Refusal | None:
    if not body:
        return Refusal(21602, "Message body is required.")
    if len(body) > LONGEST_BODY:
        return Refusal(21617, "The concatenated message body exceeds the 1600 character limit.")
    return None


def _refused_callback(url: str | None) -> Refusal | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return Refusal(21609, "The 'StatusCallback' URL is not a valid URL.")
    return None
