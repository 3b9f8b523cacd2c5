"""What was found out about a system, in plain words."""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

import httpx

from scripts.probe.questions import Question

SLOW_SECONDS: Final = 1.5
"""A customer waits for several of these."""

_LIMIT: Final = httpx.Timeout(8, connect=4)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in a sentence; `well` where nothing is wrong."""

    well: bool
    sentence: str


async def probe(question: Question, client: httpx.AsyncClient) -> Finding:
    """Ask, and say what was found."""
    url = httpx.URL(question.url)
    started = time.monotonic()
    try:
        response = await client.request(
            question.method,
            url,
            params=question.params,
            headers=question.headers,
            auth=question.auth,
            timeout=_LIMIT,
            follow_redirects=False,
        )
    except httpx.HTTPError as error:
        return Finding(well=False, sentence=_unreached(error, url, question))
    return _read(question, response, time.monotonic() - started)


def _read(question: Question, response: httpx.Response, seconds: float) -> Finding:
    wrong = _wrong_status(question, response)
    if wrong is None and not _is_readable(question, response):
        kind = response.headers.get("content-type", "no content type")
        wrong = (
            f"It answered {response.status_code}, but not in the shape that is expected ({kind}). "
            f"{question.setting} probably leads to something else, a log-in page for instance."
        )
    if wrong is not None:
        return Finding(well=False, sentence=wrong)
    if seconds > SLOW_SECONDS:
        return Finding(
            well=False,
            sentence=f"It works, but took {seconds:.1f} seconds, which customers wait each time.",
        )
    return Finding(well=True, sentence=f"It works, and answered in {seconds * 1000:.0f} ms.")


_WRONG: Final[Mapping[int, str]] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: "refused the credentials (401). Check {keys}.",
        HTTPStatus.FORBIDDEN: "refused the credentials (403). Check {keys}.",
        HTTPStatus.NOT_FOUND: "has nothing at that address (404). Check the path in {setting}.",
        HTTPStatus.TOO_MANY_REQUESTS: (
            "takes no more calls for now (429). Try again in {again} seconds."
        ),
    }
)


def _wrong_status(question: Question, response: httpx.Response) -> str | None:
    status = response.status_code
    if status in question.good:
        return None
    sentence = _WRONG.get(status, "did not accept the question ({status}).")
    if response.is_redirect:
        sentence = "sends us to {where} ({status}). Put the final address into {setting}."
    if response.is_server_error:
        sentence = "is out of order ({status}). Ask those who run it."
    return "It was reached, but " + sentence.format(
        status=status,
        keys=question.keys,
        setting=question.setting,
        again=response.headers.get("retry-after", "some"),
        where=response.headers.get("location", "elsewhere"),
    )


def _is_readable(question: Question, response: httpx.Response) -> bool:
    try:
        return question.shows(response.json())
    except (ValueError, RecursionError):
        return False


def _unreached(error: httpx.HTTPError, url: httpx.URL, question: Question) -> str:
    causes = _causes(error)
    where = f"{url.host}:{url.port}" if url.port else url.host
    if any(isinstance(cause, socket.gaierror) for cause in causes) or "Name or service" in str(
        error
    ):
        return f"The name {url.host} is not known (DNS). Check {question.setting}."
    if any(isinstance(cause, ssl.SSLError) for cause in causes) or "SSL" in str(error):
        return (
            f"No secure connection to {where} could be made (TLS): {error}. Check the certificate, "
            f"and whether {question.setting} begins with https rightly."
        )
    if isinstance(error, httpx.TimeoutException):
        return f"{where} did not answer in time. It may be down, slow, or behind a firewall."
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes) or "refused" in str(
        error
    ):
        return f"{where} refused the connection: nothing listens there. Is the system running?"
    return f"The connection to {where} broke: {type(error).__name__}."


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]
    return found
