"""What citizens see: announcements, numbers, results as the law publishes them, and whether a paper is real."""

from datetime import timedelta

import regulations
from records import rules as rule_sets
from tests.altered import with_values
from tests.api.site import Site, ok, refused

ASSESSED = ("track_record", "assessment", "paper")


def test_a_draft_does_not_exist_for_the_public(site: Site) -> None:
    assert ok(site.nobody.get("/public/selections"))["items"] == []
    refused(site.nobody.get(f"/public{site.path}"), "unknown-selection", 404)


def test_a_published_round_is_listed_with_its_window(published: Site) -> None:
    (row,) = ok(published.nobody.get("/public/selections"))["items"]
    assert (row["id"], row["stage"], row["posts"]) == (published.selection, "announcement", ["Kepala Dinas Kesehatan"])
    shown = ok(published.nobody.get(f"/public{published.path}"))
    (vacancy,) = shown["vacancies"]
    assert vacancy["applicants"] is None
    assert vacancy["requirements"]
    assert shown["announcement_number"]
    assert shown["agency"]["contact"] == "(0299) 555 0147"


def test_the_list_goes_on_behind_a_cursor_and_refuses_a_broken_one(published: Site) -> None:
    first = ok(published.nobody.get("/public/selections?limit=1"))
    assert first["next_cursor"] is None
    refused(published.nobody.get("/public/selections?cursor=W10"), "bad-cursor", 400)


def test_applicants_are_counted_only_when_the_window_has_closed(site: Site) -> None:
    site.to_screening()
    (vacancy,) = ok(site.nobody.get(f"/public{site.path}"))["vacancies"]
    assert vacancy["applicants"] == 4
    assert vacancy["results"] == []
    assert "Pelamar" not in site.nobody.get(f"/public{site.path}").text


def test_screening_names_those_who_passed_and_assessment_ranks_them(site: Site) -> None:
    applications = site.to_assessment()
    (vacancy,) = ok(site.nobody.get(f"/public{site.path}"))["vacancies"]
    (screening,) = vacancy["results"]
    assert (screening["participants"], screening["passed"]) == (4, 4)
    assert [c["name"] for c in screening["candidates"]] == [f"Pelamar p{n}" for n in range(1, 5)]
    assert {c["total"] for c in screening["candidates"]} == {None}
    _score(site, applications, ASSESSED, ("assessor1", "assessor2"))
    (vacancy,) = ok(site.nobody.get(f"/public{site.path}"))["vacancies"]
    assessed = vacancy["results"][1]
    assert [c["rank"] for c in assessed["candidates"]] == [1, 2, 3, 4]
    assert [c["name"] for c in assessed["candidates"]] == [f"Pelamar p{n}" for n in range(1, 5)]


def _score(site: Site, applications: list[str], components: tuple[str, ...], judges: tuple[str, ...]) -> None:
    """Score by the order of the applications, the best first."""
    for application, points in zip(applications, ("90", "85", "80", "75"), strict=True):
        for component in components:
            for key in judges:
                assert site.seal(key, application, component, points).status_code < 300
    stage = "interview" if components == ("interview",) else "assessment"
    site.chair(f"stages/{stage}/open-seals")
    site.chair(f"stages/{stage}/announce-result")


def _shortlisted(site: Site, order: tuple[int, ...] = (0, 1, 2, 3)) -> list[str]:
    """The names are submitted, with the applicants ranked in this order."""
    begun = site.to_assessment()
    applications = [begun[index] for index in order]
    _score(site, applications, ASSESSED, ("assessor1", "assessor2"))
    site.chair("stages/assessment/advance")
    members = ("chair", "clerk", "province", "scholar1", "scholar2")
    _score(site, applications, ("interview",), members)
    site.chair("stages/interview/advance")
    lane = ok(site.person("chair").get(site.path))["lanes"][0]
    minutes = ok(site.person("chair").get(f"/documents/{lane['minutes']}"))
    body = {"document_id": minutes["id"], "sha256": minutes["inputs_sha256"]}
    for key in members:
        ok(site.person(key).post(f"{site.path}/sign-minutes", body))
    site.chair("submit-shortlist")
    return applications


def test_the_three_names_are_public_only_after_the_supervisors_clearance(site: Site) -> None:
    _shortlisted(site)
    (vacancy,) = ok(site.nobody.get(f"/public{site.path}"))["vacancies"]
    assert vacancy["shortlist"] == []
    interview = vacancy["results"][-1]
    assert (interview["stage"], interview["candidates"], interview["passed"]) == ("interview", [], 4)
    today = (site.clock.now() + timedelta(hours=7)).date().isoformat()
    letter = {"kind": "appointment", "number": "B-9/X/2027", "issued_on": today}
    ok(site.person("secretariat").post(f"{site.path}/record-clearance", letter))
    answer = site.nobody.get(f"/public{site.path}")
    (vacancy,) = ok(answer)["vacancies"]
    assert vacancy["shortlist"] == ["Pelamar p1", "Pelamar p2", "Pelamar p3"]
    assert vacancy["appointee"] == ""


def test_the_names_are_public_in_the_order_and_at_the_time_that_the_rounds_rules_state(site: Site) -> None:
    chosen = {"result.publish": "before_bkn", "result.public_order": "ranked"}
    rules = with_values(regulations.load("id-pns-2020"), chosen)
    _shortlisted(site, (3, 1, 0, 2))
    with site.database.write() as writer:
        rule_sets.pin(writer.session, rules)
    ok(site.person("regent").post(f"{site.path}/adopt-rules", {"sha256": rules.sha256, "reason": "Keputusan PPK"}))
    (vacancy,) = ok(site.nobody.get(f"/public{site.path}"))["vacancies"]
    assert vacancy["shortlist"] == ["Pelamar p4", "Pelamar p2", "Pelamar p1"]


def test_who_withdraws_is_not_named_any_more(site: Site) -> None:
    applications = site.to_assessment()
    ok(site.person("p1").post(f"/applications/{applications[0]}/withdraw"))
    (vacancy,) = ok(site.nobody.get(f"/public{site.path}"))["vacancies"]
    assert "Pelamar p1" not in {c["name"] for c in vacancy["results"][0]["candidates"]}
    assert vacancy["results"][0]["passed"] == 4


def test_a_paper_is_real_when_its_code_was_issued_here(published: Site) -> None:
    code = ok(published.nobody.get(f"/public{published.path}"))["announcement_id"]
    found = ok(published.nobody.get(f"/public/documents/{code.upper()}"))
    assert (found["kind"], found["agency"]) == ("announcement", "Pemerintah Kabupaten Tirta Wening")
    assert len(found["sha256"]) == 64
    refused(published.nobody.get("/public/documents/0000000000000"), "unknown-document", 404)
