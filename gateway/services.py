"""What the request handlers work with, put together once when the app starts."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from redis.asyncio import Redis

from gateway import texts
from gateway.admission import ConversationLimit
from gateway.conversation_log import ConversationLog
from gateway.doorbell import Doorbell
from gateway.handover import Handover
from gateway.metrics import GatewayMetrics
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.tokens import Tokens, TokenScope
from support.ids import ConversationId
from support.knowledge.disruptions import Disruptions
from support.knowledge.library import Library
from support.redis_client import connect


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may need."""

    settings: Settings
    redis: Redis
    log: ConversationLog
    conversation_limit: ConversationLimit
    doorbell: Doorbell
    tokens: Tokens
    metrics: GatewayMetrics
    knowledge: Library
    disruptions: Disruptions
    handover: Handover


def live_services(settings: Settings) -> Services:
    """Return the real services; nothing is connected before it is used.

    What staff have written is read now: raises KnowledgeInvalid.
    """
    knowledge = Library.read(*settings.knowledge_folders)
    disruptions = Disruptions(*settings.knowledge_folders)
    redis = connect(settings.redis_url)
    log = ConversationLog(redis, keep=settings.keep_conversations)
    return Services(
        settings=settings,
        redis=redis,
        log=log,
        conversation_limit=ConversationLimit(redis, settings.conversation_rate),
        doorbell=Doorbell(redis),
        tokens=Tokens(
            conversation_key=settings.conversation_token_key,
            customer_key=settings.customer_token_key,
            life=settings.conversation_token_life,
        ),
        metrics=GatewayMetrics(),
        knowledge=knowledge,
        disruptions=disruptions,
        handover=Handover.on(
            redis, log, limits=settings.handover_limits, hours=settings.opening_hours
        ),
    )


def services_of(request: Request) -> Services:
    """Return the app's services."""
    services: Services = request.app.state.services
    return services


Provided = Annotated[Services, Depends(services_of)]

Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]


def authorised(conversation_id: str, bearer: Bearer, services: Provided) -> TokenScope:
    """Return the conversation in the path if the caller's token opens it; else 401 or 403."""
    scope = services.tokens.conversation(bearer.credentials if bearer else None)
    if scope.conversation_id != ConversationId(conversation_id):
        raise Problem(HTTPStatus.FORBIDDEN, "token_foreign", texts.TOKEN_FOREIGN)
    return scope


Authorised = Annotated[TokenScope, Depends(authorised)]
