"""Checks that an error is a problem document, as every error must be."""

import httpx


def problem(response: httpx.Response) -> tuple[int, str]:
    """Return the status and code of a well-formed problem."""
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"].endswith((".", "}"))
    return response.status_code, body["code"]
