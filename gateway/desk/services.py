"""What the desk's handlers work with, and who may call them."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final, Self

from fastapi import Cookie, Depends, Header, Request

from gateway import texts
from gateway.desk.accounts import Accounts, Role
from gateway.desk.action_server import ActionServer
from gateway.desk.audit import AuditLog
from gateway.desk.notes import Notes
from gateway.desk.oidc import OpenId
from gateway.desk.sessions import Session, Sessions
from gateway.problems import Problem
from gateway.services import Services

COOKIE: Final = "desk-session"
READS: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class DeskServices:
    """The desk's own parts. `actions` and `openid` are None where no settings name them."""

    accounts: Accounts
    sessions: Sessions
    audit: AuditLog
    notes: Notes
    actions: ActionServer | None
    openid: OpenId | None

    @classmethod
    def live(cls, services: Services) -> Self:
        """Return the parts that the settings name."""
        settings, redis = services.settings, services.redis
        key = settings.desk_actions_key
        return cls(
            accounts=Accounts(redis),
            sessions=Sessions(redis),
            audit=AuditLog(redis),
            notes=Notes(redis, keep=settings.keep_conversations),
            actions=ActionServer(str(settings.actions_url), key) if key else None,
            openid=OpenId.of(settings, redis),
        )

    async def close(self) -> None:
        """Close the connections to other processes."""
        if self.actions is not None:
            await self.actions.close()


def desk_of(request: Request) -> DeskServices:
    """Return the app's desk."""
    desk: DeskServices = request.app.state.desk
    return desk


Desk = Annotated[DeskServices, Depends(desk_of)]


async def signed_in(
    request: Request,
    desk: Desk,
    token: Annotated[str | None, Cookie(alias=COOKIE)] = None,
    x_csrf_token: Annotated[str | None, Header(max_length=128)] = None,
) -> Session:
    """Return the caller's session, else 401; 403 for a change that our page did not send."""
    session = await desk.sessions.of(token)
    if session is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "not_signed_in", texts.DESK_NOT_SIGNED_IN)
    if request.method not in READS and not session.allows(x_csrf_token):
        raise Problem(HTTPStatus.FORBIDDEN, "csrf", texts.DESK_WRONG_PAGE)
    return session


SignedIn = Annotated[Session, Depends(signed_in)]


async def supervisor(session: SignedIn) -> Session:
    """Return the session of a supervisor, else 403."""
    if session.person.role is not Role.SUPERVISOR:
        raise Problem(HTTPStatus.FORBIDDEN, "supervisors_only", texts.DESK_SUPERVISORS_ONLY)
    return session


SupervisorOnly = Annotated[Session, Depends(supervisor)]
