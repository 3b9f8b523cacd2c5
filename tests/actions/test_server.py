from typing import Any

import pytest
from sanic import Sanic
from sanic.exceptions import SanicException

from actions.__main__ import build_app
from tests.actions.services import services_for_tests
from tests.orders import order


@pytest.fixture
def app() -> Sanic[Any, Any]:

    Sanic._app_registry.clear()
    return build_app(services_for_tests(order()))


def test_an_error_of_the_server_tells_nothing_about_the_request(app: Sanic[Any, Any]) -> None:
    answer = app.error_handler.response(None, SanicException("a secret of the request"))

    assert answer.status == 500
    assert b"secret" not in answer.body
