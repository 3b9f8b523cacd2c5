"""What the sandbox's own systems have in common: their key, and how they say no."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Header, HTTPException
from fastapi.responses import JSONResponse
from pydantic import SecretStr

_CODES: Final = {404: "not_found", 409: "conflict", 422: "invalid", 429: "rate_limited"}


def key_check(key: SecretStr) -> Callable[..., Awaitable[None]]:
    """Return a dependency that refuses callers without this bearer key."""

    async def check_key(authorization: Annotated[str, Header()] = "") -> None:
        expected = f"Bearer {key.get_secret_value()}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            raise HTTPException(401, "The key is missing or wrong.")

    return check_key


def problem(status: int, title: str, *, code: str | None = None) -> JSONResponse:
    """Return an error as a problem document."""
    return JSONResponse(
        {"title": title, "status": status, "code": code or _CODES[status]},
        status_code=status,
        media_type="application/problem+json",
    )


def rate_limited() -> JSONResponse:
    """Return what a system says to somebody who asks too often."""
    return problem(429, "Too many requests")
