"""Documents over HTTP: who may read which, downloads, and rankings with what they were computed from."""

from tests.api.fixtures_b import Office, office, pressed
from tests.api.site import Site, ok, refused

__all__ = ["office"]


def test_the_announcement_is_listed_to_those_who_watch_the_round(published: Site) -> None:
    for key in ("secretariat", "chair", "regent", "observer"):
        listed = ok(published.person(key).get(f"/documents?case={published.case}"))["items"]
        assert [d["kind"] for d in listed] == ["announcement"], key
        shown = ok(published.person(key).get(f"/documents/{listed[0]['id']}"))
        assert shown["number"] == listed[0]["number"]


def test_a_document_that_is_not_pressed_yet_says_so(published: Site) -> None:
    document = ok(published.person("chair").get(f"/documents?case={published.case}"))["items"][0]
    problem = refused(published.nobody.get(f"/public/documents/{document['id']}/content"), "not-pressed", 409)
    assert "sedang dibuat" in problem["detail"]


def test_a_public_document_is_downloaded_by_anybody_as_an_attachment(published: Site) -> None:
    document_id = pressed(published, published.case)
    answer = published.nobody.get(f"/public/documents/{document_id}/content?format=docx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    refused(published.nobody.get(f"/public/documents/{document_id}/content?format=pdf"), "unknown-document", 404)


def test_a_receipt_is_read_by_its_applicant_and_the_office_and_by_nobody_else(published: Site) -> None:
    published.apply("p1", 1)
    published.sign_up("p2", 2)
    mine = ok(published.person("p1").get("/documents"))["items"]
    (receipt,) = [d for d in mine if d["kind"] == "receipt"]
    ok(published.person("secretariat").get(f"/documents/{receipt['id']}"))
    refused(published.person("p2").get(f"/documents/{receipt['id']}"), "unknown-document", 404)
    refused(published.nobody.get(f"/public/documents/{receipt['id']}/content"), "unknown-document", 404)
    assert receipt["id"] not in {d["id"] for d in ok(published.person("p2").get("/documents"))["items"]}


def test_both_parties_read_the_contract(office: Office) -> None:
    ok(office.draft())
    document = ok(office.person("official").post(f"{office.path}/issue"), 201)
    for key in ("official", "superior", "secretariat", "regent"):
        assert ok(office.person(key).get(f"/documents/{document['id']}"))["kind"] == "performance_contract"
    refused(office.person("chair").get(f"/documents/{document['id']}"), "unknown-document", 404)


def test_rankings_come_with_their_inputs_to_those_who_decide_and_watch(site: Site) -> None:
    path = f"{site.path}/vacancies/{site.vacancy}/rankings"
    applications = site.to_assessment()
    assert "53" not in site.person("chair").get(path).text
    for application in applications:
        for component in ("track_record", "assessment", "paper"):
            for key in ("assessor1", "assessor2"):
                assert site.seal(key, application, component).status_code < 300
    site.chair("stages/assessment/open-seals")
    site.chair("stages/assessment/announce-result")
    for key in ("chair", "regent", "deputy", "observer"):
        answer = site.person(key).get(path)
        assert answer.status_code == 200, key
        assert '"inputs"' in answer.text
        assert '"sha256"' in answer.text
    refused(site.person("secretariat").get(path), "not-allowed", 403)
