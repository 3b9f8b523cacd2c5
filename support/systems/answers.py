"""Reading what an outside system answered: JSON as a model, and when to ask again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from support.systems.calls import record_unreadable
from support.systems.errors import SystemAnswerMalformed, SystemRateLimited

_LONGEST_WAIT: Final = 24 * 60 * 60
_CODE_NAMES: Final = ("status", "code", "error_code", "statusCode")
_RATE_LIMITED_CODES: Final = {"429", "API_002", "too_many_requests"}
T = TypeVar("T", bound=BaseModel)


def answer_as(kind: type[T], response: httpx.Response, *, system: str) -> T:
    """Read a JSON answer; an absent optional field and a null one are the same.

    Raises `SystemAnswerMalformed`, which names the places that are wrong and never what was there,
    and `SystemRateLimited` where an answer says so whose status does not.
    """
    try:
        payload = without_nulls(response.json())
    except (ValueError, RecursionError) as error:
        record_unreadable(system, "no JSON")
        raise SystemAnswerMalformed(system, "no JSON") from error
    try:
        return kind.model_validate(payload)
    except ValidationError as error:
        if _says_rate_limited(payload):
            raise SystemRateLimited(system, "said so", retry_after=retry_after(response)) from None
        # The cause is left out on purpose: it repeats personal data.
        places = _places(error)
        record_unreadable(system, places)
        raise SystemAnswerMalformed(system, places) from None


def value_as(kind: type[T], value: object, *, system: str) -> T:
    """Read JSON that was decoded already, one entry of a list for instance, as `answer_as` does."""
    try:
        return kind.model_validate(without_nulls(value))
    except ValidationError as error:
        raise SystemAnswerMalformed(system, _places(error)) from None


def without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON without what is null."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def retry_after(response: httpx.Response) -> timedelta | None:
    """Return what a Retry-After header asks for (seconds or a date), None where there is none."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), _LONGEST_WAIT))
    try:
        wait = parsedate_to_datetime(value) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), timedelta(seconds=_LONGEST_WAIT))


def _says_rate_limited(payload: object) -> bool:
    if not isinstance(payload, dict):
        return False
    errors = payload.get("errors")
    told = [payload, payload.get("error"), payload.get("meta")]
    told += errors if isinstance(errors, list) else []
    fields = [part for part in told if isinstance(part, dict)]
    codes = {str(part.get(name)) for part in fields for name in _CODE_NAMES}
    return bool(codes & _RATE_LIMITED_CODES)


def _places(error: ValidationError) -> str:
    return ", ".join(
        ".".join(map(str, problem["loc"])) or "body"
        for problem in error.errors(include_input=False, include_context=False, include_url=False)
    )
