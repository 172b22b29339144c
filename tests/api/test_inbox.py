"""The inbox: what waits for whom, and nothing else."""

from datetime import timedelta

from sqlalchemy import event

from tests.api.site import Site, ok


def waiting(site: Site, key: str) -> list[tuple[str, int]]:
    return [(i["act"], i["count"]) for i in ok(site.person(key).get("/inbox"))["items"]]


def test_a_draft_waits_for_the_secretariat(site: Site) -> None:
    (item,) = ok(site.person("secretariat").get("/inbox"))["items"]
    assert (item["act"], item["title"], item["about"]) == ("publish", "Mengumumkan seleksi", "Seleksi Terbuka 2027")
    assert item["link"] == f"/api/v1{site.path}"
    assert waiting(site, "chair") == []


def test_after_the_window_the_chair_advances_and_a_member_waits(site: Site) -> None:
    site.publish()
    for number in range(1, 5):
        site.apply(f"p{number}", number)
    assert waiting(site, "chair") == []
    site.close_window()
    (item,) = ok(site.person("chair").get("/inbox"))["items"]
    assert (item["act"], item["about"], item["role"]) == ("advance", "Kepala Dinas Kesehatan", "committee")
    assert item["due"]
    assert item["rule"] == "plan.timetable"
    assert waiting(site, "scholar1") == []
    assert waiting(site, "p1") == []
    assert waiting(site, "observer") == []


def test_too_few_applicants_wait_for_any_member_to_extend_and_for_the_chair_to_close(site: Site) -> None:
    site.publish()
    site.apply("p1", 1)
    site.close_window()
    assert waiting(site, "scholar1") == [("extend_vacancy", 1)]
    assert sorted(waiting(site, "chair")) == [("close_vacancy", 1), ("extend_vacancy", 1)]


def test_applications_to_screen_wait_until_one_has_looked_or_they_are_decided(site: Site) -> None:
    first, *others = site.to_screening()
    assert ("check_requirement", 4) in waiting(site, "scholar1")
    site.verify("scholar1", first)
    assert ("check_requirement", 3) in waiting(site, "scholar1")
    site.verify("clerk", first)
    assert ("check_requirement", 3) in waiting(site, "chair")
    for application in others:
        site.verify("clerk", application)
        site.verify("chair", application)
    assert waiting(site, "scholar2") == []
    assert waiting(site, "chair") == [("announce_result", 1)]


def test_sheets_wait_for_those_on_duty_and_minutes_for_those_who_have_not_signed(site: Site) -> None:
    applications = site.to_assessment()
    assert sorted(waiting(site, "assessor1")) == [("seal_sheet", 4)] * 3
    for key in ("assessor1", "assessor2"):
        for application in applications:
            for component in ("track_record", "assessment", "paper"):
                ok(site.seal(key, application, component), 201)
    assert waiting(site, "assessor1") == []
    for act in ("open-seals", "announce-result", "advance"):
        site.chair(f"stages/assessment/{act}")
    for key in ("chair", "clerk", "province", "scholar1", "scholar2"):
        assert ("seal_sheet", 4) in waiting(site, key)
        for application in applications:
            ok(site.seal(key, application, "interview"), 201)
    for act in ("open-seals", "announce-result", "advance"):
        site.chair(f"stages/interview/{act}")
    assert waiting(site, "scholar1") == [("sign_minutes", 1)]
    lane = ok(site.person("chair").get(site.path))["lanes"][0]
    document = ok(site.person("scholar1").get(f"/documents/{lane['minutes']}"))
    body = {"document_id": document["id"], "sha256": document["inputs_sha256"]}
    ok(site.person("scholar1").post(f"{site.path}/sign-minutes", body))
    assert waiting(site, "scholar1") == []
    assert waiting(site, "clerk") == [("sign_minutes", 1)]
    rankings = ok(site.person("observer").get(f"{site.path}/vacancies/{site.vacancy}/rankings"))["rankings"]
    assert [r["stage"] for r in rankings] == ["assessment", "interview", "appointment"]
    assert set(rankings[-1]["candidates"].values()) == {f"Pelamar p{n}" for n in range(1, 5)}
    assert rankings[-1]["inputs"]["weights"]["interview"] == "35"


def test_the_overdue_comes_first_and_stays(site: Site) -> None:
    site.to_screening()
    site.clock.at += timedelta(days=30)
    items = ok(site.person("chair").get("/inbox"))["items"]
    assert all(i["overdue"] for i in items if i["due"])


def test_the_number_of_queries_does_not_grow_with_the_rounds(site: Site) -> None:
    counted = []
    event.listen(site.database.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    waiting(site, "secretariat")
    before = len(counted)
    for number in range(4):
        ok(site.person("secretariat").post("/selections", {"title": f"Seleksi {number}"}), 201)
    counted.clear()
    assert len(waiting(site, "secretariat")) == 5
    assert len(counted) == before
