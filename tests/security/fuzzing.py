"""Schemathesis over the whole API, in this process: requests made up from its own description, right and wrong ones."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.security.routes import Route
from tests.security.world import Agency

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_ENDS_THE_SESSION = "DELETE /api/v1/tokens/current"


@dataclass
class Campaign:
    """What was asked, and what was wrong with the answers: no 500, every status, type and body as documented."""

    app: FastAPI
    agency: Agency
    token: str | None
    examples: int
    modes: tuple[GenerationMode, ...] = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    asked: int = 0
    statuses: set[int] = field(default_factory=set)
    wrong: dict[str, str] = field(default_factory=dict)
    _chance: random.Random = field(default_factory=lambda: random.Random(2027))

    def run(self, only: str = "") -> None:
        """Every operation whose name contains `only`; the same requests each time."""
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", self.app)
        for found in schema.get_all_operations():
            operation: Any = found.ok()
            route = Route(operation.method.upper(), operation.path, operation.definition.raw)
            if only in route.name and route.name != _ENDS_THE_SESSION:
                for mode in self.modes:
                    self._operation(operation, route, mode)

    def _operation(self, operation: Any, route: Route, mode: GenerationMode) -> None:
        how = settings(
            max_examples=self.examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        test = how(given(operation.as_strategy(generation_mode=mode))(lambda case: self._ask(case, route, mode)))
        try:
            test()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, f"no request can be made for {route.name}"  # nothing can be wrong

    def _ask(self, case: Any, route: Route, mode: GenerationMode) -> None:
        """One request; ids that exist stand in right ones and in half of the wrong ones, else all would end in 404."""
        if case.path_parameters and (mode is GenerationMode.POSITIVE or self._chance.random() < 0.5):
            known: Mapping[str, str] = route.values(self.agency)
            case.path_parameters = {name: known.get(name, given) for name, given in case.path_parameters.items()}
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = case.call(headers=headers)
        self.asked += 1
        self.statuses.add(answer.status_code)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            for failure in failures.exceptions:
                self.wrong.setdefault(f"{route.name} {answer.status_code} {type(failure).__name__}", str(failures))
