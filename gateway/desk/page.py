"""The desk's page and its files, under a policy that lets nothing else in."""

from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse

from gateway.desk import (
    board_api,
    conversation_api,
    handling_api,
    order_api,
    session_api,
    supervisor_api,
)
from gateway.desk.board_api import Boards
from gateway.desk.history import History
from gateway.desk.problems import desk_problem_handlers
from gateway.desk.services import DeskServices
from gateway.pages import WEB, CheckedFiles
from gateway.services import Services

router = APIRouter(include_in_schema=False)

HEADERS: Final = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}
APIS: Final = (session_api, board_api, handling_api, conversation_api, order_api, supervisor_api)


@router.get("/desk")
@router.get("/desk/board")
@router.get("/desk/conversations/{conversation_id}")
async def desk_page(conversation_id: str = "") -> FileResponse:
    """Return the page, which reads its address; whoever is not signed in is asked to."""
    del conversation_id
    return FileResponse(WEB / "desk" / "index.html", headers=HEADERS)


def add_desk(app: FastAPI, services: Services) -> None:
    """Add the desk to the gateway; `app.state.desk` must be closed."""
    desk = DeskServices.live(services)
    app.state.desk = desk
    app.state.boards = Boards(services)
    app.state.history = History(services)
    for kind, handler in desk_problem_handlers().items():
        app.add_exception_handler(kind, handler)
    for api in APIS:
        app.include_router(api.router)
    app.include_router(router)
    app.mount("/assets/desk", CheckedFiles(directory=WEB / "desk"), name="desk")
