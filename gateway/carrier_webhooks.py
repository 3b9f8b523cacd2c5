"""What carriers tell by themselves: `POST /v1/carriers/<vendor>/notices`.

A notice that is not genuine is refused, one that is too old or was told before is thanked for and
left aside: the vendor has nothing to send again then.
"""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from pydantic import BaseModel

from gateway import texts
from gateway.problems import Problem
from gateway.services import Provided
from support.systems.carriers.notices import NoticeUnreadable, Received
from support.times import utc_now

PREFIX: Final = "/v1/carriers/"
BODY_LIMIT_BYTES: Final = 512 * 1024
"""A parcel with all its scans is larger than any message of a customer."""

router = APIRouter(tags=["carriers"])


class Taken(BaseModel):
    """The answer to a vendor."""

    became: Received


@router.post(PREFIX + "{vendor}/notices")
async def take_notice(vendor: str, request: Request, services: Provided) -> Taken:
    """Take a vendor's notice in; 401 where it does not show that it is the vendor's."""
    source = services.notice_sources.get(vendor)
    if source is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    body = await request.body()
    if not source.is_genuine(request.headers, body):
        services.metrics.notices.labels(vendor, "refused").inc()
        raise Problem(HTTPStatus.UNAUTHORIZED, "not_genuine", texts.NOTICE_NOT_GENUINE)
    now = utc_now()
    try:
        notice = source.read(body, now)
    except NoticeUnreadable as error:
        services.metrics.notices.labels(vendor, "unreadable").inc()
        raise Problem(HTTPStatus.BAD_REQUEST, "unreadable", texts.NOTICE_UNREADABLE) from error
    became = await services.notices.receive(source.name, notice, now)
    services.metrics.notices.labels(vendor, became.value).inc()
    return Taken(became=became)
