"""What the request handlers work with, put together once when the app starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from redis.asyncio import Redis

from gateway import texts
from gateway.admission import Admission, OpenConversations
from gateway.channels.address_book import AddressBook
from gateway.channels.intake import Intake, Limits
from gateway.channels.opt_outs import OptOuts
from gateway.channels.replays import Replays
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
from support.state.consent import Consent
from support.state.deliveries import Deliveries
from support.state.follow_ups import FollowUps
from support.systems.carriers.last_known import LastKnown
from support.systems.carriers.notices import Notices, NoticeSource
from support.systems.carriers.vendors import notice_sources


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may need."""

    settings: Settings
    redis: Redis
    log: ConversationLog
    admission: Admission
    doorbell: Doorbell
    tokens: Tokens
    metrics: GatewayMetrics
    intake: Intake
    replays: Replays
    deliveries: Deliveries
    consent: Consent
    knowledge: Library
    disruptions: Disruptions
    follow_ups: FollowUps
    notice_sources: Mapping[str, NoticeSource]
    notices: Notices
    handover: Handover


def live_services(settings: Settings) -> Services:
    """Return the real services; nothing is connected before it is used.

    What staff have written is read now: raises KnowledgeInvalid.
    """
    knowledge = Library.read(*settings.knowledge_folders)
    disruptions = Disruptions(*settings.knowledge_folders)
    redis = connect(settings.redis_url)
    log = ConversationLog(redis, keep=settings.keep_conversations)
    metrics, consent, follow_ups = GatewayMetrics(), Consent(redis), FollowUps(redis)
    handover = Handover.on(
        redis,
        log,
        limits=settings.handover_limits,
        hours=settings.opening_hours,
        has_outside_desk=settings.has_outside_desk,
    )
    return Services(
        settings=settings,
        redis=redis,
        log=log,
        admission=_admission(settings, redis),
        doorbell=Doorbell(redis),
        tokens=Tokens(
            conversation_key=settings.conversation_token_key,
            customer_key=settings.customer_token_key,
            life=settings.conversation_token_life,
        ),
        metrics=metrics,
        intake=_intake(settings, redis, log, OptOuts(consent, handover), metrics),
        replays=Replays(redis),
        deliveries=Deliveries(redis, keep=settings.keep_conversations),
        consent=consent,
        knowledge=knowledge,
        disruptions=disruptions,
        follow_ups=follow_ups,
        notice_sources=notice_sources(settings),
        notices=Notices(LastKnown(redis), followers=follow_ups),
        handover=handover,
    )


def _admission(settings: Settings, redis: Redis) -> Admission:
    return Admission(
        redis,
        conversations=settings.conversation_rate,
        messages=settings.address_message_rate,
        open_conversations=OpenConversations(
            redis,
            limit=settings.open_conversations_per_address,
            life=settings.conversation_token_life,
        ),
    )


def _intake(
    settings: Settings,
    redis: Redis,
    log: ConversationLog,
    opt_outs: OptOuts,
    metrics: GatewayMetrics,
) -> Intake:
    book = AddressBook(redis, log, idle=settings.channel_idle, keep=settings.keep_conversations)
    limits = Limits(settings.message_limit_characters, settings.message_rate)
    return Intake(redis, log, book, opt_outs, metrics, limits)


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
