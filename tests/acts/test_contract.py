"""A contract year: signed, amended, checked in, rated, objected to, final; and what a bad year opens."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain import contract
from domain.annex import Annex, BudgetLine, IndicatorDraft, lint, rupiah
from domain.case import Entry, Intent
from domain.refusals import Refused
from domain.rules import Enforcement
from domain.words import CaseKind, ContractStage, Role
from records import contracts
from records import rules as rule_sets
from records.audit import Author
from records.tables import AnnualResult, AuditEntry, CheckIn, ContractVersion, Objection, Review
from tests.acts.world import World, at, cases_of, sample_annex

GOOD, BAD = ("90", "95"), ("45", "38")


@pytest.fixture
def term(world: World) -> str:
    """An official inaugurated in December, so that the next year is a whole one."""
    key = world.enter_official("2026-01-05", "2025-12-15", first_year=2026)
    world.advance(at("2026-01-05 09:05"))
    return key


@pytest.fixture
def year(world: World, term: str) -> str:
    """The contract of 2026, in force since January."""
    return world.put_in_force(term, 2026, "2026-01-20")


def refused(world: World, *act: Any, **arguments: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        world.act(*act, **arguments)
    return caught.value


def check_in_all(world: World, term: str, values: tuple[str, str], year: int = 2026, last: str = "01-10") -> None:
    """Report and verify every quarter; the last in January."""
    contract_id, key = world.contract_id(term, year), world.contract(term, year)
    for quarter in world.state(key).quarters:
        day = f"{year}-{quarter * 3 + 1:02d}-05" if quarter < 4 else f"{year + 1}-{last}"
        world.advance(at(day))
        world.report(contract_id, quarter, at(day), values)
        world.verify(key, quarter, at(day))


def rate(world: World, key: str, when: str, results: str = "below", behaviour: str = "as_expected") -> Entry:
    return world.act(key, "rate", "superior", Role.SUPERIOR, at(when), results=results, behaviour=behaviour)


def finalise(world: World, key: str, when: str) -> Entry:
    return world.act(key, "finalise", "secretary", Role.SECRETARIAT, at(when))


# -- text and signatures -----------------------------------------------------------------------------------------


def test_a_contract_is_in_force_when_both_parties_have_signed_the_same_text(world: World, term: str) -> None:
    contract_id, key = world.contract_id(term, 2026), world.contract(term, 2026)
    world.save_annex(contract_id, at("2026-01-12"))
    with world.database.write() as writer:
        document = contracts.issue_draft(writer, Author(world.people["official"]), at("2026-01-12"), contract_id)
    assert {m.person_id for m in world.mails("contract_to_sign")} == {
        world.people["official"],
        world.people["superior"],
    }
    assert all(m.document_ids == [document.id] for m in world.mails("contract_to_sign"))
    assert document.wants_pdf
    assert document.inputs["budget_total"] == "12500000000"
    signing: dict[str, Any] = {"version": 1, "sha256": document.inputs_sha256}
    when = at("2026-01-13")
    world.act(key, "sign", "official", Role.OFFICIAL, when, **signing)
    assert world.state(key).stage is ContractStage.DRAFT
    other = {"version": 1, "sha256": "0" * 64}
    assert refused(world, key, "sign", "superior", Role.SUPERIOR, when, **other).code == "hash-differs"
    world.act(key, "sign", "superior", Role.SUPERIOR, when, **signing)
    assert world.state(key).stage is ContractStage.IN_FORCE
    assert world.state(key).deadline("sign") is None
    assert len(world.mails("contract_signed")) == 2
    again = world.act(key, "sign", "superior", Role.SUPERIOR, at("2026-01-14"), **signing)
    assert (again.seq, again.at) == (world.state(key).seq, when)  # an equal repeat gets the recorded answer


def test_a_text_that_was_not_issued_is_not_signed(world: World, term: str) -> None:
    contract_id, key = world.contract_id(term, 2026), world.contract(term, 2026)
    world.save_annex(contract_id, at("2026-01-12"))
    assert (
        refused(world, key, "sign", "official", Role.OFFICIAL, at("2026-01-12"), version=1, sha256="0" * 64).code
        == "not-issued"
    )


def test_both_are_reminded_of_a_signature_and_only_who_has_not_signed(world: World, term: str) -> None:
    contract_id, key = world.contract_id(term, 2026), world.contract(term, 2026)
    world.save_annex(contract_id, at("2026-01-12"))
    with world.database.write() as writer:
        document = contracts.issue_draft(writer, Author(), at("2026-01-12"), contract_id)
    world.act(key, "sign", "official", Role.OFFICIAL, at("2026-01-13"), version=1, sha256=document.inputs_sha256)
    before = len(world.mails("deadline_reminder"))
    world.advance(at("2026-02-27"))
    reminders = world.mails("deadline_reminder")[before:]
    assert [(m.person_id, m.facts["act"]) for m in reminders] == [
        (world.people["superior"], "Menandatangani perjanjian kinerja")
    ]


def test_a_draft_is_saved_on_the_version_that_was_read(world: World, term: str) -> None:
    contract_id = world.contract_id(term, 2026)
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        contracts.save_draft(writer, Author(), at("2026-01-12"), contract_id, sample_annex(), 7)
    assert (caught.value.code, caught.value.facts["current"]) == ("stale-version", "1")


def test_an_issued_text_without_signature_can_be_corrected_and_the_old_one_is_not_signed(
    world: World, term: str
) -> None:
    contract_id, key = world.contract_id(term, 2026), world.contract(term, 2026)
    world.save_annex(contract_id, at("2026-01-12"))
    with world.database.write() as writer:
        old = contracts.issue_draft(writer, Author(), at("2026-01-12"), contract_id)
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        contracts.issue_draft(writer, Author(), at("2026-01-12"), contract_id)
    assert caught.value.code == "already-issued"
    world.save_annex(contract_id, at("2026-01-13"))
    with world.database.write() as writer:
        new = contracts.issue_draft(writer, Author(), at("2026-01-13"), contract_id)
    stale: dict[str, Any] = {"version": 1, "sha256": old.inputs_sha256}
    assert refused(world, key, "sign", "official", Role.OFFICIAL, at("2026-01-13"), **stale).code == "hash-differs"
    signing: dict[str, Any] = {"version": 1, "sha256": new.inputs_sha256}
    world.act(key, "sign", "official", Role.OFFICIAL, at("2026-01-13"), **signing)
    for role, code in (("official", "already-signed"), ("superior", None)):
        assert _checked(world, key, Intent("sign", at("2026-01-13"), "x", role, (), signing)) == code
    with pytest.raises(Refused) as caught:
        world.save_annex(contract_id, at("2026-01-14"))
    assert caught.value.code == "already-signed"


def test_an_incomplete_annex_is_saved_but_not_issued(world: World, term: str) -> None:
    contract_id = world.contract_id(term, 2026)
    annex = replace(sample_annex(), indicators=sample_annex().indicators[:1])
    world.save_annex(contract_id, at("2026-01-12"), annex)
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        contracts.issue_draft(writer, Author(), at("2026-01-12"), contract_id)
    assert caught.value.code == "annex-incomplete"
    assert caught.value.rule == "selter.contract.weights"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"indicators": ()}, "pk.annex.columns"),
        ({"budget": (BudgetLine("Program", "banyak"),)}, "pk.annex.budget_columns"),
        ({"target": "sembilan"}, "pk.annex.columns"),
        ({"target": " "}, "pk.annex.columns"),
        ({"polarity": "sideways"}, "pk.annex.columns"),
        ({"polarity": "range"}, "pk.annex.columns"),
        ({"objective": ""}, "pk.annex.columns"),
        ({"quarterly": ("1", "2")}, "pk.annex.columns"),
        ({"quarterly": ("1", "2", "tiga", "4")}, "pk.annex.columns"),
        ({"weight": Decimal(59)}, "selter.contract.weights"),
        ({"weight": None}, "selter.contract.weights"),
        ({"weight": Decimal(100)}, "selter.contract.weights"),
        ({"name": "Penyerapan belanja"}, "skp.budget_indicator_required"),
    ],
)
def test_an_annex_is_blocked(change: dict[str, Any], rule: str) -> None:
    rules = rule_sets.national_on(date(2026, 1, 5))
    annex = sample_annex()
    place = 1 if "name" in change else 0
    if set(change) & {"indicators", "budget"}:
        annex = replace(annex, **change)
    else:
        changed = [*annex.indicators]
        changed[place] = replace(changed[place], **change)
        annex = replace(annex, indicators=tuple(changed))
    blocks = [f for f in lint(annex, (1, 2, 3, 4), rules) if f.severity is Enforcement.BLOCK]
    assert {f.rule for f in blocks} == {rule}
    assert all(f.citation and f.message and f.message_en for f in blocks)


def test_an_annex_without_weights_or_quarterly_targets_is_no_block() -> None:
    rules = rule_sets.national_on(date(2026, 1, 5))
    plain = IndicatorDraft("Sasaran", "Penyerapan anggaran", "milestone", "2026-11-30")
    findings = lint(Annex((plain,)), (1, 2), rules)
    assert [(f.rule, f.severity) for f in findings] == [("skp.periodic_review", Enforcement.INFO)] * 2


@pytest.mark.parametrize(
    ("text", "value"), [("Rp 1.250.000", "1250000"), ("1.500,50", "1500.50"), ("2500000", "2500000")]
)
def test_rupiah_are_read_as_budgets_write_them(text: str, value: str) -> None:
    assert rupiah(text) == Decimal(value)


def _checked(world: World, key: str, intent: Intent) -> str | None:
    """What the state machine alone says to an intent."""
    try:
        contract.check(world.state(key), intent)
    except Refused as refused_:
        return refused_.code
    return None


# -- amendment ---------------------------------------------------------------------------------------------------


def amend(world: World, key: str, when: str, version: int = 2, ground: str = "strategy_programme_budget") -> Entry:
    return world.act(key, "amend", "official", Role.OFFICIAL, at(when), version=version, ground=ground)


def test_the_old_version_is_in_force_until_both_have_signed_the_new_one(world: World, term: str, year: str) -> None:
    contract_id = world.contract_id(term, 2026)
    harder = replace(sample_annex().indicators[0], target="92")
    world.save_annex(contract_id, at("2026-05-04"), Annex((harder, sample_annex().indicators[1])))
    sha256 = amend(world, year, "2026-05-04").data["sha256"]
    world.act(year, "sign", "official", Role.OFFICIAL, at("2026-05-05"), version=2, sha256=sha256)
    assert world.state(year).in_force == 1
    assert world.state(year).deadline("sign").due == at("2026-06-03 23:59:59")
    world.act(year, "sign", "superior", Role.SUPERIOR, at("2026-05-06"), version=2, sha256=sha256)
    assert world.state(year).in_force == 2
    version = world.rows(ContractVersion, contract_id=contract_id, number=2)[0]
    assert version.ground == "strategy_programme_budget"
    assert world.document(version.document_id).title == "Perjanjian kinerja tahun 2026 perubahan ke-1"


def test_an_amendment_is_refused(world: World, term: str, year: str) -> None:
    assert _amend_refused(world, year, "2026-05-04") == "draft-missing"
    assert _amend_refused(world, year, "2026-05-04", version=3) == "wrong-version"
    world.save_annex(world.contract_id(term, 2026), at("2026-05-04"))
    assert _amend_refused(world, year, "2026-05-04", ground="mood") == "unlawful-ground"
    world.advance(at("2026-12-31"))
    assert _amend_refused(world, year, "2027-01-01") == "period-over"
    amend(world, year, "2026-12-31")


def _amend_refused(world: World, *act: Any, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        amend(world, *act, **more)
    return caught.value.code


# -- check-ins ---------------------------------------------------------------------------------------------------


def test_a_low_quarter_warns_early_and_has_no_other_effect(world: World, term: str, year: str) -> None:
    contract_id = world.contract_id(term, 2026)
    world.report(contract_id, 1, at("2026-04-06"), ("15", "14"))
    entry = world.verify(year, 1, at("2026-04-07"))
    # 60 % of 75,00 and 40 % of 93,33
    assert (entry.data["mean"], entry.data["warned"]) == ("82.33", False)
    world.report(contract_id, 2, at("2026-07-06"), ("30", "30"))
    entry = world.verify(year, 2, at("2026-07-07"))
    assert (entry.data["mean"], entry.data["warned"]) == ("70.00", True)
    warned = world.mails("early_warning")
    assert {m.person_id for m in warned} == {world.people["official"], world.people["superior"]}
    assert warned[0].facts["percent"] == "70.00"
    assert world.state(year).stage is ContractStage.IN_FORCE
    assert world.state(year).deadline("check_in/Q1") is None


def test_the_official_is_reminded_of_a_quarter_and_the_superior_awaited(world: World, year: str) -> None:
    world.advance(at("2026-04-09"))
    (mail,) = world.mails("check_in_reminder")
    assert mail.person_id == world.people["official"]
    assert (mail.facts["quarter"], mail.facts["deadline"]) == ("1", "2026-04-14T23:59:59+07:00")
    assert "verify_check_in" in world.awaits(year)


def test_a_quarter_that_was_not_reported_can_be_verified_only_after_its_deadline(world: World, year: str) -> None:
    world.advance(at("2026-04-14 23:59:59"))
    early = refused(
        world,
        year,
        "verify_check_in",
        "superior",
        Role.SUPERIOR,
        at("2026-04-14 23:59:59"),
        quarter=1,
        rating="below",
    )
    assert (early.code, early.rule) == ("check-in-missing", "selter.check_in.due_days")
    entry = world.verify(year, 1, at("2026-04-15 00:00"))
    assert (entry.data["reported"], entry.data["mean"], entry.data["warned"]) == (False, None, False)


@pytest.mark.parametrize(
    ("quarter", "when", "values", "code"),
    [
        (2, "2026-03-31 23:59:59", ("1", "1"), "quarter-not-begun"),
        (5, "2026-04-06", ("1", "1"), "no-such-quarter"),
        (1, "2026-04-06", ("banyak", "1"), "actual-unreadable"),
        (1, "2026-04-06", ("1.234,567", "1"), "actual-unreadable"),
    ],
)
def test_a_report_is_refused(
    world: World, term: str, year: str, quarter: int, when: str, values: tuple[str, str], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        world.report(world.contract_id(term, 2026), quarter, at(when), values)
    assert caught.value.code == code


def test_a_report_names_every_indicator_of_the_contract_in_force_and_no_other(
    world: World, term: str, year: str
) -> None:
    contract_id = world.contract_id(term, 2026)
    first = world.indicators(contract_id)[0].id
    for actuals, code in (
        ({first: contracts.Reported("15")}, "actual-missing"),
        ({"x": contracts.Reported("15")}, "unknown-indicator"),
    ):
        with pytest.raises(Refused) as caught, world.database.write() as writer:
            contracts.submit_check_in(writer, Author(), at("2026-04-06"), contract_id, 1, actuals)
        assert caught.value.code == code


def test_a_report_may_be_given_anew_until_it_is_verified(world: World, term: str, year: str) -> None:
    contract_id = world.contract_id(term, 2026)
    world.report(contract_id, 1, at("2026-04-06"), ("15", "14"))
    world.report(contract_id, 1, at("2026-04-07"), ("19", "14"))
    (row,) = world.rows(CheckIn)
    assert row.version == 2
    indicators = {i.id: contracts.Reported("15") for i in world.indicators(contract_id)}
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        contracts.submit_check_in(writer, Author(), at("2026-04-07"), contract_id, 1, indicators, version=1)
    assert caught.value.code == "stale-version"
    assert world.verify(year, 1, at("2026-04-08")).data["mean"] == "94.33"
    with pytest.raises(Refused) as caught:
        world.report(contract_id, 1, at("2026-04-09"), ("20", "15"))
    assert caught.value.code == "check-in-verified"
    intent = Intent("verify_check_in", at("2026-04-09"), arguments={"quarter": 1, "rating": "below"})
    assert _checked(world, year, intent) == "check-in-verified"
    assert [e.act for e in world.rows(AuditEntry) if e.act == "submit_check_in"] == ["submit_check_in"] * 2


def test_nothing_is_reported_before_the_contract_is_in_force(world: World, term: str) -> None:
    contract_id, key = world.contract_id(term, 2026), world.contract(term, 2026)
    with pytest.raises(Refused) as caught, world.database.write() as writer:
        contracts.submit_check_in(writer, Author(), at("2026-04-06"), contract_id, 1, {})
    assert caught.value.code == "not-in-force"
    assert (
        refused(
            world, key, "verify_check_in", "superior", Role.SUPERIOR, at("2026-04-06"), quarter=1, rating="below"
        ).code
        == "not-in-force"
    )


# -- rating ------------------------------------------------------------------------------------------------------


def test_a_year_is_rated_within_its_window_after_every_quarter_is_verified(world: World, term: str, year: str) -> None:
    contract_id = world.contract_id(term, 2026)
    for quarter in (1, 2, 3):
        day = at(f"2026-{quarter * 3 + 1:02d}-05")
        world.report(contract_id, quarter, day, BAD)
        world.verify(year, quarter, day)
    arguments: dict[str, Any] = {"results": "below", "behaviour": "as_expected"}
    early = refused(world, year, "rate", "superior", Role.SUPERIOR, at("2026-11-30 23:59:59"), **arguments)
    assert (early.code, early.rule, early.citation) == (
        "rating-too-early",
        "assessment.window",
        "PP 30/2019 Pasal 42",
    )
    world.advance(at("2026-12-01 00:00"))
    assert world.state(year).stage is ContractStage.RATING
    open_ = refused(world, year, "rate", "superior", Role.SUPERIOR, at("2026-12-01 00:00"), **arguments)
    assert (open_.code, open_.facts["quarters"]) == ("check-ins-open", "4")
    world.report(contract_id, 4, at("2026-12-28"), BAD)
    world.verify(year, 4, at("2026-12-28"))
    assert "rate" in world.awaits(year)
    entry = rate(world, year, "2026-12-30")
    # 60 % of 50,00 and 40 % of 40,00
    (result,) = world.rows(AnnualResult)
    assert (result.mean, result.proposed, result.rating) == (Decimal(46), "below", "needs_improvement")
    assert [r["capped"] for r in result.computed["indicators"]] == ["50.00", "40.00"]
    assert (entry.data["deviates"], entry.data["rating"]) == (False, "needs_improvement")
    assert world.state(year).objection_until == at("2027-01-13 23:59:59")
    (mail,) = world.mails("contract_rated")
    assert mail.facts["deadline"] == "2027-01-13T23:59:59+07:00"


def test_the_superior_may_deviate_from_the_proposal_and_it_is_recorded(world: World, term: str, year: str) -> None:
    check_in_all(world, term, BAD)
    entry = rate(world, year, "2027-01-12", results="as_expected")
    assert (entry.data["proposed"], entry.data["results"], entry.data["deviates"]) == ("below", "as_expected", True)
    assert world.rows(AnnualResult)[0].statement_id
    with pytest.raises(Refused) as caught:
        rate(world, year, "2027-01-13")
    assert caught.value.code == "different-repeat"
    assert _checked(world, year, Intent("rate", at("2027-01-13"))) == "already-rated"


def test_a_year_without_any_quarter_is_rated_by_the_superior_alone(world: World) -> None:
    term = world.enter_official("2026-11-02", "2026-11-02")
    world.advance(at("2026-11-02 09:05"))
    key = world.put_in_force(term, 2026, "2026-11-10")
    world.advance(at("2026-12-01"))
    assert world.state(key).quarters == ()
    entry = rate(world, key, "2027-01-12", results="as_expected")
    assert (entry.data["proposed"], entry.data["deviates"]) == ("", False)
    assert world.rows(AnnualResult)[0].mean is None


def test_a_rating_needs_a_contract_in_force(world: World, term: str) -> None:
    key = world.contract(term, 2026)
    with pytest.raises(Refused) as caught:
        rate(world, key, "2027-01-12")
    assert caught.value.code == "not-in-force"


def test_force_majeure_is_decided_before_the_rating_and_once(world: World, term: str, year: str) -> None:
    check_in_all(world, term, BAD)
    act = (world, year, "decide_force_majeure", "head", Role.PPK)
    world.act(*act[1:], at("2027-01-11"), accepted=False)
    assert refused(*act, at("2027-01-11"), accepted=True).code == "different-repeat"
    again = Intent("decide_force_majeure", at("2027-01-11"), arguments={"accepted": True})
    assert _checked(world, year, again) == "force-majeure-decided"
    rate(world, year, "2027-01-12")
    assert _checked(world, year, again) == "force-majeure-late"


# -- objection ---------------------------------------------------------------------------------------------------


def test_an_objection_is_possible_for_fourteen_days_and_finalising_waits_for_it(
    world: World, term: str, year: str
) -> None:
    check_in_all(world, term, BAD)
    before = refused(world, year, "object", "official", Role.OFFICIAL, at("2027-01-11"))
    assert before.code == "not-rated"
    rate(world, year, "2027-01-12")
    open_ = refused(world, year, "finalise", "secretary", Role.SECRETARIAT, at("2027-01-26 23:59:59"))
    assert (open_.code, open_.rule) == ("objection-open", "assessment.objection_days")
    late = refused(world, year, "object", "official", Role.OFFICIAL, at("2027-01-27 00:00"))
    assert (late.code, late.citation) == ("objection-late", "PP 30/2019 Pasal 59")
    world.act(year, "object", "official", Role.OFFICIAL, at("2027-01-26 23:59:59"))
    assert world.state(year).deadline("objection") is None
    assert world.state(year).deadline("decide_objection").rule == "appeal.keberatan.decide_working_days"
    waiting = refused(world, year, "finalise", "secretary", Role.SECRETARIAT, at("2027-02-10"))
    assert waiting.code == "objection-undecided"
    assert _checked(world, year, Intent("object", at("2027-01-26 23:59:59"))) == "already-objected"


def test_after_the_window_the_result_can_be_made_final(world: World, term: str, year: str) -> None:
    check_in_all(world, term, GOOD)
    rate(world, year, "2027-01-12", results="as_expected")
    world.advance(at("2027-01-26 23:59:59"))
    assert world.awaits(year) == {"finalise"}
    late = refused(world, year, "object", "official", Role.OFFICIAL, at("2027-01-26 23:59:59"))
    assert late.code == "objection-late"  # the window was closed in the record
    entry = finalise(world, year, "2027-01-27")
    assert world.state(year).stage is ContractStage.FINAL
    assert "review" not in entry.data
    assert world.rows(Review) == []


def objected(world: World, term: str, year: str) -> None:
    check_in_all(world, term, BAD)
    rate(world, year, "2027-01-12")
    world.act(year, "object", "official", Role.OFFICIAL, at("2027-01-20"))


def decide(world: World, year: str, outcome: str, who: str = "head", role: Role = Role.PPK, **more: str) -> Entry:
    return world.act(year, "decide_objection", who, role, at("2027-02-01"), outcome=outcome, **more)


def test_a_granted_objection_is_rated_anew_and_opens_nothing(world: World, term: str, year: str) -> None:
    objected(world, term, year)
    assert world.awaits(year) == {"decide_objection"}
    decide(world, year, "granted", results="as_expected")
    assert world.state(year).rating == "good"
    first, second = sorted(world.rows(AnnualResult), key=lambda r: r.at)
    assert (first.rating, second.rating, second.mean) == ("needs_improvement", "good", Decimal(46))
    (objection,) = world.rows(Objection)
    assert (objection.outcome, objection.kind) == ("granted", "rating")
    assert world.document(objection.document_id).inputs["decision"] == "granted"
    assert world.mails("objection_decided", "official")
    finalise(world, year, "2027-02-02")
    assert world.rows(Review) == []


def test_a_rejected_objection_leaves_the_rating(world: World, term: str, year: str) -> None:
    objected(world, term, year)
    decide(world, year, "rejected")
    assert world.state(year).rating == "needs_improvement"
    assert _checked(world, year, Intent("decide_objection", at("2027-02-02"))) == "objection-decided"
    assert finalise(world, year, "2027-02-02").data["review"] == world.contract_id(term, 2026)


@pytest.mark.parametrize(
    ("outcome", "more", "who", "role", "code"),
    [
        ("granted", {}, "head", Role.PPK, "objection-without-effect"),
        ("rejected", {"results": "above"}, "head", Role.PPK, "objection-without-effect"),
        ("granted", {"results": "below"}, "head", Role.PPK, "objection-without-effect"),
        ("granted", {"results": "above"}, "superior", Role.PYB, "own-rating"),
    ],
)
def test_a_decision_on_an_objection_is_refused(
    world: World, term: str, year: str, outcome: str, more: dict[str, str], who: str, role: Role, code: str
) -> None:
    objected(world, term, year)
    with pytest.raises(Refused) as caught:
        decide(world, year, outcome, who, role, **more)
    assert caught.value.code == code


def test_there_is_nothing_to_decide_without_an_objection(world: World, year: str) -> None:
    with pytest.raises(Refused) as caught:
        decide(world, year, "rejected")
    assert caught.value.code == "no-objection"


def test_an_objection_not_decided_in_time_stays_visible(world: World, term: str, year: str) -> None:
    objected(world, term, year)
    world.advance(at("2027-03-01"))
    assert world.state(year).deadline("decide_objection").passed
    assert world.awaits(year) == {"decide_objection"}
    assert world.state(year).rating == "needs_improvement"


# -- what a bad year opens ---------------------------------------------------------------------------------------


def test_a_bad_final_rating_after_twelve_months_opens_a_review(world: World, term: str, year: str) -> None:
    check_in_all(world, term, BAD)
    rate(world, year, "2027-01-12")
    world.advance(at("2027-01-27"))
    entry = finalise(world, year, "2027-01-27")
    review = f"review/{world.contract_id(term, 2026)}"
    assert entry.data["starts"] == [review]
    assert world.state(review).gates == (1, 2, 3)
    assert world.state(review).needs == ("replacement",)
    proofs = world.proofs(world.contract_id(term, 2026))
    assert sorted(proofs) == [1, 2, 3]
    assert proofs[2][0].proof["rating"] == "needs_improvement"
    assert world.awaits(review) == {"notify"}


@pytest.mark.parametrize(("inaugurated_on", "opens"), [("2026-01-01", True), ("2026-01-02", False)])
def test_twelve_months_are_complete_at_the_end_of_the_year_and_not_a_day_earlier(
    world: World, inaugurated_on: str, opens: bool
) -> None:
    term = world.enter_official("2026-01-05", inaugurated_on)
    world.advance(at("2026-01-05 09:05"))
    year = world.put_in_force(term, 2026, "2026-01-20")
    check_in_all(world, term, BAD)
    rate(world, year, "2027-01-12")
    finalise(world, year, "2027-01-27")
    assert (len(cases_of(world, CaseKind.REVIEW)) == 1) is opens
    last = [m for m in world.mails("early_warning", "official") if m.created_at == at("2027-01-27")]
    assert bool(last) is not opens


def test_accepted_force_majeure_opens_nothing(world: World, term: str, year: str) -> None:
    check_in_all(world, term, BAD)
    world.act(year, "decide_force_majeure", "head", Role.PPK, at("2027-01-11"), accepted=True)
    rate(world, year, "2027-01-12")
    finalise(world, year, "2027-01-27")
    assert cases_of(world, CaseKind.REVIEW) == []


def test_one_missed_indicator_opens_nothing(world: World, term: str, year: str) -> None:
    check_in_all(world, term, ("95", "60"))
    entry = rate(world, year, "2027-01-12", results="as_expected")
    assert entry.data["rating"] == "good"
    finalise(world, year, "2027-01-27")
    assert cases_of(world, CaseKind.REVIEW) == []


def test_a_bad_year_without_numbers_warns_in_words(world: World) -> None:
    term = world.enter_official("2026-11-02", "2026-11-02")
    world.advance(at("2026-11-02 09:05"))
    key = world.put_in_force(term, 2026, "2026-11-10")
    rate(world, key, "2027-01-12", results="below")
    finalise(world, key, "2027-01-27")
    assert [m.facts["act"] for m in world.mails("act_recorded", "official")] == [
        "Predikat kinerja tahun 2026 perlu perhatian"
    ]


# -- pages and machine -------------------------------------------------------------------------------------------


def test_everything_about_a_year_is_on_one_page(world: World, term: str, year: str) -> None:
    contract_id = world.contract_id(term, 2026)
    world.report(contract_id, 1, at("2026-04-06"), ("9", "7.125"))
    world.verify(year, 1, at("2026-04-07"))
    world.advance(at("2026-07-15"))
    with world.database.read() as session:
        view = contracts.contract_view(session, contract_id)
    assert [v.number for v in view.versions if v.in_force] == [1]
    assert view.versions[0].sha256 == world.document(view.versions[0].document_id).inputs_sha256
    assert [(w.code, w.subject) for w in view.warnings if w.code in ("overdue", "low")] == [
        ("overdue", "check_in/Q2"),
        ("low", "Q1"),
    ]
    assert {r.code for r in view.rights} == {"amend", "force_majeure"}
    assert view.quarters[0].measured is not None
    assert view.quarters[0].measured.mean == Decimal("46.00")
    assert view.year is not None
    assert view.year.quarter == 1
    assert all(r.citation for r in view.rights)


def test_the_page_shows_the_window_of_the_objection(world: World, term: str, year: str) -> None:
    check_in_all(world, term, BAD)
    rate(world, year, "2027-01-12")
    with world.database.read() as session:
        view = contracts.contract_view(session, world.contract_id(term, 2026))
    assert [(r.code, r.until) for r in view.rights] == [("object_to_rating", at("2027-01-26 23:59:59"))]
    assert view.result is not None


def test_a_closed_contract_takes_no_data(world: World, term: str, year: str) -> None:
    check_in_all(world, term, GOOD)
    rate(world, year, "2027-01-12", results="above", behaviour="above")
    with pytest.raises(Refused) as caught:
        world.report(world.contract_id(term, 2026), 4, at("2027-01-13"), GOOD)
    assert caught.value.code == "already-rated"
    with pytest.raises(Refused) as caught:
        world.save_annex(world.contract_id(term, 2026), at("2027-01-13"))
    assert caught.value.code == "already-rated"
    finalise(world, year, "2027-01-27")
    with pytest.raises(Refused) as caught:
        world.save_annex(world.contract_id(term, 2026), at("2027-01-28"))
    assert caught.value.code == "case-closed"


@pytest.mark.parametrize("intent", [Intent("open_contract", at("2026-01-05")), Intent("lapse", at("2026-01-05"))])
def test_what_is_no_act_of_a_contract_is_refused(intent: Intent) -> None:
    with pytest.raises(Refused) as caught:
        contract.check(contract.ContractState("c", "a", at("2026-01-05")), intent)
    assert caught.value.code == "unknown-act"


def test_quarters_count_only_when_they_began_in_the_post() -> None:
    assert contract.quarters_begun(2026, date(2026, 4, 1)) == (2, 3, 4)
    assert contract.quarters_begun(2026, date(2026, 4, 2)) == (3, 4)
    assert contract.quarters_begun(2026, date(2025, 3, 1)) == (1, 2, 3, 4)
    assert contract.quarter_end(2026, 1) == date(2026, 3, 31)
