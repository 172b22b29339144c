"""The OpenAPI document: every body has an example that fits it, and every route says how it may refuse."""

from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.services import Services
from runtime.settings import load


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    settings = load(data_dir=tmp_path_factory.mktemp("openapi"))
    parts: Any = None
    app: FastAPI = create_app(Services(parts, parts, parts, parts, settings))
    return app.openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(method, path, op) for path, ops in document["paths"].items() for method, op in ops.items()]


def test_every_body_has_an_example_that_fits_its_schema(document: dict[str, Any]) -> None:
    checked = 0
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(content["example"])
        checked += 1
        assert content["example"] is not None, (method, path)
    assert checked > 50


def test_every_route_below_the_api_declares_its_problems(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        if path.startswith("/api/v1"):
            refusals = [code for code in operation["responses"] if code.startswith(("4", "5"))]
            assert refusals, (method, path)
            for code in refusals:
                assert "application/problem+json" in operation["responses"][code]["content"], (method, path, code)


def test_every_act_has_its_route(document: dict[str, Any]) -> None:
    from domain.acts import ACTS

    named = {operation.get("operationId") for _, _, operation in operations(document)}
    assert {f"{act.case}_{act.name}" for act in ACTS.values() if not act.birth} <= named
