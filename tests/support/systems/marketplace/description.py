"""Mirakl's published API description, prepared for Prism.

Prism reads the parts of a form as text, so a JSON part cannot be checked where it stands. In the
copy of the description that Prism is given, such a part is a text, and a path of our own,
/parts/<operation>, takes what is in it as a JSON body with the published schema.

Of OR62 the schema of the body is published, and not the path. It is put where Mirakl's description
for sellers has OR64, which resolves an incident: below the order's line.
"""

from typing import Any, Final

import yaml

from tests.fakes.mirakl import PUBLISHED

DESCRIPTION: Final = PUBLISHED / "mmp-front-openapi.yaml"
USED: Final = {"OR11", "ST11", "M10", "M11", "M12", "OR43", "RE02"}
JSON_PARTS: Final = {"OR43": "thread_input", "M12": "message_input"}
INCIDENT_PATH: Final = "/api/orders/{order_id}/lines/{line}/open_incident"
Json = dict[str, Any]


def described() -> Json:
    """Return what Mirakl has published."""
    text = DESCRIPTION.read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.CSafeLoader))


def prepared(description: Json) -> Json:
    """Return the description of what we use of it, with JSON parts as paths of their own."""
    paths: dict[str, dict[str, Json]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if operation.get("operationId") in USED:
                paths.setdefault(path, {})[method] = operation
                paths |= _parts(operation)
    return description | {"paths": {**paths, INCIDENT_PATH: {"put": _or62()}}}


def _or62() -> Json:
    schema = {"$ref": "#/components/schemas/OR62_Request"}
    names = ("order_id", "line")
    return {
        "operationId": "OR62",
        "parameters": [
            {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
            for name in names
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": "No Content"}},
        "security": [{"Front-Bearer-Token": []}],
    }


def _parts(operation: Json) -> Json:
    name = operation["operationId"]
    if name not in JSON_PARTS:
        return {}
    properties = operation["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    schema = properties[JSON_PARTS[name]]
    properties[JSON_PARTS[name]] = {"type": "string"}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    post = {
        "operationId": f"{name}_part",
        "requestBody": body,
        "responses": {"204": {"description": "It keeps to the schema."}},
    }
    return {f"/parts/{name}": {"post": post}}
