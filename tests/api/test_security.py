"""Signing in and up, roles, and what strangers learn: nothing."""

from datetime import datetime, timedelta

import pytest

from tests.api.site import AGENCY, PASSWORD, Person, Site, ok, refused

SIGN_UP = {
    "nip": "198503122010011003",
    "name": "Rani Wulandari",
    "mail": "rani@contoh.example",
    "birth_date": "1985-03-12",
    "password": "langit-biru-2027",
}


def test_a_token_works_until_one_signs_out(site: Site) -> None:
    ok(site.person("chair").get("/me"))
    assert site.person("chair")("DELETE", "/tokens/current").status_code == 204
    refused(site.person("chair").get("/me"), "sign-in-needed", 401)


def test_a_token_expires_on_real_time_and_not_with_the_clock_of_the_demo(site: Site) -> None:
    site.clock.at += timedelta(days=400)
    ok(site.person("chair").get("/me"))


def test_wrong_password_and_unknown_login_look_alike(site: Site) -> None:
    wrong = refused(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": "x"}), "sign-in-failed", 401)
    unknown = refused(site.nobody.post("/tokens", {"login": "who@tw.example", "password": "x"}), "sign-in-failed", 401)
    assert {**wrong, "instance": ""} == {**unknown, "instance": ""}


@pytest.mark.parametrize("login", ["chair@tw.example", "nobody@tw.example"])
def test_guessing_is_slowed_down_also_for_unknown_logins(site: Site, login: str) -> None:
    for _ in range(5):
        refused(site.nobody.post("/tokens", {"login": login, "password": "guess"}), "sign-in-failed", 401)
    answer = site.nobody.post("/tokens", {"login": login.upper(), "password": PASSWORD})
    problem = refused(answer, "sign-in-slowed", 429)
    assert 0 < int(answer.headers["retry-after"]) <= 30
    assert problem["facts"]["seconds"] == answer.headers["retry-after"]


def test_a_good_sign_in_forgets_earlier_slips(site: Site) -> None:
    for _ in range(4):
        site.nobody.post("/tokens", {"login": "chair@tw.example", "password": "slip"})
    ok(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": PASSWORD}), 201)
    for _ in range(4):
        refused(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": "slip"}), "sign-in-failed", 401)


def test_signing_up_mails_and_warns_about_an_odd_number(site: Site) -> None:
    odd = {**SIGN_UP, "nip": "19850312 201013 9 003", "agency_id": site.agency}
    made = ok(site.nobody.post("/accounts", odd), 201)
    assert made["nip_warnings"] == ["entry-month", "sex"]
    mails = ok(site.person("secretariat").get("/mails"))["items"]
    assert [m["template"] for m in mails] == ["account_created"]


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"nip": "19850312201001100"}, "bad-nip", 422),
        ({"nip": "19850312201001100x"}, "bad-nip", 422),
        ({"password": "pendek"}, "weak-password", 422),
        ({"password": "aaaaaaaaaaaaaa"}, "weak-password", 422),
        ({"password": "198503122010011003"}, "weak-password", 422),
        ({"birth_date": "2025-01-01"}, "bad-birth-date", 422),
        ({"mail": "not a mail"}, "validation", 422),
        ({"name": "<script>"}, "validation", 422),
    ],
)
def test_a_bad_sign_up_is_refused(site: Site, change: dict, code: str, status: int) -> None:
    problem = refused(site.nobody.post("/accounts", {**SIGN_UP, **change}), code, status)
    assert SIGN_UP["password"] not in str(problem)


@pytest.mark.parametrize("change", [{"mail": "other@contoh.example"}, {"nip": "198503122010011004"}, {}])
def test_a_second_account_is_refused_without_saying_why(site: Site, change: dict) -> None:
    ok(site.nobody.post("/accounts", SIGN_UP), 201)
    problem = refused(site.nobody.post("/accounts", {**SIGN_UP, **change}), "account-exists", 409)
    assert problem["facts"] == {}


def test_problems_speak_the_language_asked_for(site: Site) -> None:
    english = site.nobody.get("/me", headers={"Accept-Language": "fr, en-GB;q=0.8"})
    assert (english.json()["detail"], english.headers["content-language"]) == ("Sign in first.", "en")
    assert site.nobody.get("/me").headers["content-language"] == "id"


def test_every_answer_is_careful(site: Site) -> None:
    headers = site.nobody.get("/me").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"] in site.nobody.get("/me").json()["instance"] or headers["x-request-id"]


def test_unknown_routes_methods_and_bodies_are_problems(site: Site) -> None:
    refused(site.nobody.get("/nowhere"), "not-found", 404)
    refused(site.nobody("DELETE", "/me"), "method-not-allowed", 405)
    answer = site.client.post("/api/v1/tokens", content=b"{", headers={"content-type": "application/json"})
    refused(answer, "bad-request", 400)


def test_a_huge_body_is_refused_while_it_comes_in(site: Site) -> None:
    body = {"login": "a" * 3_000_000, "password": "x"}
    refused(site.nobody.post("/tokens", body), "body-too-large", 413)

    def endless():
        for _ in range(64):
            yield b"x" * 65_536

    answer = site.client.post("/api/v1/tokens", content=endless(), headers={"content-type": "application/json"})
    refused(answer, "body-too-large", 413)


