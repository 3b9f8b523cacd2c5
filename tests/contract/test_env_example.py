import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

import gateway.settings
import sandbox.settings
import worker.settings
from actions.settings import ActionsSettings

NAMES = re.findall(r"^(?:# )?([A-Z_]+)=", Path(".env.example").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(gateway.settings.Settings, id="gateway"),
        pytest.param(worker.settings.Settings, id="worker"),
        pytest.param(ActionsSettings, id="actions"),
        pytest.param(sandbox.settings.Settings, id="sandbox"),
    ],
)
def test_every_setting_is_listed(settings: type[BaseSettings]):
    assert {name.upper() for name in settings.model_fields} <= set(NAMES)


def test_no_setting_is_listed_twice():
    assert len(NAMES) == len(set(NAMES))
