"""Terms, contracts and reviews over HTTP: drafting, issuing, signing, reporting, and the gates."""

from datetime import timedelta

from tests.api.fixtures_b import DRAFT, INDICATORS, Office, deadline, office
from tests.api.site import local, ok, refused

__all__ = ["office"]


def test_a_draft_is_saved_by_version_and_says_what_the_law_makes_of_it(office: Office) -> None:
    before = office.person("official").get(office.path)
    assert before.headers["etag"] == '"1"'
    assert [f["severity"] for f in before.json()["findings"] if f["path"] == "indicators"] == ["block"]
    answer = office.draft()
    assert answer.headers["etag"] == '"2"'
    saved = ok(answer)
    assert [i["name"] for i in saved["versions"][0]["indicators"]] == [i["name"] for i in INDICATORS]
    assert [f for f in saved["findings"] if f["severity"] == "block"] == []


def test_a_draft_needs_the_version_that_was_read(office: Office) -> None:
    path = f"{office.path}/draft"
    refused(office.person("official").put(path, DRAFT), "precondition-needed", 428)
    refused(office.person("official").put(path, DRAFT, headers={"If-Match": '"9"'}), "stale-version", 412)


def test_an_incomplete_annex_cannot_be_issued(office: Office) -> None:
    short = {"indicators": [{**INDICATORS[0], "weight": "60"}], "budget": []}
    ok(office.draft(body=short))
    problem = refused(office.person("official").post(f"{office.path}/issue"), "annex-incomplete", 409)
    assert problem["rule"] == "selter.contract.weights"


def test_a_contract_is_in_force_when_both_have_signed_its_hash(office: Office) -> None:
    ok(office.draft())
    document = ok(office.person("official").post(f"{office.path}/issue"), 201)
    version = office.shown()["versions"][0]
    assert version["document_id"] == document["id"]
    signed = {"version": 1, "sha256": version["sha256"]}
    ok(office.person("official").post(f"{office.path}/sign", signed))
    assert office.shown()["unsigned"] == ["superior"]
    wrong = {"version": 1, "sha256": "0" * 64}
    refused(office.person("superior").post(f"{office.path}/sign", wrong), "hash-differs", 409)
    ok(office.person("superior").post(f"{office.path}/sign", signed))
    shown = office.shown()
    assert (shown["stage"], shown["in_force"], shown["unsigned"]) == ("in_force", 1, [])


def test_issuing_twice_is_refused_and_repeating_the_key_is_not(office: Office) -> None:
    ok(office.draft())
    key = {"Idempotency-Key": "issue-once-2027"}
    first = ok(office.person("official").post(f"{office.path}/issue", headers=key), 201)
    assert ok(office.person("official").post(f"{office.path}/issue", headers=key), 201) == first
    refused(office.person("official").post(f"{office.path}/issue"), "already-issued", 409)


def test_a_quarter_is_reported_by_the_official_and_measured_at_once(office: Office) -> None:
    office.sign()
    office.site.clock.at = local("2027-04-05T09:00:00")
    refused(office.report(1, "18", "12", key="superior"), "not-allowed", 403)
    refused(office.report(1, "18"), "actual-missing", 422)
    saved = ok(office.report(1, "18", "12"))
    assert [row["capped"] for row in saved["measured"]["indicators"]] == ["90.00", "80.00"]
    assert saved["measured"]["mean"] == "86.00"
    again = office.report(1, "19", "12", headers={"If-Match": '"1"'})
    assert again.headers["etag"] == '"2"'
    refused(office.report(1, "19", "12", headers={"If-Match": '"1"'}), "stale-version", 412)
    ok(office.person("superior").post(f"{office.path}/verify-check-in", {"quarter": 1, "rating": "as_expected"}))
    refused(office.report(1, "20", "12"), "check-in-verified", 409)
    assert office.shown()["check_ins"][0]["rating"] == "as_expected"


def test_a_quarter_of_another_year_is_refused(office: Office) -> None:
    office.sign()
    path = f"{office.path}/check-ins/2026-Q1"
    refused(office.person("official").put(path, {"actuals": []}), "no-such-quarter", 422)
    assert office.person("official").put(f"{office.path}/check-ins/2027-Q5", {"actuals": []}).status_code == 422


def test_strangers_learn_nothing_and_outsiders_of_the_agency_may_not_write(office: Office) -> None:
    office.site.sign_up("p1", 1)
    refused(office.person("p1").get(office.path), "unknown-case", 404)
    refused(office.person("p1").get(f"/terms/{office.term}"), "unknown-case", 404)
    refused(office.person("chair").get(office.path), "not-allowed", 403)
    refused(office.draft("observer"), "not-allowed", 403)
    refused(office.site.nobody.get(office.path), "sign-in-needed", 401)
    refused(office.person("official").get("/contracts/nowhere-2027"), "unknown-case", 404)


