"""The contract of the Marketplace says what the models say."""

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from support.systems.marketplace import models

CONTRACT = yaml.safe_load(
    (Path(models.__file__).parent / "openapi.yaml").read_text(encoding="utf-8")
)
TICKET = CONTRACT["components"]["schemas"]["Ticket"]
REQUEST = CONTRACT["paths"]["/tickets"]["post"]["requestBody"]["content"]["application/json"][
    "schema"
]


@pytest.mark.parametrize(
    ("schema", "model"), [(TICKET, models.Ticket), (REQUEST, models.TicketRequest)]
)
def test_contract_and_model_have_the_same_fields(
    schema: dict[str, dict[str, object]], model: type[BaseModel]
):
    required = {field for field, info in model.model_fields.items() if info.is_required()}
    assert set(schema["properties"]) == set(model.model_fields)
    assert set(schema["required"]) == required


def test_contract_and_model_know_the_same_words():
    assert {*TICKET["properties"]["state"]["enum"], "unknown"} == set(models.TicketState)
    assert set(REQUEST["properties"]["reason"]["enum"]) == set(models.TicketReason)
