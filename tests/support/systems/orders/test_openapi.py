from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from support.systems.orders import models

CONTRACT = yaml.safe_load(
    (Path(models.__file__).parent / "openapi.yaml").read_text(encoding="utf-8")
)
SCHEMAS = CONTRACT["components"]["schemas"]


@pytest.mark.parametrize(
    "name",
    [
        "Order",
        "Contact",
        "Address",
        "Store",
        "Delivery",
        "Seller",
        "Line",
        "ParcelItem",
        "Parcel",
        "Refund",
        "FulfilmentNote",
    ],
)
def test_contract_and_model_have_the_same_fields(name: str):
    model: type[BaseModel] = getattr(models, name)
    required = {field for field, info in model.model_fields.items() if info.is_required()}
    assert set(SCHEMAS[name]["properties"]) == set(model.model_fields)
    assert set(SCHEMAS[name].get("required", [])) == required


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (SCHEMAS["Parcel"]["properties"]["status"], models.ParcelStatus),
        (SCHEMAS["Method"], models.DeliveryMethod),
        (SCHEMAS["Order"]["properties"]["brand"], models.Brand),
    ],
)
def test_contract_and_model_know_the_same_words(schema: dict[str, list[str]], words: type):
    assert {*schema["enum"], "unknown"} == set(words)


def test_the_contracts_example_is_an_order():
    example = SCHEMAS["Order"]["example"]
    order = models.Order.model_validate({k: v for k, v in example.items() if v is not None})
    assert order.model_dump(mode="json", exclude_none=True)["number"] == example["number"]
