"""The working-day calendar: days by decree count at once for new deadlines."""

from tests.api.site import Site, ok, refused

ELECTION = {"day": "2027-03-17", "working": False, "decree": "Keppres 5/2027"}


def test_a_day_by_decree_changes_the_calendar_and_its_version(site: Site) -> None:
    path = f"/agencies/{site.agency}"
    before = ok(site.person("secretariat").get(f"{path}/calendar"))
    assert "2027-03-17" not in before["non_working"]
    assert "2027-01-01" in before["non_working"]
    ok(site.person("secretariat").post(f"{path}/calendar-overrides", ELECTION), 201)
    after = ok(site.person("chair").get(f"{path}/calendar"))
    assert "2027-03-17" in after["non_working"]
    assert after["version"] != before["version"]
    assert after["overrides"] == [{**ELECTION, "national": False}]


def test_one_day_has_one_override(site: Site) -> None:
    path = f"/agencies/{site.agency}/calendar-overrides"
    secretariat = site.person("secretariat")
    ok(secretariat.post(path, ELECTION), 201)
    ok(secretariat.post(path, ELECTION), 201)
    refused(secretariat.post(path, {**ELECTION, "working": True}), "override-exists", 409)


def test_the_committee_does_not_move_days_and_strangers_see_no_calendar(site: Site) -> None:
    path = f"/agencies/{site.agency}"
    refused(site.person("chair").post(f"{path}/calendar-overrides", ELECTION), "not-allowed", 403)
    refused(site.nobody.get(f"{path}/calendar"), "sign-in-needed", 401)
    refused(site.person("secretariat").get("/agencies/0000000000000/calendar"), "unknown-agency", 404)