def test_a_term_lists_its_years_and_is_found_by_its_post(office: Office) -> None:
    listed = ok(office.person("secretariat").get("/terms"))["items"]
    assert [row["id"] for row in listed] == [office.term]
    shown = ok(office.person("official").get(f"/terms/{office.term}"))
    assert shown["contracts"] == [{"id": office.contract, "year": 2027, "stage": "draft", "rating": None}]
    assert shown["superior"]["person_id"] == office.site.people["superior"]
    by_post = f"/terms?post_id={shown['post_id']}"
    assert len(ok(office.person("superior").get(by_post))["items"]) == 1
    assert ok(office.person("chair").get(by_post))["items"] == []
    refused(office.person("secretariat").get("/terms?cursor=W10"), "bad-cursor", 400)


def _reviewed(office: Office) -> str:
    """A bad final year, and the review it opened."""
    office.sign()
    for quarter, month in enumerate(("2027-04", "2027-07", "2027-10", "2028-01"), start=1):
        office.site.clock.at = local(f"{month}-05T09:00:00")
        ok(office.report(quarter, "5", "4"))
        body = {"quarter": quarter, "rating": "below"}
        ok(office.person("superior").post(f"{office.path}/verify-check-in", body))
    office.fall_due(office.case, "rating", deadline(office.site, office.case, "rating"))
    rating = {"results": "below", "behaviour": "as_expected", "reason": "Target jauh dari tercapai."}
    ok(office.person("superior").post(f"{office.path}/rate", rating))
    closes = deadline(office.site, office.case, "objection")
    office.fall_due(office.case, "objection", closes)
    office.site.clock.at = closes + timedelta(hours=9)
    ok(office.person("superior").post(f"{office.path}/finalise"))
    review = office.shown()["review"]
    assert review == office.contract
    return f"/reviews/{review}"


def test_a_review_shows_every_gate_and_the_record_that_proves_it(office: Office) -> None:
    path = _reviewed(office)
    shown = ok(office.person("official").get(path))
    assert [g["number"] for g in shown["gates"]] == list(range(1, 12))
    assert [g["number"] for g in shown["gates"] if g["proved"]] == [1, 2, 3]
    assert all(g["proofs"] for g in shown["gates"][:3])
    assert ok(office.person("secretariat").get(f"/terms/{office.term}"))["reviews"][0]["stage"] == "opened"


def test_the_plan_is_stored_apart_and_named_by_the_act(office: Office) -> None:
    path = _reviewed(office)
    superior = office.person("superior")
    ok(superior.post(f"{path}/notify"))
    letter = ok(superior.get(path))["letters"][0]
    assert (letter["act"], letter["delivered_at"]) == ("notify", None)
    today = office.site.clock.now().date().isoformat()
    delivery = {"document_id": letter["document_id"], "method": "hand", "delivered_on": today, "proof": "TT-001"}
    ok(office.person("secretariat").post(f"{path}/confirm-delivery", delivery))
    refused(office.person("official").post(f"{path}/plan", {"text": "Rencana perbaikan."}), "validation", 422)
    text = {"text": "Mendampingi puskesmas yang cakupannya terendah setiap bulan."}
    refused(office.person("official").post(f"{path}/plan", text), "not-allowed", 403)
    plan_id = ok(superior.post(f"{path}/plan", text), 201)["plan_id"]
    months = [f"2028-{month:02d}-20" for month in range(3, 8)]
    ok(superior.post(f"{path}/set-plan", {"plan_id": plan_id, "coaching_dates": months}))
    gate = ok(superior.get(path))["gates"][3]
    assert gate["proved"]
    assert {p["act"] for p in gate["proofs"]} >= {"set_plan"}


def test_coaching_is_noted_in_its_own_month_by_both(office: Office) -> None:
    path = _reviewed(office)
    superior, official = office.person("superior"), office.person("official")
    ok(superior.post(f"{path}/notify"))
    letter = ok(superior.get(path))["letters"][0]["document_id"]
    today = office.site.clock.now().date()
    delivery = {"document_id": letter, "method": "hand", "delivered_on": today.isoformat(), "proof": "TT-001"}
    ok(office.person("secretariat").post(f"{path}/confirm-delivery", delivery))
    month = f"{path}/check-ins/{today:%Y-%m}"
    ok(superior.put(month, {"note": "Dialog pertama.", "feedback": "Perlu lebih sering turun."}))
    kept = ok(official.put(month, {"note": "Disepakati jadwal mingguan."}))
    assert kept["feedback"] == "Perlu lebih sering turun."
    refused(official.put(month, {"feedback": "Saya baik."}), "not-allowed", 403)
    refused(superior.put(f"{path}/check-ins/2020-01", {"note": "Mundur."}), "validation", 422)
    assert len(ok(superior.get(path))["check_ins"]) == 1
