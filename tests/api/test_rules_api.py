"""An agency's choice in a rule set, through the API: what it may choose, from when, and who may enter it."""

from typing import Any

import pytest

from tests.api.site import Site, ok, refused

CHOICE: dict[str, Any] = {
    "id": "contoh-2026",
    "title": "Pilihan Contoh",
    "extends": "id-pns-2020",
    "basis": "Keputusan Bupati 1/2026",
    "valid_from": "2026-01-01",
    "changes": {
        "applicants.min_per_post": {"value": 3, "reason": "Kabupaten kepulauan"},
        "committee.max_internal_share": {"value": "0.40"},
    },
}


def _rule(rules: dict[str, Any], name: str) -> dict[str, Any]:
    return next(rule for rule in rules["rules"] if rule["rule"] == name)


def test_an_agency_sees_what_holds_and_what_it_may_choose(site: Site) -> None:
    rules = ok(site.person("chair").get(f"/agencies/{site.agency}/rules"))
    assert (rules["ruleset"], rules["overlays"]) == ("id-pns-2020", [])
    window = _rule(rules, "announcement.min_calendar_days")
    assert (window["value"], window["agency_may_choose"]) == (15, False)
    assert window["citation"] == "PP 11/2017 Pasal 117 ayat (2)"
    assert _rule(rules, "announcement.count_mode")["choices"] == ["inclusive", "strict"]
    assert _rule(rules, "selter.near_tie")["value"] == "0.50"


def test_a_choice_holds_from_its_first_day_for_its_agency_alone(site: Site) -> None:
    path = f"/agencies/{site.agency}"
    secretariat = site.person("secretariat")
    entered = ok(secretariat.post(f"{path}/rule-overlays", CHOICE), 201)
    before = ok(secretariat.get(f"{path}/rules?on=2025-12-31"))
    assert before["overlays"] == []
    after = ok(secretariat.get(f"{path}/rules?on=2026-01-01"))
    assert (after["overlays"], after["sha256"]) == (["contoh-2026"], entered["rules_sha256"])
    minimum = _rule(after, "applicants.min_per_post")
    assert (minimum["value"], minimum["reason"]) == (3, "Kabupaten kepulauan")
    assert minimum["citation"].startswith("Keputusan Bupati 1/2026; ")
    assert _rule(after, "committee.max_internal_share")["value"] == "0.40"
    assert [o["id"] for o in ok(secretariat.get(f"{path}/rule-overlays"))] == ["contoh-2026"]


def test_a_later_choice_takes_the_place_of_an_earlier_one(site: Site) -> None:
    path = f"/agencies/{site.agency}"
    secretariat = site.person("secretariat")
    ok(secretariat.post(f"{path}/rule-overlays", CHOICE), 201)
    later = {**CHOICE, "id": "contoh-2027", "valid_from": "2027-01-01", "valid_to": "2027-12-31", "changes": {}}
    ok(secretariat.post(f"{path}/rule-overlays", later), 201)
    for day, overlays, minimum in (
        ("2026-12-31", ["contoh-2026"], 3),
        ("2027-01-01", ["contoh-2027"], 4),
        ("2027-12-31", ["contoh-2027"], 4),
        ("2028-01-01", ["contoh-2026"], 3),
    ):
        rules = ok(secretariat.get(f"{path}/rules?on={day}"))
        assert (rules["overlays"], _rule(rules, "applicants.min_per_post")["value"]) == (overlays, minimum), day


def test_the_same_choice_again_is_the_same_and_another_under_its_name_is_not(site: Site) -> None:
    path = f"/agencies/{site.agency}/rule-overlays"
    secretariat = site.person("secretariat")
    first = ok(secretariat.post(path, CHOICE), 201)
    assert ok(secretariat.post(path, CHOICE), 201) == first
    refused(secretariat.post(path, {**CHOICE, "valid_from": "2026-02-01"}), "overlay-exists", 409)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"changes": {"announcement.min_calendar_days": {"value": 10, "reason": "x"}}}, "Pasal 117 ayat (2)"),
        ({"changes": {"extension.days": {"value": 3}}}, "a reason is needed"),
        ({"changes": {"no.such": {"value": 3}}}, "changes.no.such"),
        ({"changes": {"tie_break": {"value": "interview"}}}, "expected a value such as"),
        ({"valid_to": "2025-01-01"}, "valid_to"),
    ],
)
def test_an_unlawful_choice_is_refused_with_its_place(site: Site, change: dict[str, Any], said: str) -> None:
    answer = site.person("secretariat").post(f"/agencies/{site.agency}/rule-overlays", {**CHOICE, **change})
    problem = refused(answer, "overlay-unlawful", 422)
    assert said in problem["detail"]
    assert ok(site.person("secretariat").get(f"/agencies/{site.agency}/rule-overlays")) == []


def test_only_the_keeper_chooses_and_strangers_see_nothing(site: Site) -> None:
    path = f"/agencies/{site.agency}"
    refused(site.person("chair").post(f"{path}/rule-overlays", CHOICE), "not-allowed", 403)
    refused(site.nobody.get(f"{path}/rules"), "sign-in-needed", 401)
    refused(site.nobody.get(f"{path}/rule-overlays"), "sign-in-needed", 401)
    for name in ("rules", "rule-overlays"):
        refused(site.person("secretariat").get(f"/agencies/0000000000000/{name}"), "unknown-agency", 404)
    refused(
        site.person("secretariat").post(f"{path}/rule-overlays", {**CHOICE, "extends": "id-pns-1999"}),
        "unknown-ruleset",
        422,
    )


def test_a_draft_is_linted_by_the_agencys_choice(site: Site) -> None:
    secretariat = site.person("secretariat")
    strict = {"announcement.count_mode": {"value": "strict"}}
    ok(secretariat.post(f"/agencies/{site.agency}/rule-overlays", {**CHOICE, "changes": strict}), 201)
    draft = ok(secretariat.post("/selections", {"agency_id": site.agency, "level": "pratama", "title": "Contoh"}), 201)
    announcement = {"announcement": {"opens": "2027-01-04", "closes": "2027-01-18"}}
    ok(secretariat.patch(f"/selections/{draft['id']}", announcement, version=draft["version"]))
    findings = ok(secretariat.get(f"/selections/{draft['id']}"))["findings"]
    window = next(f for f in findings if f["rule"] == "announcement.min_calendar_days")
    assert window["severity"] == "block"
