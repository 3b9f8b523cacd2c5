"""Asks the actions process for an order's picture and for deeds, in signed calls."""

import time
from http import HTTPStatus
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from support.desk import (
    PATH_DEED,
    PATH_PICTURE,
    DeedRequest,
    DeedResult,
    OrderPicture,
    PictureRequest,
)
from support.turn_signature import sign

TIME_LIMIT: Final = httpx.Timeout(8.0, connect=2.0)

Answer = TypeVar("Answer", bound=BaseModel)


class NoSuchOrder(Exception):
    """The order system has no order of this number."""


class ActionsUnavailable(Exception):
    """The actions process or a system behind it did not answer; nothing is known to be done."""


class ActionServer:
    """Holds one connection pool. Must be closed."""

    def __init__(self, url: str, key: SecretStr, client: httpx.AsyncClient | None = None) -> None:
        self._url = url.rstrip("/").removesuffix("/webhook")
        self._key = key.get_secret_value()
        self._client = client or httpx.AsyncClient(timeout=TIME_LIMIT, trust_env=False)

    async def picture(self, request: PictureRequest) -> OrderPicture:
        """Return the order as it stands; raises NoSuchOrder or ActionsUnavailable."""
        return await self._ask(PATH_PICTURE, request, OrderPicture)

    async def do(self, request: DeedRequest) -> DeedResult:
        """Have it done; the same `request_id` again does it once. Raises like `picture`."""
        return await self._ask(PATH_DEED, request, DeedResult)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, path: str, request: BaseModel, shape: type[Answer]) -> Answer:
        body = request.model_dump_json().encode()
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Desk-Timestamp": timestamp,
            "X-Desk-Signature": sign(self._key, timestamp, body),
        }
        try:
            answer = await self._client.post(f"{self._url}{path}", content=body, headers=headers)
        except httpx.HTTPError as error:
            raise ActionsUnavailable from error
        if answer.status_code == HTTPStatus.NOT_FOUND:
            raise NoSuchOrder
        if answer.status_code != HTTPStatus.OK:
            raise ActionsUnavailable
        try:
            return shape.model_validate_json(answer.content)
        except ValidationError as error:
            raise ActionsUnavailable from error
