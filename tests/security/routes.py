"""Every route of the application, and how a test calls it with real ids and a body that fits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx
from fastapi import FastAPI

from tests.api.site import pdf
from tests.security.world import Agency

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOUNS: Final = {"selections": "selection_id", "terms": "term_id", "contracts": "contract_id", "reviews": "review_id"}
_STAGES: Final = {"open-seals": "assessment", "announce-result": "assessment", "advance": "assessment"}
_BODIES: Final[Mapping[str, Any]] = {
    "POST /api/v1/vacancies/{vacancy_id}/applications": {"profile": {}},
    "POST /api/v1/tokens": {"login": "nobody@tw.example", "password": "x"},
    "POST /api/v1/clock/advance": {"days": 1},
    "POST /api/v1/selections/{case_id}/recuse": {
        "person_id": "me",
        "application_id": "application_id",
        "ground": "family",
        "reason": "Saudara sepupu.",
    },
    "POST /api/v1/agencies/{agency_id}/assignments": {
        "person_id": "person_id",
        "role": "assessor",
        "scope_kind": "selection",
        "scope_id": "selection_id",
        "basis": "800/7/KEP/2026",
    },
}
"""Where the example of the OpenAPI document would ask for something else than the row is about."""


@dataclass(frozen=True)
class Route:
    """A method on a path, and its operation in the OpenAPI document; pages have none."""

    method: str
    path: str
    operation: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def case_parameter(self) -> str:
        """Which of an agency's ids `case_id` stands for here."""
        return NOUNS.get((self.path.split("/") + [""] * 4)[3], "selection_id")

    def values(self, agency: Agency) -> dict[str, str]:
        """A real value for every parameter of the path."""
        noun = (self.path.split("/") + [""] * 4)[3] if self.operation else ""
        known = {name: ids[0] for name, ids in agency.ids.items() if ids}
        act = self.path.rpartition("/")[2]
        period = "2027-Q1" if noun == "contracts" else "2028-06"
        code = known["announcement_id"] if noun == "public" else "ppk_recommendation"
        plain = {
            "kind": "selection",
            "case_id": known[self.case_parameter],
            "requirement": "max_age",
            "component": "paper",
        }
        return {**known, **plain, "period": period, "stage": _STAGES.get(act, "assessment"), "code": code}

    def url(self, agency: Agency, **others: str) -> str:
        """The path with real ids; `others` take the place of some."""
        values = {**self.values(agency), **others}
        if not self.operation:
            values["code"] = values["document_id"]
            values["path"] = "tidak-ada"
        return self.path.replace("{path:page}", "{path}").format_map(values)

    def body(self, agency: Agency, me: str = "") -> dict[str, Any]:
        """What httpx sends: the example with real ids in it (`me`: the caller's), a file, or nothing."""
        content = ((self.operation or {}).get("requestBody") or {}).get("content", {})
        if "multipart/form-data" in content:
            return {"files": {"file": ("surat.pdf", pdf(), "application/pdf")}}
        if "application/json" in content:
            given = _BODIES.get(self.name, content["application/json"]["example"])
            return {"json": _real(given, {**{name: ids[0] for name, ids in agency.ids.items() if ids}, "me": me})}
        return {}

    async def call(self, client: httpx.AsyncClient, agency: Agency, *, me: str = "", **others: str) -> httpx.Response:
        """Send it. Edits claim version 1, so that none is refused for want of a header."""
        headers = {"If-Match": '"1"'} if self.operation and self.method in ("PATCH", "PUT") else {}
        return await client.request(self.method, self.url(agency, **others), headers=headers, **self.body(agency, me))


def api_routes(app: FastAPI) -> list[Route]:
    """The routes that the OpenAPI document describes."""
    return [
        Route(method.upper(), path, operation)
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
        if method.upper() in METHODS
    ]


def page_routes(app: FastAPI) -> list[Route]:
    """The routes for people: everything the application serves that the OpenAPI document does not describe."""
    described = {route.name for route in api_routes(app)}
    found = (Route(m, path) for m, path in _served(app.routes) if m != "HEAD")
    return [route for route in found if route.name not in described]


def _served(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Methods and paths, those of included routers too; the mounted static files have no methods."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _served(inner.routes)
        for method in sorted(getattr(route, "methods", None) or ()):
            yield method, route.path


def _real(given: Any, ids: Mapping[str, str], key: str = "") -> Any:
    """The same body with ids that exist."""
    if isinstance(given, dict):
        return {name: _real(value, ids, name) for name, value in given.items()}
    if isinstance(given, list):
        return [_real(value, ids, key.removesuffix("s")) for value in given]
    if isinstance(given, str) and given in ids:
        return ids[given]
    return given if isinstance(given, bool) else ids.get(key, given)
