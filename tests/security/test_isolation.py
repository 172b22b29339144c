"""One agency's people see nothing of another's, by any list and under any id."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.site import Site, refused
from tests.security.conftest import caller, opened
from tests.security.routes import Route, api_routes
from tests.security.world import Agency, World

PEOPLE = ("secretariat", "regent", "deputy", "observer", "chair", "assessor1", "official", "superior", "team", "p1")


def guarded(site: Site) -> list[Route]:
    """The routes for those who have signed in."""
    return [r for r in api_routes(site.client.app) if r.operation and "security" in r.operation]


def combinations(route: Route, agency: Agency) -> Iterator[dict[str, str]]:
    """Every id of an agency that a route can be asked for, one parameter at a time."""
    named = [p["name"] for p in route.operation["parameters"] if p["in"] == "path"] if route.operation else []
    parameter = {"case_id": route.case_parameter, "code": ""}.get(named[-1], named[-1]) if named else ""
    known = parameter if parameter in agency.ids else next((n for n in named if n in agency.ids), "")
    for one in agency.ids.get(known, [""]):
        yield {named[named.index(known)] if known in named else "case_id": one} if known else {}


@pytest.mark.parametrize("key", PEOPLE)
async def test_no_id_of_another_agency_opens_anything(world: World, tmp_path: Path, key: str) -> None:
    seen, tried = [], 0
    with opened(world, tmp_path / "selter.db") as site:
        async with caller(site, world.second.tokens[key]) as client:
            for route in guarded(site):
                if "{" not in route.path:
                    continue
                for ids in combinations(route, world.first):
                    answer = await route.call(client, world.first, me=world.second.people[key], **ids)
                    tried += 1
                    if not hides(route, answer):
                        seen.append((route.name, ids, answer.status_code, answer.text[:200]))
    assert not seen
    assert tried > 150


def hides(route: Route, answer: httpx.Response) -> bool:
    """A stranger is told that there is no such thing; a vacancy is public, and anybody may apply for it."""
    if route.name == "POST /api/v1/vacancies/{vacancy_id}/applications":
        return answer.json()["code"] == "window-closed"
    return answer.status_code == 404


@pytest.mark.parametrize("key", PEOPLE)
async def test_no_list_shows_anything_of_another_agency(world: World, site_of_world: Site, key: str) -> None:
    theirs = {i for name, ids in world.first.ids.items() for i in ids} | world.first.names
    lists = [r for r in guarded(site_of_world) if r.method == "GET" and "{" not in r.path]
    shown: list[tuple[str, list[str]]] = []
    async with caller(site_of_world, world.second.tokens[key]) as client:
        for route in lists:
            for query in queries(route, world.first):
                answer = await client.get(route.path, params={"limit": 200, **query})
                assert answer.status_code in (200, 403, 404, 422), (route.name, query, answer.text)
                told = without_public(answer)
                found = [text for text in theirs if f'"{text}"' in told or f"/{text}" in told]
                shown += [(route.name, found)] if found else []
    assert not shown
    assert len(lists) > 10


def without_public(answer: httpx.Response) -> str:
    """What a list says, but for announcements, which anybody may read."""
    items = answer.json().get("items") if answer.status_code == 200 else None
    if items and "public" in items[0]:
        return json.dumps([item for item in items if not item["public"]])
    return answer.text


def queries(route: Route, agency: Agency) -> Iterator[dict[str, str]]:
    """Without a filter, and with each filter set to the other agency's ids."""
    yield {}
    for parameter in route.operation["parameters"] if route.operation and "parameters" in route.operation else ():
        if parameter["in"] == "query" and parameter["name"] in agency.ids:
            yield {parameter["name"]: agency.ids[parameter["name"]][0]}
        if parameter["name"] == "subject":
            yield {"subject": f"selection/{agency.ids['selection_id'][0]}"}


async def test_lists_do_show_ones_own(world: World, site_of_world: Site) -> None:
    """The test above would pass on empty answers."""
    async with caller(site_of_world, world.second.tokens["secretariat"]) as client:
        for path in ("selections", "terms", "documents", "people", "mails", "audit", "agencies"):
            answer = await client.get(f"/api/v1/{path}")
            ours = {i for ids in world.second.ids.values() for i in ids}
            assert [i for i in ours if i in answer.text], path


def test_nobody_is_given_a_role_in_another_agencys_round_or_post(world: World, site_of_world: Site) -> None:
    site, first, second = site_of_world, world.first, world.second
    site.known.tokens["stranger"] = second.tokens["secretariat"]
    path, person = f"/agencies/{second.id}", second.people["secretariat2"]
    role = {"person_id": person, "role": "assessor", "basis": "800/7/KEP/2026"}
    for kind in ("selection", "term"):
        body = {**role, "scope_kind": kind, "scope_id": first.ids[f"{kind}_id"][0]}
        assert site.person("stranger").post(f"{path}/assignments", body).status_code in (404, 409, 422), kind
        assert site.person("admin").post(f"{path}/assignments", body).status_code in (404, 409, 422), kind
    other = {**role, "scope_kind": "agency", "scope_id": first.id}
    assert site.person("stranger").post(f"{path}/assignments", other).status_code in (404, 409, 422)
    holding = {"post_id": first.ids["post_id"][0], "person_id": person, "since": "2028-06-01", "basis": "800/7/2028"}
    assert site.person("stranger").post(f"{path}/holdings", holding).status_code == 404
    ended = f"{path}/assignments/{first.ids['assignment_id'][0]}/end"
    refused(site.person("stranger").post(ended, {"basis": "800/8/KEP/2028"}), "unknown-assignment", 404)
    gone = f"{path}/holdings/{first.ids['holding_id'][0]}/end"
    assert site.person("stranger").post(gone, {"until": "2028-06-01", "basis": "800/8/2028"}).status_code == 404
    vacancy = {"title": "Kepala Dinas", "unit": "Dinas", "kind": "other", "post_id": first.ids["post_id"][0]}
    made = site.person("stranger").post("/selections", {"title": "Seleksi", "vacancies": [vacancy]})
    assert made.status_code == 404, made.text


def test_a_number_opens_no_more_than_a_name(world: World, site_of_world: Site) -> None:
    """A secretariat finds anybody by the exact number, to enter a paper application; his address stays unknown."""
    site = site_of_world
    site.known.tokens["stranger"] = world.second.tokens["secretariat"]
    nip = site.person("p1").get("/me").json()["nip"]
    found = site.person("stranger").get(f"/people?nip={nip}").json()["items"]
    assert [(p["id"], p["mail"]) for p in found] == [(world.first.people["p1"], None)]
    own = site.person("secretariat").get(f"/people?nip={nip}").json()["items"]
    assert own[0]["mail"]
