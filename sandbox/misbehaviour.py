"""How a system that was told to fail answers."""

import asyncio
from collections.abc import Callable
from typing import Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from sandbox.hang_up import hang_up
from sandbox.world import Fault, FaultMode

_RETRY_AFTER_SECONDS: Final = "5"

RateLimitedAnswer = Callable[[], JSONResponse]


async def misbehave(
    request: Request, fault: Fault, rate_limited: RateLimitedAnswer
) -> Response | None:
    """Wait as long as the fault says, then return its answer; None where the system works."""
    await asyncio.sleep(fault.delay_seconds)
    match fault.mode:
        case FaultMode.OK | FaultMode.SLOW:
            return None
        case FaultMode.DOWN:
            await hang_up(request)
            return Response(status_code=503)
        case FaultMode.ERROR:
            return JSONResponse({"title": "Internal error", "status": 500}, status_code=500)
        case FaultMode.MALFORMED:
            return Response('{"number": "4102', media_type="application/json")
        case FaultMode.RATE_LIMITED:
            answer = rate_limited()
            answer.headers["Retry-After"] = _RETRY_AFTER_SECONDS
            return answer
