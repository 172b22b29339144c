"""Every route against every role, as matrix.toml says; and no route without its row."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI

from domain.acts import ACTS, Act
from domain.words import CommitteePosition, Role
from tests.api.site import Site
from tests.security.conftest import caller, opened
from tests.security.routes import Route, api_routes, page_routes
from tests.security.world import ROLES, World

_TABLE: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text(encoding="utf-8"))
_EVERYBODY: Final = ("anonymous", *ROLES, "stranger")
_UNSEEN: Final = frozenset(
    f"unknown-{thing}" for thing in ("agency", "application", "case", "document", "mail", "person", "selection")
) | {"not-found"}
"""The codes of a 404 that keeps a thing from a stranger; others (an unknown rule set) are about the request."""
_SEATS: Final = {
    CommitteePosition.CHAIR: "chair",
    CommitteePosition.SECRETARY: "clerk",
    CommitteePosition.MEMBER: "member",
}
_PLAIN: Final = {
    Role.PERFORMANCE_TEAM: ("team",),
    Role.COMMITTEE: tuple(_SEATS.values()),
    Role.CANDIDATE: ("applicant",),
}


def people(words: str) -> Iterator[str]:
    """The roles that a row's words stand for."""
    for word in words.split():
        if word in _TABLE["groups"]:
            yield from people(_TABLE["groups"][word])
        else:
            yield word


@dataclass(frozen=True)
class Row:
    """What the matrix says about a route."""

    name: str
    may: frozenset[str]
    hidden: frozenset[str]

    def expected(self, role: str) -> str:
        if role in self.may:
            return "may"
        if role in self.hidden:
            return "hidden"
        return "sign in" if role == "anonymous" else "may not"


ROWS: Final = {
    name: Row(name, frozenset(people(row["may"])), frozenset(people(row.get("hidden", ""))))
    for name, row in _TABLE["routes"].items()
}


def routes_of(app: FastAPI) -> dict[str, Route]:
    return {route.name: route for route in (*api_routes(app), *page_routes(app))}


def answered(route: Route, answer: httpx.Response) -> str:
    """What an answer says about the door."""
    if not route.operation:
        to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/masuk")
        return "sign in" if to_sign_in else {403: "may not", 404: "hidden"}.get(answer.status_code, "may")
    code = answer.json().get("code", "") if "problem+json" in answer.headers.get("content-type", "") else ""
    assert code != "validation", f"{route.name} was never asked: {answer.text}"
    if code == "sign-in-needed":
        return "sign in"
    if answer.status_code == 403:
        return "may not"
    return "hidden" if answer.status_code == 404 and code in _UNSEEN else "may"


def test_every_route_has_its_row_and_every_row_its_route(site_of_world: Site) -> None:
    routes = set(routes_of(site_of_world.client.app))
    missing = [f'"{name}" = {{ may = "", hidden = "outsiders" }}' for name in sorted(routes - set(ROWS))]
    assert not missing, "routes without a rule; think, then add to tests/security/matrix.toml:\n" + "\n".join(missing)
    assert set(ROWS) <= routes, f"rows without a route: {sorted(set(ROWS) - routes)}"
    assert {role for row in ROWS.values() for role in row.may | row.hidden} <= set(_EVERYBODY)
    assert not [row.name for row in ROWS.values() if row.may & row.hidden]


def test_the_rows_of_acts_agree_with_the_table_of_acts(site_of_world: Site) -> None:
    named = {r.operation["operationId"]: r.name for r in routes_of(site_of_world.client.app).values() if r.operation}
    for act in ACTS.values():
        if not act.birth:
            row = ROWS[named[f"{act.case}_{act.name}"]]
            assert row.may == set(_who(act)), row.name
            assert row.hidden == set(people("outsiders")), row.name


def _who(act: Act) -> Iterable[str]:
    for role in act.roles:
        if role is Role.COMMITTEE and act.positions:
            yield from (_SEATS[position] for position in act.positions)
        else:
            yield from _PLAIN.get(role, (role.value,))


@pytest.mark.parametrize("name", ROWS)
async def test_a_route_serves_those_whom_the_matrix_names(world: World, tmp_path: Path, name: str) -> None:
    row = ROWS[name]
    with opened(world, tmp_path / "selter.db") as site:
        route = routes_of(site.client.app)[name]
        found = {role: await _tried(world, site, route, role) for role in sorted(_EVERYBODY, key=row.may.__contains__)}
    assert found == {role: row.expected(role) for role in found}


async def _tried(world: World, site: Site, route: Route, role: str) -> str:
    """One role's call; those who may come last, since they change what is there."""
    agency, key = (world.second, "secretariat") if role == "stranger" else (world.first, ROLES.get(role, ""))
    token = agency.tokens.get(key)
    async with caller(site, token if route.operation else None) as client:
        if token and not route.operation:
            client.cookies.set("selter_session", token)
        return answered(route, await route.call(client, world.first, me=agency.people.get(key, "")))
