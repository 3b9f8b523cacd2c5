"""What Rasa does not check about texts: each key once, and every key that is used."""

import ast
import re
from collections import Counter

import pytest

from actions.responses import ResponseKey
from tests.contract.project_files import ROOT, domain, responses, rules

KEYS = [key for _, key, _ in responses()]


def test_every_key_is_worded_once() -> None:
    assert [key for key, times in Counter(KEYS).items() if times > 1] == []


def test_every_key_that_actions_use_is_worded() -> None:
    assert set(ResponseKey) - set(KEYS) == set()


def test_every_worded_key_is_used() -> None:
    in_rules = {step["action"] for _, rule in rules() for step in rule["steps"] if "action" in step}
    asked = {
        f"utter_ask_{form}_{slot}"
        for form, parts in domain()["forms"].items()
        for slot in parts["required_slots"]
    }

    assert set(KEYS) - set(ResponseKey) - in_rules - asked == {"utter_default"}


def test_every_response_key_of_the_actions_is_said_somewhere() -> None:
    said = {
        node.attr
        for path in (ROOT / "actions").glob("*.py")
        if path.stem not in {"responses", "provenance"}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "ResponseKey"
    }

    assert {key.name for key in ResponseKey} - said == set()


@pytest.mark.parametrize(
    ("key", "variant"),
    [(key, variant) for _, key, variants in responses() for variant in variants],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_text_reads_as_a_sentence(key: str, variant: dict[str, str]) -> None:
    text = variant["text"]

    assert text == text.strip(), key
    assert "  " not in text, key
    assert text[0].isupper() or text[0] in "{•", key
    assert not re.search(r"\b(OMS|API|null|None|error code)\b", text), key


def test_no_text_asks_for_a_password_or_an_account_code() -> None:
    texts = [variant["text"].lower() for _, _, variants in responses() for variant in variants]

    assert [text for text in texts if "password" in text or "pin" in text.split()] == []
