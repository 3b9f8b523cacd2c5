"""The customer's side of who is typing."""

from http import HTTPStatus

from fastapi import APIRouter

from gateway.conversation_log import Sender
from gateway.services import Authorised, Provided
from gateway.typing import Typing, tell_typing

router = APIRouter(prefix="/v1/conversations/{conversation_id}", tags=["messages"])


@router.post("/typing", status_code=HTTPStatus.NO_CONTENT)
async def customer_is_typing(scope: Authorised, services: Provided) -> None:
    """Let agents see that the customer is typing; say so again every few seconds while it lasts."""
    await tell_typing(services.redis, scope.conversation_id, Typing(by=Sender.CUSTOMER))
