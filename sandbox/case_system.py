"""The case system, as support/systems/cases/openapi.yaml describes it.

Cases move when the control API says so: received, with the carrier, proof received, resolved.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from sandbox.access import key_check, problem, rate_limited
from sandbox.misbehaviour import misbehave
from sandbox.world import World
from support.systems.cases.models import Case, CaseRequest


def case_system_routes(world: World, key: SecretStr, now: Callable[[], datetime]) -> APIRouter:
    """Return the case system's routes."""
    routes = APIRouter(
        prefix="/case-system", tags=["case system"], dependencies=[Depends(key_check(key))]
    )

    @routes.post("/cases")
    async def open_case(
        request: Request,
        case: CaseRequest,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=512)],
    ) -> Response:
        failed = await misbehave(request, world.fault_of("cases"), rate_limited)
        return failed or _as_json(world.cases.open(case, idempotency_key, now()), status=201)

    @routes.post("/cases/{reference}/withdrawal")
    async def withdraw(
        request: Request,
        reference: str,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=512)],
    ) -> Response:
        del idempotency_key  # closed is closed, however often it is asked for
        failed = await misbehave(request, world.fault_of("cases"), rate_limited)
        found = world.cases.find(reference)
        if failed or found is None:
            return failed or problem(404, "No such case")
        return _as_json(world.cases.withdraw(found, now()))

    @routes.get("/cases/{reference}")
    async def case(request: Request, reference: str) -> Response:
        failed = await misbehave(request, world.fault_of("cases"), rate_limited)
        found = world.cases.find(reference)
        return failed or (_as_json(found) if found else problem(404, "No such case"))

    @routes.get("/cases")
    async def cases_of(request: Request, order_number: str) -> Response:
        failed = await misbehave(request, world.fault_of("cases"), rate_limited)
        own = [case.model_dump(mode="json") for case in world.cases.of_order(order_number)]
        return failed or JSONResponse({"cases": own})

    return routes


def _as_json(case: Case, *, status: int = 200) -> JSONResponse:
    return JSONResponse(case.model_dump(mode="json"), status_code=status)
