"""The contract of the case system says what the models say."""

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from support.systems.cases import models

SCHEMAS = yaml.safe_load(
    (Path(models.__file__).parent / "openapi.yaml").read_text(encoding="utf-8")
)["components"]["schemas"]


@pytest.mark.parametrize("name", ["Case", "CaseRequest"])
def test_contract_and_model_have_the_same_fields(name: str):
    model: type[BaseModel] = getattr(models, name)
    required = {field for field, info in model.model_fields.items() if info.is_required()}
    assert set(SCHEMAS[name]["properties"]) == set(model.model_fields)
    assert set(SCHEMAS[name]["required"]) == required


@pytest.mark.parametrize(
    ("name", "words"), [("Kind", models.CaseKind), ("State", models.CaseState)]
)
def test_contract_and_model_know_the_same_words(name: str, words: type):
    assert {*SCHEMAS[name]["enum"], "unknown"} == set(words)