def test_an_error_of_ours_shows_nothing_but_an_incident(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(real: datetime) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(site.clock, "when", broken)
    problem = refused(site.person("chair").get("/me"), "internal", 500)
    assert "secret" not in str(problem)
    assert problem["facts"]["incident"] in problem["instance"]


def test_another_agencys_things_do_not_exist(published: Site) -> None:
    site = published
    other = ok(site.person("admin").post("/agencies", {**AGENCY, "name": "Pemerintah Kota Lain"}), 201)["id"]
    site.enter("stranger")
    for role in ("secretariat",):
        site.assign("stranger", role, "agency", other, agency=other)
    stranger = site.person("stranger")
    application = site.begin("p1", 1)
    for path in (site.path, f"{site.path}/screening", f"{site.path}/applications", f"{site.path}/journal"):
        assert stranger.get(path).status_code == 404, path
    for path in (f"/applications/{application}", f"/applications/{application}/tracking", f"/cases/{site.case}"):
        assert stranger.get(path).status_code == 404, path
    assert stranger.get(f"/agencies/{site.agency}").status_code == 404
    assert stranger.get(f"/people/{site.people['chair']}").status_code == 404
    assert stranger.post(f"{site.path}/publish").status_code == 404
    assert stranger.patch(site.path, {"title": "x"}, 2).status_code == 404
    refused(stranger.post("/selections", {"title": "x", "agency_id": site.agency}), "not-found", 404)
    assert ok(stranger.get("/selections"))["items"] == []
    assert ok(stranger.get("/inbox"))["items"] == []


def test_the_admin_manages_and_neither_reads_nor_decides(published: Site) -> None:
    site = published
    admin, application = site.person("admin"), site.apply("p1", 1)
    ok(admin.get(f"/agencies/{site.agency}/assignments"))
    refused(admin.get(site.path), "not-allowed", 403)
    assert admin.get(f"/applications/{application}").status_code == 404
    assert admin.get(f"/applications/{application}/sheets").status_code == 404
    assert admin.put(f"/applications/{application}/sheets/paper", {"score": "99"}).status_code == 403
    refused(admin.post(f"{site.path}/cancel", {"reason": "x"}), "not-allowed", 403)
    assert admin.get(f"{site.path}/vacancies/{site.vacancy}/rankings").status_code == 403
    assert ok(admin.get("/inbox"))["items"] == []


@pytest.mark.parametrize("role", ["committee", "assessor", "ppk", "secretariat"])
def test_an_admin_gets_no_other_role(site: Site, role: str) -> None:
    scope = ("selection", site.selection) if role in ("committee", "assessor") else ("agency", site.agency)
    body = {"person_id": site.people["admin"], "role": role, "scope_kind": scope[0], "scope_id": scope[1]}
    body |= {"basis": "800/2/KEP/2026", "position": "member", "element": "expert"}
    answer = site.person("admin").post(f"/agencies/{site.agency}/assignments", body)
    refused(answer, "duties-conflict", 409)


def test_the_secretariat_gives_no_powers(site: Site) -> None:
    path = f"/agencies/{site.agency}/assignments"
    body = {"person_id": site.people["secretariat2"], "scope_kind": "agency", "scope_id": site.agency}
    body |= {"basis": "800/2/KEP/2026", "role": "ppk"}
    refused(site.person("secretariat").post(path, body), "not-allowed", 403)
    committee = {**body, "role": "committee", "scope_kind": "selection", "scope_id": site.selection}
    seated = {**committee, "position": "member", "element": "expert"}
    refused(site.person("secretariat").post(path, seated), "duties-conflict", 409)


def test_a_role_ends_with_its_date_and_stays_on_record(site: Site) -> None:
    rows = ok(site.person("admin").get(f"/agencies/{site.agency}/assignments"))["assignments"]
    mine = next(a for a in rows if a["person_id"] == site.people["secretariat2"])
    path = f"/agencies/{site.agency}/assignments/{mine['id']}/end"
    site.clock.at += timedelta(hours=1)
    ok(site.person("admin").post(path, {"basis": "800/3/KEP/2026"}))
    refused(site.person("secretariat2").get(site.path), "unknown-selection", 404)
    refused(site.person("admin").post(path, {}), "already-ended", 409)
    history = ok(site.person("admin").get(f"/agencies/{site.agency}/assignments?history=true"))["assignments"]
    assert mine["id"] in {a["id"] for a in history}


def test_after_publication_the_committee_changes_by_act_only(published: Site) -> None:
    body = {"person_id": published.people["assessor1"], "role": "committee", "scope_kind": "selection"}
    body |= {"scope_id": published.selection, "position": "member", "element": "expert", "basis": "800/4/KEP/2026"}
    answer = published.person("admin").post(f"/agencies/{published.agency}/assignments", body)
    refused(answer, "by-act", 409)


def test_health_names_what_is_missing(site: Site) -> None:
    assert ok(site.nobody.get("/health/live")) == {"alive": True}
    assert ok(site.nobody.get("/health/ready"))["ready"] is True


def test_a_number_is_masked_for_those_who_need_not_know_it(published: Site) -> None:
    published.apply("p1", 1)
    person = published.people["p1"]
    full = ok(published.person("secretariat").get(f"/people/{person}"))["nip"]
    assert full.isdigit()
    seen = ok(published.person("observer").get(f"/people/{person}"))
    assert "•" in seen["nip"]
    assert seen["mail"] is None


def test_the_description_declares_its_problems(site: Site) -> None:
    schema = ok(site.nobody.get("/openapi.json"))
    assert schema["openapi"].startswith("3.1")
    assert "HTTPValidationError" not in str(schema)
    assert "Problem" in schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation.get("tags"), (method, path)
            if "security" in operation:
                assert "401" in operation["responses"], (method, path)


def test_signing_in_is_no_way_to_see_other_people(site: Site) -> None:
    other = Person(site.client, "made-up-token")
    refused(other.get("/me"), "sign-in-needed", 401)
