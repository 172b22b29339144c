"""People, posts, holdings and roles: dated, on a basis, never deleted."""

from datetime import timedelta

import pytest

from tests.api.site import AGENCY, Site, ok, refused

BASIS = "800.1.3.3/12/KEP/2027"


def test_a_person_is_entered_once(site: Site) -> None:
    body = {"name": "Sari Melati", "mail": "Sari@tw.example", "nip": "198001012005012001", "rank": "IV/a"}
    made = ok(site.person("secretariat").post("/people", body), 201)
    assert (made["nip"], made["mail"]) == ("198001012005012001", "sari@tw.example")
    for again in (body, {**body, "nip": "198001012005012002"}, {**body, "mail": "x@tw.example"}):
        refused(site.person("secretariat").post("/people", again), "person-exists", 409)
    refused(site.person("secretariat").post("/people", {**body, "nip": "12"}), "bad-nip", 422)
    refused(site.person("chair").post("/people", body), "not-allowed", 403)
    found = ok(site.person("secretariat").get("/people?nip=198001012005012001"))["items"]
    assert [p["id"] for p in found] == [made["id"]]


def test_the_admin_enters_agencies_and_nobody_else(site: Site) -> None:
    refused(site.person("secretariat").post("/agencies", AGENCY), "not-allowed", 403)
    refused(site.person("admin").post("/agencies", {**AGENCY, "zone": "Mars/Base"}), "validation", 422)
    refused(site.person("admin").post("/agencies", {**AGENCY, "kind": "kerajaan"}), "validation", 422)
    assert [a["name"] for a in ok(site.person("chair").get("/agencies"))["agencies"]] == [AGENCY["name"]]


def test_the_people_of_an_agency_are_listed_by_name_in_pages(site: Site) -> None:
    names, cursor = [], ""
    while cursor is not None:
        page = ok(site.person("secretariat").get(f"/people?limit=4{f'&cursor={cursor}' if cursor else ''}"))
        names += [p["name"] for p in page["items"]]
        cursor = page["next_cursor"]
    assert names == sorted(names)
    assert len(names) == 12


def test_a_post_is_held_by_one_definitive_holder_at_a_time(site: Site) -> None:
    office, agency = site.person("secretariat"), site.agency
    post = ok(office.post(f"/agencies/{agency}/posts", {"title": "Inspektur", "unit": "Inspektorat"}), 201)["id"]
    body = {"post_id": post, "person_id": site.people["clerk"], "since": "2026-01-05", "basis": BASIS}
    held = ok(office.post(f"/agencies/{agency}/holdings", body), 201)
    posts = ok(site.person("chair").get(f"/agencies/{agency}/posts"))["posts"]
    assert next(p["held_by"] for p in posts if p["id"] == post) == site.people["clerk"]
    second = {**body, "person_id": site.people["province"], "since": "2026-06-01"}
    refused(office.post(f"/agencies/{agency}/holdings", second), "post-held", 409)
    ok(office.post(f"/agencies/{agency}/holdings", {**second, "kind": "plt", "since": "2026-05-04"}), 201)
    end = f"/agencies/{agency}/holdings/{held['id']}/end"
    refused(office.post(end, {"until": "2025-12-31", "basis": BASIS}), "bad-period", 422)
    ok(office.post(end, {"until": "2026-05-31", "basis": BASIS}))
    refused(office.post(end, {"until": "2026-05-31", "basis": BASIS}), "already-ended", 409)
    ok(office.post(f"/agencies/{agency}/holdings", second), 201)
    assert len(ok(office.get(f"/agencies/{agency}/holdings"))["holdings"]) == 3
    refused(office.post(f"/agencies/{agency}/holdings", {**body, "post_id": "nowhere"}), "unknown-post", 404)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"role": "ppk", "scope_kind": "selection"}, "bad-scope"),
        ({"role": "committee", "scope_kind": "agency", "position": "member", "element": "expert"}, "bad-scope"),
        ({"role": "committee", "scope_kind": "selection"}, "seat-needed"),
        ({"role": "official", "scope_kind": "agency"}, "bad-scope"),
        ({"role": "assessor", "scope_kind": "selection", "scope_id": "nowhere"}, "bad-scope"),
        ({"until": "2020-01-01T00:00:00+07:00"}, "bad-period"),
    ],
)
def test_a_role_has_its_place(site: Site, change: dict, code: str) -> None:
    scope = site.selection if change.get("scope_kind") == "selection" else site.agency
    body = {"person_id": site.people["scholar1"], "role": "observer", "scope_kind": "agency", "scope_id": scope}
    path = f"/agencies/{site.agency}/assignments"
    refused(site.person("admin").post(path, {**body, "basis": BASIS, **change}), code, 422)


def test_a_role_is_held_once_in_a_scope_at_a_time(site: Site) -> None:
    path = f"/agencies/{site.agency}/assignments"
    body = {"person_id": site.people["regent"], "role": "ppk", "scope_kind": "agency", "scope_id": site.agency}
    refused(site.person("admin").post(path, {**body, "basis": BASIS}), "assignment-overlaps", 409)
    refused(site.person("admin").post(path, {**body, "person_id": "nobody", "basis": BASIS}), "unknown-person", 404)


def test_a_future_role_counts_from_its_day(site: Site) -> None:
    path = f"/agencies/{site.agency}/assignments"
    since = (site.clock.now() + timedelta(days=10)).isoformat()
    body = {"person_id": site.people["assessor1"], "role": "observer", "scope_kind": "agency", "since": since}
    ok(site.person("admin").post(path, {**body, "scope_id": site.agency, "basis": BASIS}), 201)
    refused(site.person("assessor1").get("/audit"), "not-allowed", 403)
    site.clock.at += timedelta(days=11)
    ok(site.person("assessor1").get("/audit"))


def test_the_platform_has_admins_and_observers_of_everything(site: Site) -> None:
    body = {"person_id": site.people["scholar2"], "role": "observer", "basis": BASIS}
    refused(site.person("secretariat").post("/platform/assignments", body), "not-allowed", 403)
    site.enter("bkn")
    ok(site.person("admin").post("/platform/assignments", {**body, "person_id": site.people["bkn"]}), 201)
    ok(site.person("bkn").get(site.path))
    assert len(ok(site.person("bkn").get("/selections"))["items"]) == 1
    refused(site.person("admin").post("/platform/assignments", {**body, "role": "ppk"}), "validation", 422)
