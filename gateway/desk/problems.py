"""What the desk's page is told when something cannot be done."""

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response

from gateway import texts
from gateway.desk.action_server import ActionsUnavailable, NoSuchOrder
from gateway.handover import AgentUnknown, CustomerStopped, NotYours, SeatsTaken
from gateway.problems import Problem, problem_response
from support.state.errors import StateUnavailable

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

_PROBLEMS: Final[Mapping[type[Exception], tuple[HTTPStatus, str, str]]] = {
    NotYours: (HTTPStatus.CONFLICT, "not_yours", texts.DESK_NOT_YOURS),
    SeatsTaken: (HTTPStatus.CONFLICT, "seats_taken", texts.DESK_SEATS_TAKEN),
    CustomerStopped: (HTTPStatus.CONFLICT, "stopped", texts.DESK_CUSTOMER_STOPPED),
    AgentUnknown: (HTTPStatus.NOT_FOUND, "agent_unknown", texts.DESK_AGENT_UNKNOWN),
    NoSuchOrder: (HTTPStatus.NOT_FOUND, "no_such_order", texts.DESK_NO_SUCH_ORDER),
    ActionsUnavailable: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "actions_unavailable",
        texts.DESK_ACTIONS_UNAVAILABLE,
    ),
    StateUnavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", texts.TRY_AGAIN_SOON),
}


def desk_problem_handlers() -> Mapping[type[Exception], Handler]:
    """Return the handlers of the desk's own errors."""
    return {kind: _handler(*told) for kind, told in _PROBLEMS.items()}


def _handler(status: HTTPStatus, code: str, sentence: str) -> Handler:
    async def handle(_: Request, __: Exception) -> Response:
        return problem_response(Problem(status, code, sentence))

    return handle
