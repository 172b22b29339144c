"""Sealed sheets: given once, seen by nobody, opened together."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.api.site import Site, ok, refused


@pytest.fixture
def scoring(site: Site) -> tuple[Site, list[str]]:
    """A lane in assessment with four candidates."""
    return site, site.to_assessment()


def test_one_sees_what_one_has_to_score(scoring) -> None:
    site, applications = scoring
    tasks = ok(site.person("assessor1").get("/me/sheets"))["sheets"]
    assert {t["application_id"] for t in tasks} == set(applications)
    assert {t["component"] for t in tasks} == {"track_record", "assessment", "paper"}
    assert not any(t["declared"] or t["sealed"] for t in tasks)
    assert ok(site.person("chair").get("/me/sheets"))["sheets"] == []


def test_a_conflict_is_denied_before_scoring(scoring) -> None:
    site, (first, *_) = scoring
    path = f"/applications/{first}"
    problem = refused(site.person("assessor1").put(f"{path}/sheets/paper", {"score": "80"}), "declaration-missing", 409)
    assert problem["rule"] == "committee.coi_declaration_per_candidate"
    refused(site.person("assessor1").post(f"{path}/conflict-declarations", {"none": False}), "declare-by-recusal", 409)
    ok(site.person("assessor1").post(f"{path}/conflict-declarations", {"none": True}), 201)
    ok(site.person("assessor1").put(f"{path}/sheets/paper", {"score": "80"}), 201)


def test_a_sealed_sheet_is_not_changed_and_an_equal_repeat_answers_with_it(scoring) -> None:
    site, (first, *_) = scoring
    sheet = ok(site.seal("assessor1", first, "paper", "80.5"), 201)
    assert sheet["score"] == "80.50"
    path = f"/applications/{first}/sheets/paper"
    assert ok(site.person("assessor1").put(path, {"score": "80.50"})) == sheet
    for other in ({"score": "81"}, {"absent": True}, {"score": "80.50", "note": "lebih"}):
        problem = refused(site.person("assessor1").put(path, other), "sheet-sealed", 409)
        assert "80" not in problem["detail"].replace(sheet["sealed_at"][:10], "")
    with pytest.raises(DBAPIError, match="append-only"), site.database.write() as writer:
        writer.session.connection().execute(text("UPDATE sheet SET note = 'x'"))


def test_nobody_reads_anothers_sheet_before_the_seals_open(scoring) -> None:
    site, applications = scoring
    first = applications[0]
    mine = ok(site.seal("assessor1", first, "paper"), 201)
    path = f"/applications/{first}/sheets"
    assert ok(site.person("assessor1").get(path))["sheets"] == [mine]
    for key in ("assessor2", "chair", "observer", "regent"):
        assert ok(site.person(key).get(path))["sheets"] == [], key
    for key in ("secretariat", "admin", "p1"):
        assert site.person(key).get(path).status_code == 404, key
    for application in applications:
        for key in ("assessor1", "assessor2"):
            for component in ("track_record", "assessment", "paper"):
                assert site.seal(key, application, component).status_code in (200, 201)
    site.chair("stages/assessment/open-seals")
    assert len(ok(site.person("chair").get(path))["sheets"]) == 6
    refused(site.person("assessor1").put(f"{path}/paper", {"score": "99"}), "sheet-sealed", 409)


@pytest.mark.parametrize(
    "body",
    [
        {"score": "100.01"},
        {"score": "-1"},
        {"score": "1e1"},
        {"score": "80.123"},
        {"score": 80},
        {},
        {"score": "80", "absent": True},
        {"absent": False},
    ],
)
def test_a_score_is_a_decimal_from_0_to_100_or_absence(scoring, body: dict) -> None:
    site, (first, *_) = scoring
    refused(site.person("assessor1").put(f"/applications/{first}/sheets/paper", body), "validation", 422)


def test_absence_is_a_status(scoring) -> None:
    site, (first, *_) = scoring
    site.person("assessor1").post(f"/applications/{first}/conflict-declarations", {"none": True})
    sheet = ok(site.person("assessor1").put(f"/applications/{first}/sheets/paper", {"absent": True}), 201)
    assert (sheet["score"], sheet["absent"]) == (None, True)


def test_only_those_on_duty_score(scoring) -> None:
    site, (first, *_) = scoring
    refused(site.seal("chair", first, "paper"), "no-duty", 403)
    refused(site.seal("secretariat", first, "paper"), "not-allowed", 403)
    refused(site.seal("admin", first, "paper"), "not-allowed", 403)
    refused(site.seal("p2", first, "paper"), "unknown-application", 404)


def test_the_secretariat_never_scores_even_on_duty(scoring) -> None:
    site, (first, *_) = scoring
    with site.database.write() as writer:  # a duty slipped in past the act
        from records.tables import Assignment, ScoringDuty

        person = site.people["secretariat2"]
        writer.session.add(ScoringDuty(vacancy_id=site.vacancy, component="paper", assessor_id=person))
        writer.session.add(
            Assignment(
                agency_id=site.agency,
                person_id=person,
                role="assessor",
                scope_kind="selection",
                scope_id=site.selection,
                since=site.clock.now(),
            )
        )
    problem = refused(site.seal("secretariat2", first, "paper"), "may-not-score", 403)
    assert problem["citation"] == "PP 11/2017 Pasal 116"


def test_the_recused_do_not_score(scoring) -> None:
    site, (first, *_) = scoring
    body = {"person_id": site.people["assessor1"], "application_id": first, "ground": "family", "reason": "Ipar."}
    ok(site.person("assessor1").post(f"{site.path}/recuse", body))
    refused(site.person("assessor1").put(f"/applications/{first}/sheets/paper", {"score": "80"}), "recused", 403)
    refused(
        site.person("assessor1").post(f"/applications/{first}/conflict-declarations", {"none": True}), "recused", 403
    )
    task = next(t for t in ok(site.person("assessor1").get("/me/sheets"))["sheets"] if t["application_id"] == first)
    assert task["recused"] is True


def test_sheets_belong_to_their_stage(site: Site) -> None:
    first, *_ = site.to_screening()
    for key in ("assessor1",):
        site.chair("assign", component="paper", assessor_id=site.people[key])
    refused(site.seal("assessor1", first, "paper"), "sheet-stage", 409)


def test_those_who_failed_are_not_scored(site: Site) -> None:
    first, second, third, fourth = site.to_screening()
    reason = {"verdict": "not_met", "reason": "Tidak sah."}
    for key in ("chair", "secretariat"):
        for application in (first, second, third):
            site.verify(key, application)
        site.verify(key, fourth, feeder_years=reason)
    site.chair("stages/screening/announce-result")
    site.chair("assign", component="paper", assessor_id=site.people["assessor1"])
    site.chair("stages/screening/advance")
    refused(site.seal("assessor1", fourth, "paper"), "not-a-candidate", 409)
    assert len(ok(site.person("assessor1").get("/me/sheets"))["sheets"]) == 3


def test_refused_sheets_are_in_the_audit_chain(scoring) -> None:
    site, (first, *_) = scoring
    site.seal("chair", first, "paper")
    rows = ok(site.person("observer").get(f"/audit?subject=application/{first}"))["items"]
    assert rows[0]["act"] == "seal_sheet"
    assert rows[0]["result"] == "refused:no-duty"
