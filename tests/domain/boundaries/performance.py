"""Boundaries of tenure, moves, the performance contract and demotion."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from boundary import Side, boundary

from domain.annex import Annex, BudgetLine, IndicatorDraft, lint
from domain.law.contract import Party, may_revise_on, reviews_a_year, signature_sides
from domain.law.demotion import (
    adviser,
    decider,
    exempt,
    long_enough_in_post,
    milder_than,
    needs_hearing,
    needs_person,
    needs_retest,
    outcomes,
    proposer,
)
from domain.law.tenure import may_move, missing_for_extension
from domain.rating import triggers_review
from domain.rules import RuleSet
from domain.words import Rating, ReviewOutcome, Role

D = Decimal

# -- tenure and moves --------------------------------------------------------------------------------------------


@boundary(
    "tenure.extension_requires",
    Side(
        ("targets_proven", "ppk_approval", "supervisor_report"),
        kept=("targets_proven", "ppk_approval", "supervisor_report"),
        broken=("targets_proven", "ppk_approval"),
    ),
    Side(("targets_proven",), kept=("targets_proven",), broken=("ppk_approval", "supervisor_report")),
)
def may_be_extended(rules: RuleSet, given: tuple[str, ...]) -> bool:
    return not missing_for_extension(given, rules)


@boundary(
    "mutasi.min_years",
    Side(2, kept=date(2026, 3, 10), broken=date(2026, 3, 9)),
    Side(3, kept=date(2027, 3, 10), broken=date(2027, 3, 9)),
)
@boundary(
    "mutasi.max_years",
    Side(5, kept=date(2029, 3, 10), broken=date(2029, 3, 11)),
    Side(4, kept=date(2028, 3, 10), broken=date(2028, 3, 11)),
)
def moved_in_time(rules: RuleSet, moved_on: date) -> bool:
    return may_move(date(2024, 3, 10), moved_on, rules)


@boundary("mutasi.early_exception", Side(False, kept=False, broken=True), Side(True, kept=True, broken=False))
def early_exception_holds(rules: RuleSet, allowed: bool) -> bool:
    return may_move(date(2024, 3, 10), date(2025, 3, 10), rules, excepted=True) is allowed


# -- the contract ------------------------------------------------------------------------------------------------

_PLAIN = IndicatorDraft("Sasaran", "Penyerapan anggaran", "maximize", "95", "persen", ("20", "45", "70", "95"), D(100))


def _finds(rules: RuleSet, annex: Annex, rule: str) -> bool:
    return rule in {finding.rule for finding in lint(annex, (1, 2, 3, 4), rules)}


@boundary(
    "pk.revision_grounds",
    Side(
        ("official_changed", "strategy_programme_budget", "priority_assumption"),
        kept="priority_assumption",
        broken="targets_too_high",
    ),
    Side(("official_changed",), kept="official_changed", broken="priority_assumption"),
)
def lawful_ground(rules: RuleSet, ground: str) -> bool:
    return may_revise_on(ground, rules)


@boundary(
    "pk.annex.columns",
    Side(("no", "sasaran", "indikator", "target"), kept="Sasaran", broken=" "),
    Side(("no", "indikator", "target"), kept=" ", broken=None),
)
def columns_filled(rules: RuleSet, objective: str | None) -> bool:
    draft = replace(_PLAIN, objective="", name="") if objective is None else replace(_PLAIN, objective=objective)
    return not _finds(rules, Annex((draft,)), "pk.annex.columns")


@boundary(
    "pk.annex.budget_columns",
    Side(("no", "program", "anggaran"), kept=("Program", "5000"), broken=(" ", "5000")),
    Side(("no", "anggaran"), kept=(" ", "5000"), broken=("Program", "banyak")),
)
def budget_columns_filled(rules: RuleSet, line: tuple[str, str]) -> bool:
    return not _finds(rules, Annex((_PLAIN,), (BudgetLine(*line),)), "pk.annex.budget_columns")


@boundary(
    "pk.signature_layout",
    Side(("left=pihak_kedua", "right=pihak_pertama"), kept="second", broken="first"),
    Side(("left=pihak_pertama", "right=pihak_kedua"), kept="first", broken="second"),
)
def signs_on_the_left(rules: RuleSet, party: str) -> bool:
    left, right = signature_sides(rules)
    assert left is not right
    return left is Party[party.upper()]


@boundary(
    "skp.budget_indicator_required",
    Side(True, kept="Penyerapan anggaran", broken="Cakupan imunisasi"),
    Side(False, kept="Cakupan imunisasi", broken=""),
)
def budget_indicator_present(rules: RuleSet, name: str) -> bool:
    return bool(name) and not _finds(rules, Annex((replace(_PLAIN, name=name),)), "skp.budget_indicator_required")


@boundary("skp.periodic_review", Side("quarterly", kept=4, broken=3), Side("monthly", kept=12, broken=11))
def reviewed_often_enough(rules: RuleSet, reviews: int) -> bool:
    return reviews >= reviews_a_year(rules)


@boundary("selter.contract.weights", Side(100, kept="100", broken="99.99"), Side(1, kept="1", broken="1.01"))
def weights_are_whole(rules: RuleSet, weight: str) -> bool:
    return not _finds(rules, Annex((replace(_PLAIN, weight=D(weight)),)), "selter.contract.weights")


# -- demotion ----------------------------------------------------------------------------------------------------


@boundary(
    "demotion.trigger_predikat",
    Side(("needs_improvement", "poor", "very_poor"), kept=Rating.NEEDS_IMPROVEMENT, broken=Rating.GOOD),
    Side(("poor", "very_poor"), kept=Rating.POOR, broken=Rating.NEEDS_IMPROVEMENT),
)
def opens_a_review(rules: RuleSet, final: Rating) -> bool:
    return triggers_review(final, rules)


@boundary(
    "demotion.min_time_in_post_months",
    Side(12, kept=date(2026, 1, 1), broken=date(2026, 1, 2)),
    Side(6, kept=date(2026, 7, 1), broken=date(2026, 7, 2)),
)
def a_year_in_post(rules: RuleSet, inaugurated_on: date) -> bool:
    return long_enough_in_post(inaugurated_on, date(2026, 12, 31), rules)


@boundary("demotion.force_majeure_exempts", Side(True, kept=True, broken=None), Side(False, kept=..., broken=True))
def spared(rules: RuleSet, accepted: bool | None) -> bool:
    return (not exempt(True, rules)) if accepted is ... else exempt(accepted, rules)


@boundary(
    "demotion.requires_competency_retest", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True)
)
def retest_asked(rules: RuleSet, asked: bool) -> bool:
    return needs_retest(rules) is asked


@boundary("demotion.hearing_required", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True))
def hearing_asked(rules: RuleSet, asked: bool) -> bool:
    return needs_hearing(rules) is asked


@boundary("demotion.automatic", Side(False, kept=True, broken=False), Side(True, kept=False, broken=True))
def a_person_decides(rules: RuleSet, asked: bool) -> bool:
    return needs_person(rules) is asked


@boundary("demotion.decider", Side("PPK", kept=Role.PPK, broken=Role.PYB), Side("PyB", kept=Role.PYB, broken=Role.PPK))
def decides(rules: RuleSet, role: Role) -> bool:
    return decider(rules) is role


@boundary("demotion.proposer", Side("PyB", kept=Role.PYB, broken=Role.PPK), Side("PPK", kept=Role.PPK, broken=Role.PYB))
def proposes(rules: RuleSet, role: Role) -> bool:
    return proposer(rules) is role


@boundary(
    "demotion.adviser",
    Side("tim_penilai_kinerja", kept=Role.PERFORMANCE_TEAM, broken=Role.PYB),
    Side("PyB", kept=Role.PYB, broken=Role.PERFORMANCE_TEAM),
)
def advises(rules: RuleSet, role: Role) -> bool:
    return adviser(rules) is role


@boundary(
    "demotion.outcomes",
    Side(("stay", "lateral_move", "lower_post"), kept=ReviewOutcome.LOWER_POST, broken=None),
    Side(("stay", "lateral_move"), kept=ReviewOutcome.LATERAL_MOVE, broken=ReviewOutcome.LOWER_POST),
)
def may_be_decided(rules: RuleSet, outcome: ReviewOutcome | None) -> bool:
    allowed = outcome in outcomes(rules)
    return allowed and len(milder_than(outcome, rules)) == len(outcomes(rules)) - 1
