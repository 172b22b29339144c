"""Screening: computed with its article, decided by two people, told to each with reasons."""

from datetime import timedelta

from tests.api.site import Site, ok, refused


def rows_of(site: Site, key: str, application: str) -> dict[str, dict]:
    listed = ok(site.person(key).get(f"{site.path}/screening"))["applications"]
    found = next(a for a in listed if a["application_id"] == application)
    return {r["requirement"]: r for r in found["requirements"]}


def test_each_requirement_is_computed_with_evidence_and_citation(site: Site) -> None:
    site.publish()
    young, junior = site.apply("p1", 1), site.apply("p2", 2, rank="III/d")
    for number in (3, 4):
        site.apply(f"p{number}", number)
    site.close_window()
    site.chair("stages/announcement/advance")
    rank = rows_of(site, "chair", junior)["min_rank"]
    assert (rank["computed"], rank["verdict"], rank["mine"]) == ("not_met", "needs_review", None)
    assert "III/d" in rank["evidence"]
    assert rank["would_satisfy"]
    rows = rows_of(site, "secretariat", young)
    assert rows["document.ppk_recommendation"]["citation"] == "PP 11/2017 Pasal 118 ayat (2)"
    assert rows["document.ppk_recommendation"]["title"] == "Surat rekomendasi PPK"
    assert "document.photo" not in rows
    assert {r["computed"] for r in rows.values()} == {"met"}
    assert ok(site.person("chair").get(f"{site.path}/screening?vacancy_id=unknown"))["applications"] == []


def test_a_requirement_is_decided_when_two_distinct_people_agree(site: Site) -> None:
    first, *_ = site.to_screening()
    path = f"/applications/{first}/checks/max_age"
    ok(site.person("secretariat").put(path, {"verdict": "met"}))
    ok(site.person("secretariat").put(path, {"verdict": "met"}))
    assert rows_of(site, "chair", first)["max_age"]["verdict"] == "needs_review"
    ok(site.person("chair").put(path, {"verdict": "met"}))
    row = rows_of(site, "chair", first)["max_age"]
    assert (row["verdict"], row["mine"], len(row["opinions"])) == ("met", "met", 2)


def test_when_two_disagree_a_third_decides(site: Site) -> None:
    first, *_ = site.to_screening()
    path = f"/applications/{first}/checks/max_age"
    ok(site.person("secretariat").put(path, {"verdict": "met"}))
    ok(site.person("chair").put(path, {"verdict": "not_met", "reason": "Akta kelahiran berbeda."}))
    assert rows_of(site, "clerk", first)["max_age"]["verdict"] == "needs_review"
    ok(site.person("clerk").put(path, {"verdict": "not_met", "reason": "Akta kelahiran berbeda."}))
    assert rows_of(site, "clerk", first)["max_age"]["verdict"] == "not_met"


def test_overruling_the_computed_verdict_needs_a_reason(site: Site) -> None:
    first, *_ = site.to_screening()
    path = f"/applications/{first}/checks/max_age"
    problem = refused(site.person("chair").put(path, {"verdict": "not_met"}), "overruling-reason", 422)
    assert problem["rule"] == "candidate.pratama.max_age"
    assert problem["citation"]
    refused(site.person("chair").put(path, {"verdict": "not_met", "reason": "  "}), "overruling-reason", 422)
    refused(site.person("chair").put(path, {"verdict": "needs_review"}), "validation", 422)


def test_several_verdicts_are_taken_whole_or_not_at_all(site: Site) -> None:
    first, *_ = site.to_screening()
    checks = {"education": {"verdict": "met"}, "max_age": {"verdict": "not_met"}}
    refused(site.person("chair").put(f"/applications/{first}/checks", {"checks": checks}), "overruling-reason", 422)
    assert rows_of(site, "chair", first)["education"]["mine"] is None


def test_checks_wait_for_the_stage_and_end_with_the_announcement(site: Site) -> None:
    site.publish()
    application = site.apply("p1", 1)
    path = f"/applications/{application}/checks/max_age"
    refused(site.person("chair").put(path, {"verdict": "met"}), "check-locked", 409)
    for number in (2, 3, 4):
        site.apply(f"p{number}", number)
    site.close_window()
    site.chair("stages/announcement/advance")
    listed = ok(site.person("chair").get(f"{site.path}/screening"))["applications"]
    for item in listed:
        for key in ("chair", "secretariat"):
            site.verify(key, item["application_id"])
    site.chair("stages/screening/announce-result")
    refused(site.person("chair").put(path, {"verdict": "met"}), "check-locked", 409)


def test_only_verifiers_check_and_never_the_recused_or_the_applicant(site: Site) -> None:
    first, *_ = site.to_screening()
    path = f"/applications/{first}/checks/max_age"
    for key in ("observer", "assessor1", "regent"):
        refused(site.person(key).put(path, {"verdict": "met"}), "not-allowed", 403)
    refused(site.person("p1").put(path, {"verdict": "met"}), "unknown-application", 404)
    charm = f"/applications/{first}/checks/charm"
    refused(site.person("chair").put(charm, {"verdict": "met"}), "unknown-requirement", 404)
    site.chair("recuse", person_id=site.people["chair"], application_id=first, ground="family", reason="Saudara.")
    refused(site.person("chair").put(path, {"verdict": "met"}), "recused", 403)


def test_a_recusal_takes_the_opinion_back(site: Site) -> None:
    first, *_ = site.to_screening()
    for key in ("chair", "clerk"):
        site.verify(key, first)
    assert rows_of(site, "clerk", first)["max_age"]["verdict"] == "met"
    site.chair("recuse", person_id=site.people["chair"], application_id=first, ground="family", reason="Saudara.")
    assert rows_of(site, "clerk", first)["max_age"]["verdict"] == "needs_review"


def test_nothing_is_announced_before_people_have_decided_and_then_each_learns_why(site: Site) -> None:
    first, second, third, fourth = site.to_screening()
    answer = site.person("chair").post(f"{site.path}/stages/screening/announce-result", {})
    refused(answer, "screening-incomplete", 409)
    reason = {"verdict": "not_met", "reason": "SK jabatan tidak sah."}
    for key in ("chair", "secretariat"):
        for application in (first, second, third):
            site.verify(key, application)
        site.verify(key, fourth, feeder_years=reason)
    before = ok(site.person("p4").get(f"/applications/{fourth}/tracking"))
    assert before["results"] == []
    site.clock.at += timedelta(days=1)
    site.chair("stages/screening/announce-result")
    shown = ok(site.person("p4").get(f"/applications/{fourth}/tracking"))
    (result,) = shown["results"]
    assert (shown["status"], result["passed"]) == ("not_passed", False)
    told = next(r for r in result["reasons"] if r["verdict"] == "not_met")
    assert told["reason"] == "SK jabatan tidak sah."
    assert told["citation"]
    assert site.people["chair"] not in str(shown)
    assert shown["next"] == []
