"""Drafting, editing, publishing and reading a round."""

import pytest

from tests.api.site import PLAN, Site, local, ok, refused


def test_a_round_is_opened_with_its_case_and_its_workflow_is_started(site: Site) -> None:
    made = ok(site.person("secretariat").post("/selections", {"title": "Seleksi kedua"}), 201)
    assert made["running"] is True
    assert made["case"] == f"selection/{made['id']}"
    assert made["case"] in site.engine.started
    assert made["stage"] == "draft"
    assert "vacancies" in made["missing"]


def test_a_round_is_opened_even_when_the_engine_is_down(site: Site) -> None:
    site.engine.down = True
    made = ok(site.person("secretariat").post("/selections", {"title": "Seleksi kedua"}), 201)
    assert made["running"] is False
    assert ok(site.person("secretariat").get(f"/selections/{made['id']}"))["seq"] == 1


def test_the_draft_is_linted_on_every_save(site: Site) -> None:
    shown = ok(site.person("secretariat").get(site.path))
    assert [f for f in shown["findings"] if f["severity"] == "block"] == []
    short = {"announcement": {"opens": "2027-01-05", "closes": "2027-01-14"}}
    edited = ok(site.person("secretariat").patch(site.path, short, shown["version"]))
    finding = next(f for f in edited["findings"] if f["severity"] == "block")
    assert (finding["rule"], finding["citation"]) == (
        "announcement.min_calendar_days",
        "PP 11/2017 Pasal 117 ayat (2)",
    )


def test_vacancies_with_different_requirements_are_linted_one_by_one(site: Site) -> None:
    shown = ok(site.person("secretariat").get(site.path))
    first = shown["vacancies"][0]
    second = {"title": "Inspektur", "unit": "Inspektorat", "requirements": {"max_age": 60}, "documents": []}
    kept = {"id": first["id"], "requirements": first["requirements"], "documents": first["documents"]}
    edited = ok(site.person("secretariat").patch(site.path, {"vacancies": [kept, second]}, shown["version"]))
    paths = {f["path"] for f in edited["findings"] if f["severity"] == "block"}
    index = [v["title"] for v in edited["vacancies"]].index("Inspektur")
    assert f"vacancies[{index}].requirements.max_age" in paths
    assert edited["vacancies"][1 - index]["title"] == "Kepala Dinas Kesehatan"


def test_an_edit_needs_the_version_that_was_read(site: Site) -> None:
    body = {"title": "Judul baru"}
    refused(site.person("secretariat").patch(site.path, body), "precondition-needed", 428)
    refused(site.person("secretariat").patch(site.path, body, 1), "stale-version", 412)
    answer = site.person("secretariat").patch(site.path, body, 2)
    assert answer.headers["etag"] == '"3"'
    assert site.person("secretariat").get(site.path).headers["etag"] == '"3"'


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"weights": {"charm": "20"}}, "body.weights"),
        ({"weights": {"paper": "twenty"}}, "body.weights"),
        ({"timetable": [{"step": "lunch", "start": "2027-02-01"}]}, "body.timetable"),
        ({"vacancies": [{"title": "A", "requirements": {"min_rank": "V/a"}}]}, "body.vacancies"),
        ({"unknown": 1}, "body.unknown"),
    ],
)
def test_unreadable_parts_are_named_and_not_repeated(site: Site, body: dict, field: str) -> None:
    problem = refused(site.person("secretariat").patch(site.path, body, 2), "validation", 422)
    assert any(e["field"].startswith(field) for e in problem["errors"])
    assert "twenty" not in str(problem)


def test_a_published_plan_is_locked(published: Site) -> None:
    problem = refused(published.person("secretariat").patch(published.path, PLAN, 2), "plan-locked", 409)
    assert problem["rule"] == "weights.locked_after"
    assert problem["citation"]


def test_only_the_secretariat_drafts(site: Site) -> None:
    refused(site.person("chair").post("/selections", {"title": "Punya ketua"}), "not-allowed", 403)
    refused(site.person("chair").patch(site.path, {"title": "Ubah"}, 2), "not-allowed", 403)
    refused(site.person("admin").post("/selections", {"title": "Punya admin"}), "not-allowed", 403)
    refused(site.nobody.post("/selections", {"title": "x"}), "sign-in-needed", 401)


def test_the_state_is_derived_with_deadlines_and_counts(published: Site) -> None:
    published.apply("p1", 1)
    shown = ok(published.person("chair").get(published.path))
    (lane,) = shown["lanes"]
    assert (shown["stage"], lane["stage"], lane["submitted"], lane["applicants"]) == (
        "announcement",
        "announcement",
        1,
        None,
    )
    (deadline,) = shown["deadlines"]
    assert deadline["rule"] == "announcement.min_calendar_days"
    assert deadline["due"] == local("2027-01-20T23:59:59").isoformat().replace("+00:00", "Z")
    assert shown["findings"] == []


def test_the_journal_shows_acts_without_personal_data(published: Site) -> None:
    entries = ok(published.person("observer").get(f"{published.path}/journal"))["entries"]
    assert [e["act"] for e in entries] == ["open", "publish"]
    assert entries[1]["role"] == "secretariat"
    assert published.people["secretariat"] not in str(entries)
    refused(published.person("assessor1").get(f"{published.path}/journal"), "not-allowed", 403)


def test_lists_are_paged_and_newest_first(site: Site) -> None:
    for number in range(3):
        site.clock.at = local(f"2027-01-04T1{number}:00:00")
        ok(site.person("secretariat").post("/selections", {"title": f"Seleksi {number}"}), 201)
    titles, cursor = [], ""
    while cursor is not None:
        page = ok(site.person("secretariat").get(f"/selections?limit=2{f'&cursor={cursor}' if cursor else ''}"))
        titles += [row["title"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert titles == ["Seleksi 2", "Seleksi 1", "Seleksi 0", "Seleksi Terbuka 2027"]
    refused(site.person("secretariat").get("/selections?cursor=%%%"), "bad-cursor", 400)


def test_a_committee_lists_only_its_own_rounds(site: Site) -> None:
    ok(site.person("secretariat").post("/selections", {"title": "Seleksi lain"}), 201)
    mine = ok(site.person("chair").get("/selections"))["items"]
    assert [row["title"] for row in mine] == ["Seleksi Terbuka 2027"]
