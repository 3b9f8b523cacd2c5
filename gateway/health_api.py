"""Is the process up, and can a turn be answered."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from pydantic import BaseModel
from redis.exceptions import RedisError

from gateway import texts
from gateway.heartbeat import missing_for_a_turn
from gateway.problems import Problem, problem_response
from gateway.services import Provided, Services

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """The good answer; the other is a problem document."""

    status: str


@router.get("/health/live")
async def live() -> Health:
    """Say that the process runs."""
    return Health(status="live")


@router.get("/health/ready", response_model=Health)
async def ready(services: Provided) -> Response | Health:
    """Say whether a message would be answered now; 503 names the missing parts."""
    missing = await _missing(services)
    if not missing:
        return Health(status="ready")
    problem = Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "not_ready",
        texts.NOT_READY.format(missing=", ".join(missing)),
    )
    return problem_response(problem, missing=missing)


async def _missing(services: Services) -> list[str]:
    try:
        return await missing_for_a_turn(services.redis)
    except RedisError:
        return ["redis"]
