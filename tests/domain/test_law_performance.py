"""Tenure, moves, the performance contract's form, and what a demotion on performance needs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import regulations
from domain.annex import Annex, BudgetLine, IndicatorDraft, lint, whole_weight
from domain.calendar import Calendar
from domain.law.contract import (
    Party,
    may_revise_on,
    needs_budget_column,
    needs_budget_indicator,
    needs_column,
    reviews_a_year,
    signature_sides,
)
from domain.law.demotion import (
    DemotionRecord,
    adviser,
    decider,
    exempt,
    long_enough_in_post,
    milder_than,
    missing_gates,
    outcomes,
    proposer,
)
from domain.law.tenure import early_move_allowed, may_move, missing_for_extension, move_findings
from domain.rules import Enforcement, RuleSet
from domain.words import AmendmentGround, Clearance, Rating, ReviewOutcome, Role
from tests.altered import with_values, without

OLDER = regulations.load("id-pns-2017")

# -- tenure and moves --------------------------------------------------------------------------------------------


def test_an_extension_names_what_it_lacks_in_order(rules: RuleSet) -> None:
    assert missing_for_extension((), rules) == ("targets_proven", "ppk_approval", "supervisor_report")
    assert missing_for_extension({"ppk_approval"}, rules) == ("targets_proven", "supervisor_report")
    assert missing_for_extension({"supervisor_report", "ppk_approval", "targets_proven", "more"}, rules) == ()


SINCE = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("moved_on", "rule", "limit"),
    [
        (date(2026, 2, 27), "mutasi.min_years", "2026-02-28"),
        (date(2026, 2, 28), None, None),
        (date(2029, 2, 28), None, None),
        (date(2029, 3, 1), "mutasi.max_years", "2029-02-28"),
    ],
)
def test_a_move_comes_between_two_and_five_years_in_the_post(
    rules: RuleSet, moved_on: date, rule: str | None, limit: str | None
) -> None:
    findings = move_findings(SINCE, moved_on, rules)
    assert [(f.rule, f.expected) for f in findings] == ([] if rule is None else [(rule, limit)])
    assert all((f.actual, f.severity) == (moved_on.isoformat(), Enforcement.BLOCK) for f in findings)
    assert may_move(SINCE, moved_on, rules) is (rule is None)
    assert may_move(SINCE, moved_on, rules, after_review=True)


def test_a_move_finding_says_when_it_may_be(rules: RuleSet) -> None:
    (early,) = move_findings(SINCE, date(2025, 1, 2), rules)
    assert early.message == "mutasi 2 Januari 2025: paling cepat 28 Februari 2026, 2 tahun sejak menduduki jabatan"
    assert early.message_en == "the move of 2025-01-02 may be no earlier than 2026-02-28, 2 years in the post"
    (late,) = move_findings(SINCE, date(2030, 1, 2), rules)
    assert "paling lambat 28 Februari 2029, 5 tahun" in late.message
    assert "no later than 2029-02-28" in late.message_en


def test_the_early_exception_serves_only_whom_it_is_claimed_for(rules: RuleSet) -> None:
    allowing = with_values(rules, {"mutasi.early_exception": True})
    early, late = date(2025, 1, 2), date(2030, 1, 2)
    assert not may_move(SINCE, early, allowing)
    assert may_move(SINCE, early, allowing, excepted=True)
    assert not may_move(SINCE, late, allowing, excepted=True)
    assert not may_move(SINCE, early, rules, excepted=True)
    assert not early_move_allowed(OLDER)
    assert not may_move(SINCE, early, OLDER, excepted=True)


# -- the contract ------------------------------------------------------------------------------------------------


def test_the_form_of_the_contract(rules: RuleSet) -> None:
    assert signature_sides(rules) == (Party.SECOND, Party.FIRST)
    assert all(may_revise_on(ground, rules) for ground in AmendmentGround)
    assert not may_revise_on("regret", rules)
    assert [needs_column(c, rules) for c in ("sasaran", "indikator", "target", "bobot")] == [True, True, True, False]
    assert [needs_budget_column(c, rules) for c in ("program", "anggaran", "ket")] == [True, True, False]
    assert needs_budget_indicator(rules)
    assert (reviews_a_year(rules), reviews_a_year(OLDER)) == (4, 0)


DRAFT = IndicatorDraft(
    "Sasaran", "Penyerapan anggaran", "maximize", "95", "persen", ("20", "45", "70", "95"), Decimal(100)
)


def _found(rules: RuleSet, annex: Annex, quarters: tuple[int, ...] = (1, 2, 3, 4)) -> list[tuple[str, str]]:
    return [(f.rule, f.path) for f in lint(annex, quarters, rules)]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"objective": " "}, [("pk.annex.columns", "indicators[0].objective")]),
        ({"target": ""}, [("pk.annex.columns", "indicators[0].target")]),
        ({"quarterly": ("20", "20", "25", "30")}, []),
        ({"quarterly": ("20", "20", "25", "31")}, [("skp.periodic_review", "indicators[0].quarterly")]),
        ({"quarterly": ("20", "45", "70", "94")}, [("skp.periodic_review", "indicators[0].quarterly")]),
        ({"polarity": " Minimize ", "quarterly": ("99", "98", "97", "95")}, []),
        ({"polarity": "milestone", "quarterly": ("1", "2", "3", "4")}, []),
        ({"polarity": "range", "target": "90..95", "quarterly": ("1..2", "1..2", "1..2", "1..2")}, []),
        ({"weight": Decimal("99.99")}, [("selter.contract.weights", "indicators")]),
        ({"weight": None}, []),
        ({"name": "Cakupan imunisasi"}, [("skp.budget_indicator_required", "indicators")]),
    ],
)
def test_an_annex_is_whole(rules: RuleSet, change: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert _found(rules, Annex((replace(DRAFT, **change),))) == found


def test_an_annex_needs_an_indicator_and_named_programmes(rules: RuleSet) -> None:
    assert _found(rules, Annex()) == [("pk.annex.columns", "indicators")]
    lines = (BudgetLine("Program", "Rp 5.000"), BudgetLine(" ", "banyak"))
    rule = "pk.annex.budget_columns"
    assert _found(rules, Annex((DRAFT,), lines)) == [(rule, "budget[1].programme"), (rule, "budget[1].amount")]


def test_a_quarter_without_any_target_is_named(rules: RuleSet) -> None:
    draft = replace(DRAFT, quarterly=("", "", "45", "95"))
    assert _found(rules, Annex((draft,))) == [("skp.periodic_review", f"quarters[{q}]") for q in (1, 2)]
    assert _found(rules, Annex((draft,)), (3, 4)) == []
    assert _found(OLDER, Annex((replace(DRAFT, quarterly=("1", "1", "1", "1")),))) == []


def test_targets_that_lead_nowhere_are_shown_with_end_and_sum(rules: RuleSet) -> None:
    (finding,) = lint(Annex((replace(DRAFT, quarterly=("20", "45", "70", "94")),)), (1, 2, 3, 4), rules)
    assert finding.message == "target triwulan berakhir pada 94 dan berjumlah 229; target tahun 95"
    assert finding.message_en == "quarterly targets end at 94 and add up to 229; the year's is 95"
    assert (finding.expected, finding.actual, finding.severity) == ("95", "94", Enforcement.INFO)


def test_weights_are_told_with_their_sum(rules: RuleSet) -> None:
    (finding,) = lint(Annex((replace(DRAFT, weight=Decimal(90)),)), (1, 2, 3, 4), rules)
    assert finding.message == "bobot indikator berjumlah 90; setiap indikator perlu bobot positif dan jumlahnya 100"
    assert finding.message_en.startswith("the weights add up to 90;")
    assert (finding.severity, finding.expected, finding.actual) == (Enforcement.BLOCK, "100", "90")
    two = Annex((replace(DRAFT, weight=Decimal(0)), DRAFT))
    assert _found(rules, two) == [("selter.contract.weights", "indicators")]
    assert _found(rules, Annex((DRAFT, replace(DRAFT, weight=None)))) == [("selter.contract.weights", "indicators")]


def test_a_set_before_the_switch_lints_an_annex_as_it_did(rules: RuleSet) -> None:
    older = replace(without(rules, "selter.contract.weights"), switches=frozenset())
    odd = replace(DRAFT, quarterly=("1", "1", "1", "1"), weight=Decimal(99))
    (finding,) = lint(Annex((odd,), (BudgetLine("", "5"),)), (1, 2, 3, 4), older)
    (newer,) = (f for f in lint(Annex((odd,)), (1, 2, 3, 4), rules) if f.rule == "selter.contract.weights")
    assert finding == newer
    assert whole_weight(older) == 100


# -- what opens a review -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inaugurated_on", "enough"),
    [(date(2026, 1, 1), True), (date(2026, 1, 2), False), (date(2025, 12, 31), True)],
)
def test_twelve_months_are_full_on_the_eve_of_the_anniversary(
    rules: RuleSet, inaugurated_on: date, enough: bool
) -> None:
    assert long_enough_in_post(inaugurated_on, date(2026, 12, 31), rules) is enough


def test_only_accepted_force_majeure_exempts(rules: RuleSet) -> None:
    assert [exempt(claim, rules) for claim in (True, False, None)] == [True, False, False]


def test_who_acts_in_a_demotion(rules: RuleSet) -> None:
    assert (adviser(rules), proposer(rules), decider(rules)) == (Role.PERFORMANCE_TEAM, Role.PYB, Role.PPK)


def test_a_proposal_weighs_every_milder_outcome(rules: RuleSet) -> None:
    stay, lateral, lower = ReviewOutcome.STAY, ReviewOutcome.LATERAL_MOVE, ReviewOutcome.LOWER_POST
    assert outcomes(rules) == (stay, lateral, lower)
    assert (milder_than(stay, rules), milder_than(lateral, rules), milder_than(lower, rules)) == (
        (),
        (stay,),
        (stay, lateral),
    )
    with pytest.raises(ValueError, match="tuple"):
        milder_than(lower, with_values(rules, {"demotion.outcomes": ("stay",)}))


# -- a whole demotion --------------------------------------------------------------------------------------------

LAWFUL = DemotionRecord(
    contract_in_force=True,
    inaugurated_on=date(2025, 1, 1),
    period_end=date(2025, 12, 31),
    rating=Rating.NEEDS_IMPROVEMENT,
    rating_final=True,
    force_majeure=False,
    notice_delivered_on=date(2026, 2, 2),
    plan=True,
    coached=True,
    evaluated_on=date(2026, 8, 3),
    improved=False,
    accreditation="A-1/2026",
    opinion_by=Role.PERFORMANCE_TEAM,
    proposed_by=Role.PYB,
    decision_notice_on=date(2026, 9, 1),
    heard=True,
    needs=(Clearance.REPLACEMENT, Clearance.HOME_AFFAIRS),
    cleared=(Clearance.HOME_AFFAIRS, Clearance.REPLACEMENT),
    decided_by=Role.PPK,
    decided_on=date(2026, 9, 15),
    outcome=ReviewOutcome.LOWER_POST,
)


def _missing(record: DemotionRecord, rules: RuleSet, calendar: Calendar) -> list[int]:
    return [gate.number for gate in missing_gates(record, rules, calendar)]


def test_a_demotion_with_every_gate_proved_is_lawful(rules: RuleSet, calendar: Calendar) -> None:
    assert _missing(LAWFUL, rules, calendar) == []


def test_nothing_on_record_proves_nothing_but_the_absence_of_exemptions(rules: RuleSet, calendar: Calendar) -> None:
    missing = missing_gates(DemotionRecord(), rules, calendar)
    assert [gate.number for gate in missing] == [1, 2, 4, 5, 6, 7, 8, 9, 11]
    assert all(gate.citation for gate in missing)


@pytest.mark.parametrize(
    ("change", "gates"),
    [
        ({"contract_in_force": False}, [1]),
        ({"inaugurated_on": date(2025, 1, 2)}, [1]),
        ({"inaugurated_on": None}, [1]),
        ({"period_end": None}, [1]),
        ({"rating": Rating.GOOD}, [2]),
        ({"rating": None}, [2]),
        ({"rating_final": False}, [2]),
        ({"force_majeure": True}, [3]),
        ({"force_majeure": None}, []),
        ({"notice_delivered_on": None}, [4, 5]),
        ({"plan": False}, [4]),
        ({"evaluated_on": date(2026, 8, 2)}, [5]),
        ({"evaluated_on": None}, [5]),
        ({"coached": False}, [5]),
        ({"improved": True}, [6]),
        ({"improved": None}, [6]),
        ({"accreditation": ""}, [7]),
        ({"opinion_by": None}, [8]),
        ({"opinion_by": Role.PYB}, [8]),
        ({"proposed_by": Role.PPK}, [8]),
        ({"decided_on": date(2026, 9, 14)}, [9]),
        ({"decided_on": None}, [9]),
        ({"decision_notice_on": None}, [9]),
        ({"heard": False}, [9]),
        ({"cleared": (Clearance.REPLACEMENT,)}, [10]),
        ({"needs": ()}, []),
        ({"decided_by": Role.PYB}, [11]),
        ({"decided_by": None}, [11]),
        ({"outcome": None}, [11]),
    ],
)
def test_each_gate_needs_its_proof(
    rules: RuleSet, calendar: Calendar, change: dict[str, Any], gates: list[int]
) -> None:
    assert _missing(replace(LAWFUL, **change), rules, calendar) == gates


@pytest.mark.parametrize(
    ("values", "change", "gates"),
    [
        ({"demotion.requires_competency_retest": False}, {"accreditation": ""}, []),
        ({"demotion.hearing_required": False}, {"heard": False}, []),
        ({"demotion.hearing_required": False}, {"heard": False, "decided_on": date(2026, 9, 14)}, [9]),
        ({"demotion.force_majeure_exempts": False}, {"force_majeure": True}, []),
        ({"demotion.automatic": True}, {"decided_by": None}, []),
        ({"demotion.automatic": True}, {"decided_by": Role.PYB}, [11]),
        ({"demotion.outcomes": ("stay", "lateral_move")}, {}, [11]),
        ({"demotion.trigger_predikat": ("poor",)}, {}, [2]),
    ],
)
def test_the_gates_follow_the_rule_set(
    rules: RuleSet, calendar: Calendar, values: dict[str, Any], change: dict[str, Any], gates: list[int]
) -> None:
    assert _missing(replace(LAWFUL, **change), with_values(rules, values), calendar) == gates
