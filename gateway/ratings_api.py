"""How did it go? A customer's rating of the conversation, while it lasts or after its end."""

from http import HTTPStatus

import structlog
from fastapi import APIRouter

from gateway.insights.store import Quiet
from gateway.ratings import Rating, Ratings
from gateway.services import Authorised, Provided
from support.times import utc_now

log = structlog.get_logger("gateway.ratings")
router = APIRouter(prefix="/v1/conversations/{conversation_id}", tags=["conversations"])


@router.post("/rating", status_code=HTTPStatus.NO_CONTENT)
async def rate_conversation(rating: Rating, scope: Authorised, services: Provided) -> None:
    """Keep a score from 1 to 5 and, with it or later, a comment; the first of each stands."""
    is_new = await Ratings(services.redis).keep(scope.conversation_id, rating)
    if is_new:
        await Quiet(services.redis).look_at([scope.conversation_id], at=utc_now())
        services.metrics.ratings.labels(str(rating.score)).inc()
    log.info(
        "conversation_rated",
        conversation_id=scope.conversation_id,
        score=rating.score,
        repeated=not is_new,
    )
