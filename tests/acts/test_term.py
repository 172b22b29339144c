"""An office term: a contract a year, the watch over tenure and retirement, and an end that only a person makes."""

from datetime import date, datetime

import pytest
from sqlmodel import col, select

from domain import term
from domain.case import Entry, Intent, workflow_id
from domain.refusals import Refused
from domain.words import CaseKind, ContractStage, EndGround, Role
from records import journal, terms
from records import rules as rule_sets
from records.acts.acting import Acting
from records.audit import Author
from records.tables import Assignment, Contract, Holding, OfficeTerm, Person, Post
from tests.acts.world import World, at, cases_of


def test_the_first_contract_is_born_with_the_term_and_covers_the_rest_of_the_year(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    world.advance(at("2026-08-10 09:05"))
    contract = world.state(world.contract(key, 2026))
    assert (contract.period_start, contract.period_end) == (date(2026, 8, 10), date(2026, 12, 31))
    assert contract.quarters == (4,)
    assert contract.deadline("sign").due == at("2026-09-09 23:59:59")
    assert contract.deadline("sign").rule == "pk.due_after_inauguration_days"
    assert contract.deadline("check_in/Q4").due == at("2027-01-14 23:59:59")
    assert contract.deadline("rate").due == at("2027-01-31 23:59:59")
    assert world.state(key).deadline("contract/2026") is None


def test_a_contract_is_born_on_each_first_of_january_and_both_parties_are_told(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    world.advance(at("2026-12-31 23:59:59"))
    assert world.state(key).years == (2026,)
    world.advance(at("2028-01-01 00:00"))
    assert world.state(key).years == (2026, 2027, 2028)
    second = world.state(world.contract(key, 2027))
    assert second.quarters == (1, 2, 3, 4)
    assert second.deadline("sign").due == at("2027-02-28 23:59:59")
    assert second.deadline("sign").rule == "pk.due_after_budget_approval_months"
    told = [m.facts["act"] for m in world.mails("deadline_reminder", "superior")]
    assert "Menyusun dan menandatangani perjanjian kinerja tahun 2027" in told


def test_the_contract_of_a_term_has_its_year_behind_a_slash() -> None:
    assert workflow_id(CaseKind.CONTRACT, "k3x9-2027") == "contract/k3x9/2027"
    assert workflow_id(CaseKind.REVIEW, "k3x9-2027") == "review/k3x9-2027"
    assert workflow_id(CaseKind.TERM, "k3x9") == "term/k3x9"


def test_five_years_and_the_retirement_age_demand_an_act_and_end_nothing(world: World) -> None:
    key = world.enter_official("2030-01-10", "2026-08-10")
    assert world.awaits(key) == set()
    world.advance(at("2031-08-10 23:59:58"))
    assert world.state(key).deadline("tenure").reminded
    assert world.mails("deadline_reminder", "head")[0].facts["act"] == (
        "Memperpanjang masa jabatan atau Mengakhiri masa jabatan"
    )
    world.advance(at("2031-08-10 23:59:59"))
    assert world.state(key).deadline("tenure").passed
    assert world.awaits(key) == {"extend_term", "end_term"}
    assert world.state(key).closed_at is None
    world.advance(at("2035-03-14 23:59:59"))  # sixty years after the birth date in the number
    assert world.state(key).deadline("retirement").passed
    assert world.state(key).closed_at is None


def test_an_imported_official_gets_no_mail_about_what_has_passed(world: World) -> None:
    key = world.enter_official("2026-08-15", "2020-06-01")
    world.advance(at("2026-08-15 09:30"))
    contract = world.state(world.contract(key, 2026))
    assert {d.key for d in contract.deadlines if d.passed} == {"sign", "check_in/Q1", "check_in/Q2"}
    assert world.state(key).deadline("tenure").passed
    assert world.mails("deadline_reminder") == []
    assert world.mails("check_in_reminder") == []


def test_an_extension_needs_proven_targets_and_at_most_another_five_years(world: World) -> None:
    key = world.enter_official("2031-07-01", "2026-08-10")
    when = at("2031-07-05")
    good = {"until": "2033-08-10", "targets_proven": True, "supervisor_report": "B-1/2031"}
    for change, code in (
        ({"targets_proven": False}, "targets-not-proven"),
        ({"until": "2031-08-10"}, "extension-too-short"),
        ({"until": "2036-08-11"}, "extension-too-long"),
    ):
        with pytest.raises(Refused) as caught:
            world.act(key, "extend_term", "head", Role.PPK, when, **(good | change))
        assert caught.value.code == code
        assert caught.value.citation
    world.act(key, "extend_term", "head", Role.PPK, when, **good)
    assert world.state(key).deadline("tenure").due == at("2033-08-10 23:59:59")
    assert world.state(key).tenure_until == date(2033, 8, 10)


def test_a_reason_is_needed_where_the_table_asks_for_one(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    with pytest.raises(Refused) as caught:
        end(world, key, "2026-08-20", "2026-08-20", "resigned", why=None)
    assert caught.value.code == "reason-missing"


def end(world: World, key: str, when: str, last_day: str, ground: str, **more: str | None) -> Entry:
    return world.act(
        key,
        "end_term",
        "head",
        Role.PPK,
        at(when),
        ground=ground,
        last_day=last_day,
        basis="800.1.3.3/009/KEP/2026",
        **more,
    )


def test_ending_a_term_closes_its_contract_as_lapsed_with_a_record(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    world.advance(at("2026-08-10 09:05"))
    contract = world.contract(key, 2026)
    entry = end(world, key, "2026-10-01", "2026-09-30", "resigned")
    assert entry.data["lapses"] == [contract]
    assert world.state(contract).stage is ContractStage.LAPSED
    assert world.state(key).ground is EndGround.RESIGNED
    assert world.state(key).next_deadline() is None
    holding = world.rows(Holding)[0]
    assert (holding.until, holding.end_basis) == (date(2026, 9, 30), "800.1.3.3/009/KEP/2026")
    assert all(a.until == at("2026-10-01 00:00") for a in world.rows(Assignment, scope_kind="term"))
    with world.database.read() as session:
        assert {c.key for c in journal.open_cases(session)} == set()
        assert terms.overdue_lapses(session) == []


@pytest.mark.parametrize(
    ("last_day", "ground", "code"),
    [
        ("2026-10-02", "resigned", "date-in-future"),
        ("2026-08-09", "resigned", "before-inauguration"),
        ("2026-09-30", "lower_post", "lower-post-needs-review"),
        ("2026-09-30", "moved", "no-new-post"),
    ],
)
def test_an_end_is_refused(world: World, last_day: str, ground: str, code: str) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    world.advance(at("2026-08-10 09:05"))
    with pytest.raises(Refused) as caught:
        end(world, key, "2026-10-01", last_day, ground)
    assert caught.value.code == code


def test_a_move_ends_the_term_once_the_new_post_is_held(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    with world.database.write() as writer:
        writer.session.add(
            Holding(
                agency_id=world.agency_id,
                post_id=world.posts["library"],
                person_id=world.people["official"],
                since=date(2026, 10, 1),
                basis="x",
            )
        )
    end(world, key, "2026-10-01", "2026-09-30", "moved")
    assert world.state(key).ground is EndGround.MOVED


def test_a_case_that_was_not_told_of_the_end_is_found(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    world.advance(at("2026-08-10 09:05"))
    contract = world.contract(key, 2026)
    kept = world.states.pop(contract)
    world.states[contract] = term.born("x", "x", at("2026-08-10"), _origin())  # a stand-in that is closed: not told
    world.states[contract] = type(kept)("x", "x", at("2026-08-10"), closed_at=at("2026-08-10"))
    end(world, key, "2026-10-01", "2026-09-30", "resigned")
    with world.database.read() as session:
        assert terms.overdue_lapses(session) == [contract]
        assert terms.overdue_lapses(session, "another") == []


def test_another_superior_acts_from_his_day_on(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    arguments = {"superior_id": world.people["deputy"], "since": "2026-09-01"}
    world.act(key, "replace_superior", "secretary", Role.SECRETARIAT, at("2026-08-25"), **arguments)
    with world.database.read() as session:
        term_id = key.partition("/")[2]
        held = {
            day: [a.person_id for a in session.exec(_superiors_at(term_id, at(day)))]
            for day in ("2026-08-31", "2026-09-01")
        }
    assert held == {"2026-08-31": [world.people["superior"]], "2026-09-01": [world.people["deputy"]]}


def _superiors_at(term_id: str, when: datetime):
    return select(Assignment).where(
        col(Assignment.scope_id) == term_id,
        col(Assignment.role) == Role.SUPERIOR,
        col(Assignment.since) <= when,
        col(Assignment.until).is_(None) | (col(Assignment.until) > when),
    )


@pytest.mark.parametrize(
    ("who", "since", "code"),
    [
        ("official", "2026-09-01", "own-superior"),
        ("deputy", "2026-08-10", "date-too-early"),
        ("deputy", "2026-08-09", "before-inauguration"),
    ],
)
def test_another_superior_is_refused(world: World, who: str, since: str, code: str) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    arguments = {"superior_id": world.people[who], "since": since}
    with pytest.raises(Refused) as caught:
        world.act(key, "replace_superior", "secretary", Role.SECRETARIAT, at("2026-08-25"), **arguments)
    assert caught.value.code == code


def test_an_unknown_superior_is_refused(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    with pytest.raises(Refused) as caught:
        world.act(
            key,
            "replace_superior",
            "secretary",
            Role.SECRETARIAT,
            at("2026-08-25"),
            superior_id="nobody",
            since="2026-09-01",
        )
    assert caught.value.code == "unknown-person"


def test_nothing_happens_in_a_term_that_has_ended(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    end(world, key, "2026-10-01", "2026-09-30", "resigned")
    with pytest.raises(Refused) as caught:
        term.check(world.state(key), Intent("extend_term", at("2026-10-02")))
    assert caught.value.code == "case-closed"


@pytest.mark.parametrize("intent", [Intent("dance", at("2026-08-11")), Intent("lapse", at("2026-08-11"), role="ppk")])
def test_what_is_no_act_of_a_term_is_refused(world: World, intent: Intent) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    with pytest.raises(Refused) as caught:
        term.check(world.state(key), intent)
    assert caught.value.code == "unknown-act"


def test_a_lapse_without_an_end_is_refused(world: World) -> None:
    key = world.enter_official("2026-08-10", "2026-08-10")
    with pytest.raises(Refused) as caught:
        world.system(key, "lapse", at("2026-08-11"), "lapse")
    assert caught.value.code == "not-ended"


# -- opening -----------------------------------------------------------------------------------------------------


def _origin() -> dict[str, str]:
    return {"rules_sha256": "", "inaugurated_on": "2026-08-10", "tenure_until": "2031-08-10"}


def test_a_term_opened_inside_an_act_is_started_by_that_act(world: World) -> None:
    with world.database.write() as writer:
        case = journal.bear(
            writer.session, CaseKind.SELECTION, "s1", world.agency_id, at("2026-08-01"), "open", request_id="r"
        )
        rules = rule_sets.national_on(date(2026, 8, 10))
        acting = Acting(writer, case, None, Intent("record_inauguration", at("2026-08-11")), rules, 2)
        key = terms.open_term(
            acting,
            post_id=world.posts["health"],
            person_id=world.people["official"],
            superior_id=world.people["superior"],
            inaugurated_on=date(2026, 8, 10),
            decree_number="800.1.3.3/001/KEP/2026",
        )
        assert acting.entry_data()["starts"] == [key]
    world.adopt(key)
    assert world.state(key).inaugurated_on == date(2026, 8, 10)
    assert world.state(key).next_deadline().key == "contract/2026"
    holding = world.rows(Holding, post_id=world.posts["health"])[0]
    assert (holding.since, holding.until) == (date(2026, 8, 10), None)
    roles = {a.role: a.person_id for a in world.rows(Assignment, scope_id=world.rows(OfficeTerm)[0].id)}
    assert roles == {"official": world.people["official"], "superior": world.people["superior"]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"post_id": "nowhere"}, "unknown-post"),
        ({"person_id": "nobody"}, "unknown-person"),
        ({"agency_id": "none"}, "unknown-agency"),
        ({"inaugurated_on": date(2026, 8, 11)}, "date-in-future"),
        ({"superior_id": None}, "own-superior"),
    ],
)
def test_an_opening_is_refused(world: World, changes: dict[str, object], code: str) -> None:
    facts: dict[str, object] = {
        "agency_id": world.agency_id,
        "post_id": world.posts["health"],
        "person_id": world.people["official"],
        "superior_id": world.people["superior"],
        "inaugurated_on": date(2026, 8, 10),
        "decree_number": "x",
        **changes,
    }
    facts["superior_id"] = facts["superior_id"] or world.people["official"]
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        terms.enter_official(writer, Author(), at("2026-08-10"), **facts)  # type: ignore[arg-type]  # a table of cases
    assert caught.value.code == code


def test_a_post_has_one_holder(world: World) -> None:
    world.enter_official("2026-08-10", "2026-08-10")
    with pytest.raises(Refused) as caught:
        world.enter_official("2026-08-11", "2026-08-10")
    assert caught.value.code == "post-held"
    assert len(cases_of(world, CaseKind.TERM)) == 1


ROW = {
    "name": "Nirmala Anjani",
    "nip": "197902022003122007",
    "mail": "Nirmala@TirtaWening.example",
    "post": "Kepala Dinas Sosial",
    "unit": "Dinas Sosial",
    "superior_nip": "196801021993031002",
    "inaugurated_on": "2025-03-03",
    "decree": "800.1.3.3/007/KEP/2025",
    "first_year": "2025",
}


def test_officials_in_post_come_from_a_table(world: World) -> None:
    with world.database.write() as writer:
        key = terms.import_official(writer, agency_id=world.agency_id, row=ROW, at=at("2026-08-10"))
    world.adopt(key)
    world.advance(at("2026-08-10"))
    assert world.state(key).years == (2025, 2026)
    assert {c.year for c in world.rows(Contract)} == {2025, 2026}
    person = world.rows(Person, nip=ROW["nip"])[0]
    assert (person.mail, person.birth_date) == ("nirmala@tirtawening.example", None)
    assert world.rows(Post, title=ROW["post"])[0].level == "pratama"
    assert world.state(key).deadline("retirement").due == at("2039-02-02 23:59:59")


@pytest.mark.parametrize(
    ("column", "value"),
    [("decree", " "), ("superior_nip", "000"), ("inaugurated_on", "3 Maret"), ("superior_nip", "")],
)
def test_a_row_without_what_is_needed_is_refused(world: World, column: str, value: str) -> None:
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        terms.import_official(writer, agency_id=world.agency_id, row={**ROW, column: value}, at=at("2026-08-10"))
    assert (caught.value.code, caught.value.facts["column"]) == ("row-incomplete", column)
    assert world.rows(OfficeTerm) == []
