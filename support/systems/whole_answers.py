"""Reading an answer whole, however large somebody makes it."""

from typing import Final

import httpx

MOST_BYTES: Final = 2 * 1024 * 1024
"""More than any of the systems has reason to answer; counted after it was unpacked."""

_ABOUT_THE_TRANSFER: Final = {"content-encoding", "content-length", "transfer-encoding"}


class AnswerTooLarge(Exception):
    """The body is larger than anything that is read."""


async def whole(response: httpx.Response) -> httpx.Response:
    """Return an open response as one that is read and closed. Raises `AnswerTooLarge`."""
    parts, size = [], 0
    try:
        async for part in response.aiter_bytes():
            size += len(part)
            if size > MOST_BYTES:
                raise AnswerTooLarge
            parts.append(part)
    finally:
        await response.aclose()
    headers = [
        (name, value)
        for name, value in response.headers.multi_items()
        if name not in _ABOUT_THE_TRANSFER
    ]
    return httpx.Response(
        response.status_code, headers=headers, content=b"".join(parts), request=response.request
    )
