"""Applying: to the second, once, and never losing a draft."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select

from records.tables import AuditEntry, Document, OutboundMail
from tests.api.site import CLOSES, PROFILE, Site, local, ok, pdf, refused

pytestmark = pytest.mark.both_databases


def test_a_submission_gets_a_numbered_receipt_and_a_mail(published: Site) -> None:
    application = published.begin("p1", 1)
    receipt = ok(published.person("p1").post(f"/applications/{application}/submit"))
    assert receipt["number"] == "TT/00001/2027"
    with published.database.read() as session:
        document = session.get_one(Document, receipt["receipt_id"])
        mail = session.exec(select(OutboundMail).where(col(OutboundMail.template) == "application_received")).one()
    assert document.pressed_by_case is False
    assert document.inputs["applicant"]["name"] == "Pelamar p1"
    assert document.inputs["items"][0]["document"] == "Surat rekomendasi PPK"
    assert len(document.inputs["audit_hash"]) == 64
    assert (mail.person_id, mail.document_ids) == (published.people["p1"], [document.id])
    shown = ok(published.nobody.get(f"/public/documents/{receipt['verification']}"))
    assert shown["number"] == receipt["number"]
    assert "Pelamar" not in str(shown)


def test_the_second_submit_gets_the_same_receipt(published: Site) -> None:
    application = published.begin("p1", 1)
    first = ok(published.person("p1").post(f"/applications/{application}/submit"))
    published.clock.at += timedelta(minutes=5)
    assert ok(published.person("p1").post(f"/applications/{application}/submit")) == first


def test_the_last_second_counts_and_the_next_does_not(published: Site) -> None:
    first, second = published.begin("p1", 1), published.begin("p2", 2)
    published.clock.at = local(f"{CLOSES}T23:59:59") + timedelta(microseconds=999_999)
    ok(published.person("p1").post(f"/applications/{first}/submit"))
    published.clock.at = local(f"{CLOSES}T23:59:59") + timedelta(seconds=1)
    problem = refused(published.person("p2").post(f"/applications/{second}/submit"), "window-closed", 409)
    assert problem["facts"] == {
        "deadline": "2027-01-20T16:59:59+00:00",
        "server_time": "2027-01-20T17:00:00+00:00",
    }
    draft = ok(published.person("p2").get(f"/applications/{second}"))
    assert draft["submitted_at"] is None
    assert len(draft["uploads"]) == 1


def test_what_arrives_in_time_but_is_judged_after_closing_is_refused(published: Site) -> None:
    application = published.begin("p1", 1)
    published.close_window()
    published.clock.at = local(f"{CLOSES}T23:59:58")
    refused(published.person("p1").post(f"/applications/{application}/submit"), "window-closed", 409)


def test_nobody_applies_before_the_window_opens(site: Site) -> None:
    ok(site.person("secretariat").post(f"{site.path}/publish"))
    site.sign_up("p1", 1)
    path = f"/vacancies/{site.vacancy}/applications"
    refused(site.person("p1").post(path, {"profile": PROFILE}), "window-not-open", 409)


def test_a_draft_round_takes_no_applications(site: Site) -> None:
    site.sign_up("p1", 1)
    refused(site.person("p1").post(f"/vacancies/{site.vacancy}/applications", {}), "unknown-vacancy", 404)


def test_a_suspended_window_takes_nothing(published: Site) -> None:
    application = published.begin("p1", 1)
    published.chair("suspend", ground="outage", reason="Gangguan jaringan.")
    refused(published.person("p1").post(f"/applications/{application}/submit"), "window-suspended", 409)
    published.chair("resume")
    ok(published.person("p1").post(f"/applications/{application}/submit"))


def test_a_refused_submission_is_in_the_audit_chain(published: Site) -> None:
    application = published.begin("p1", 1)
    published.clock.at = local("2027-01-21T08:00:00")
    refused(published.person("p1").post(f"/applications/{application}/submit"), "window-closed", 409)
    with published.database.read() as session:
        query = select(AuditEntry).where(col(AuditEntry.subject) == f"application/{application}")
        last = session.exec(query.order_by(col(AuditEntry.position).desc())).first()
    assert last is not None
    assert (last.act, last.result, last.person_id) == (
        "submit_application",
        "refused:window-closed",
        published.people["p1"],
    )


def test_an_incomplete_application_is_refused_naming_what_is_missing(published: Site) -> None:
    published.sign_up("p1", 1)
    person = published.person("p1")
    made = ok(person.post(f"/vacancies/{published.vacancy}/applications", {}), 201)
    assert made["missing"] == ["education", "rank", "experience_years", "positions", "discipline", "ppk_recommendation"]
    path = f"/applications/{made['id']}"
    assert refused(person.post(f"{path}/submit"), "profile-incomplete", 409)["facts"]["missing"].startswith("education")
    ok(person.patch(path, PROFILE, 1))
    assert refused(person.post(f"{path}/submit"), "documents-missing", 409)["facts"]["missing"] == "ppk_recommendation"
    ok(person.upload(made["id"], "ppk_recommendation", pdf()))
    ok(person.post(f"{path}/submit"))


def test_one_application_a_person_and_one_post_a_round(published: Site) -> None:
    published.begin("p1", 1)
    path = f"/vacancies/{published.vacancy}/applications"
    refused(published.person("p1").post(path, {}), "already-applied", 409)


def test_a_submitted_application_is_not_changed(published: Site) -> None:
    application = published.apply("p1", 1)
    person, path = published.person("p1"), f"/applications/{application}"
    version = ok(person.get(path))["version"]
    refused(person.patch(path, {"rank": "IV/c"}, version), "already-submitted", 409)
    refused(person.upload(application, "ppk_recommendation", pdf("other")), "already-submitted", 409)


def test_edits_need_the_version_that_was_read(published: Site) -> None:
    application = published.begin("p1", 1)
    person, path = published.person("p1"), f"/applications/{application}"
    version = ok(person.get(path))["version"]
    refused(person.patch(path, {"rank": "IV/c"}), "precondition-needed", 428)
    refused(person.patch(path, {"rank": "IV/c"}, version - 1), "stale-version", 412)
    edited = ok(person.patch(path, {"rank": "IV/c"}, version))
    assert (edited["profile"]["rank"], edited["profile"]["education"], edited["version"]) == ("IV/c", "S2", version + 1)


def test_withdrawing_is_possible_and_final(published: Site) -> None:
    application = published.apply("p1", 1)
    path = f"/applications/{application}"
    gone = ok(published.person("p1").post(f"{path}/withdraw"))
    assert gone["withdrawn_at"]
    assert ok(published.person("p1").post(f"{path}/withdraw"))["withdrawn_at"] == gone["withdrawn_at"]
    refused(published.person("p1").post(f"{path}/submit"), "application-withdrawn", 409)
    assert ok(published.person("p1").get(f"{path}/tracking"))["status"] == "withdrawn"
    other = f"/applications/{published.apply('p2', 2)}/withdraw"
    refused(published.person("secretariat").post(other), "not-allowed", 403)


def test_others_do_not_see_an_application(published: Site) -> None:
    application = published.begin("p1", 1)
    published.sign_up("p2", 2)
    for key in ("p2", "observer", "regent", "assessor1"):
        refused(published.person(key).get(f"/applications/{application}"), "unknown-application", 404)
    ok(published.person("chair").get(f"/applications/{application}"))


def test_a_judge_is_no_candidate(published: Site) -> None:
    path = f"/vacancies/{published.vacancy}/applications"
    refused(published.person("scholar1").post(path, {}), "duties-conflict", 409)


def test_entry_on_behalf_needs_the_original_and_a_second_person(published: Site) -> None:
    body = {"name": "Tanpa Internet", "mail": "jauh@tw.example", "nip": "197504152000031001"}
    body["birth_date"] = "1975-04-15"
    office = published.person("secretariat")
    person = ok(office.post("/people", body), 201)["id"]
    path = f"/vacancies/{published.vacancy}/applications"
    refused(published.person("chair").post(path, {"person_id": person}), "not-allowed", 403)
    made = ok(office.post(path, {"person_id": person, "profile": PROFILE}), 201)
    assert (made["source"], made["entered_by"]) == ("on_behalf", published.people["secretariat"])
    application = made["id"]
    ok(office.upload(application, "ppk_recommendation", pdf()))
    refused(office.post(f"/applications/{application}/submit"), "confirmation-missing", 409)
    second = published.person("secretariat2")
    refused(second.post(f"/applications/{application}/confirm"), "documents-missing", 409)
    ok(office.upload(application, "on_behalf_original", pdf("scan")))
    refused(office.post(f"/applications/{application}/confirm"), "same-person", 409)
    ok(second.post(f"/applications/{application}/confirm"))
    ok(office.upload(application, "ppk_recommendation", pdf("another")))
    refused(office.post(f"/applications/{application}/submit"), "confirmation-missing", 409)
    ok(second.post(f"/applications/{application}/confirm"))
    ok(office.post(f"/applications/{application}/submit"))


def test_many_submit_at_once_and_each_gets_his_own_number(published: Site) -> None:
    applications = {f"p{n}": published.begin(f"p{n}", n) for n in range(1, 7)}

    def submit(key: str) -> str:
        return ok(published.person(key).post(f"/applications/{applications[key]}/submit"))["number"]

    with ThreadPoolExecutor(6) as pool:
        numbers = sorted(pool.map(submit, applications))
    assert numbers == [f"TT/{n:05d}/2027" for n in range(1, 7)]


def test_the_same_person_submits_twice_at_once_and_gets_one_receipt(published: Site) -> None:
    application = published.begin("p1", 1)
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(published.person("p1").post, f"/applications/{application}/submit") for _ in range(4)]
    assert len({ok(c.result())["number"] for c in calls}) == 1


def test_an_idempotency_key_repeats_the_answer_and_refuses_another_payload(published: Site) -> None:
    published.sign_up("p1", 1)
    person, path = published.person("p1"), f"/vacancies/{published.vacancy}/applications"
    headers = {"Idempotency-Key": "begin-0001"}
    first = person.post(path, {"profile": PROFILE}, headers=headers)
    again = person.post(path, {"profile": PROFILE}, headers=headers)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again.headers["etag"] == first.headers["etag"]
    refused(person.post(path, {}, headers=headers), "idempotency-conflict", 409)
    refused(person.post(path, {}, headers={"Idempotency-Key": "short"}), "bad-idempotency-key", 400)


def test_tracking_tells_done_now_next_and_why_a_date_moved(published: Site) -> None:
    application = published.apply("p1", 1)
    person, path = published.person("p1"), f"/applications/{application}/tracking"
    shown = ok(person.get(path))
    assert [s["code"] for s in shown["done"]] == ["publish", "begin_application", "submit_application"]
    assert (shown["status"], shown["now"]) == ("submitted", "Pengumuman dan pendaftaran")
    assert shown["next"][0]["rule"] == "announcement.min_calendar_days"
    assert shown["next"][0]["citation"] == "PP 11/2017 Pasal 117 ayat (2)"
    assert shown["next"][1]["planned"] == "2027-01-25"
    published.chair("suspend", ground="outage", reason="Gangguan jaringan.")
    published.clock.at += timedelta(days=3)
    published.chair("resume")
    (moved,) = ok(person.get(path))["moved"]
    assert moved["after"] == "2027-01-23T16:59:59Z"
    assert moved["why"] == "Melanjutkan kembali: dihentikan sementara karena gangguan sistem"


def test_my_applications_and_the_rounds(published: Site) -> None:
    application = published.apply("p1", 1)
    published.begin("p2", 2)
    mine = ok(published.person("p1").get("/me/applications"))["applications"]
    assert [a["id"] for a in mine] == [application]
    listed = ok(published.person("chair").get(f"{published.path}/applications"))["applications"]
    assert [a["id"] for a in listed] == [application]
    refused(published.person("observer").get(f"{published.path}/applications"), "not-allowed", 403)
