"""The discipline track (PP 94/2021; law.md 7.2) and personal data (UU 27/2022; law.md 1)."""

import pytest

import regulations
from domain.law.discipline import Level, level_of, missed_target_is_breach, missing_examiners, penalties
from domain.law.privacy import Processing, is_specific, needs_human_decision, needs_impact_assessment
from domain.rules import RuleSet


def test_missed_targets_are_no_breach_of_discipline(rules: RuleSet) -> None:
    assert not missed_target_is_breach(rules)
    assert missed_target_is_breach(regulations.load("id-pns-2017"))


def test_the_penalties_of_each_level(rules: RuleSet) -> None:
    assert penalties(Level.LIGHT, rules) == ("oral_reprimand", "written_reprimand", "written_dissatisfaction")
    assert penalties(Level.MODERATE, rules) == (
        "allowance_cut_6_months",
        "allowance_cut_9_months",
        "allowance_cut_12_months",
    )
    assert penalties(Level.HEAVY, rules) == ("lower_post_12_months", "executor_12_months", "dismissal")
    assert [level_of(penalty, rules) for penalty in ("oral_reprimand", "dismissal")] == [Level.LIGHT, Level.HEAVY]


def test_a_penalty_that_the_law_does_not_know_is_refused(rules: RuleSet) -> None:
    with pytest.raises(KeyError, match="fine"):
        level_of("fine", rules)


def test_a_heavy_breach_is_examined_by_three_together(rules: RuleSet) -> None:
    assert missing_examiners(Level.HEAVY, ["supervision"], rules) == ("superior", "personnel")
    assert missing_examiners(Level.HEAVY, ["personnel", "superior", "supervision", "legal"], rules) == ()
    assert missing_examiners(Level.MODERATE, [], rules) == ()
    assert missing_examiners(Level.LIGHT, [], rules) == ()


@pytest.mark.parametrize("kind", ["health", "psych", "criminal_record", "finance", "biometric"])
def test_specific_data(kind: str, rules: RuleSet) -> None:
    assert is_specific(kind, rules)
    assert not is_specific(f"{kind}_", rules)


def test_a_person_decides(rules: RuleSet) -> None:
    assert needs_human_decision(rules)


@pytest.mark.parametrize("processing", [p for p in Processing if p is not Processing.ROUTINE])
def test_risky_processing_needs_an_impact_assessment(processing: Processing, rules: RuleSet) -> None:
    assert needs_impact_assessment([Processing.ROUTINE, processing], rules)


def test_routine_processing_needs_none(rules: RuleSet) -> None:
    assert not needs_impact_assessment([Processing.ROUTINE], rules)
    assert not needs_impact_assessment([], rules)
