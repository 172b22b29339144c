"""Boundaries of the discipline track, of remedies and of personal data."""

from boundary import Side, boundary

from domain.law.appeals import (
    Decider,
    Decision,
    Kind,
    possible_outcomes,
    remedy,
    silence_grants,
    suspends_execution,
)
from domain.law.discipline import Level, level_of, missed_target_is_breach, missing_examiners
from domain.law.privacy import Processing, is_specific, needs_human_decision, needs_impact_assessment
from domain.rules import RuleSet

# -- discipline --------------------------------------------------------------------------------------------------


@boundary("discipline.track_separate", Side(True, kept=False, broken=True), Side(False, kept=True, broken=False))
def missed_target(rules: RuleSet, probe: bool) -> bool:
    return missed_target_is_breach(rules) is probe


_PENALTIES = (
    "oral_reprimand=ringan",
    "written_reprimand=ringan",
    "written_dissatisfaction=ringan",
    "allowance_cut_6_months=sedang",
    "allowance_cut_9_months=sedang",
    "allowance_cut_12_months=sedang",
    "lower_post_12_months=berat",
    "executor_12_months=berat",
    "dismissal=berat",
)
_HEAVIER = ("allowance_cut_12_months=berat", "written_dissatisfaction=sedang")


@boundary(
    "discipline.penalties",
    Side(_PENALTIES, kept="lower_post_12_months", broken="allowance_cut_12_months"),
    Side(_HEAVIER, kept="allowance_cut_12_months", broken="written_dissatisfaction"),
)
def heavy(rules: RuleSet, probe: str) -> bool:
    return level_of(probe, rules) is Level.HEAVY


_TEAM = ("superior", "supervision", "personnel")


@boundary(
    "discipline.heavy_team",
    Side(_TEAM, kept=_TEAM, broken=("superior", "supervision")),
    Side(("superior", "personnel"), kept=("superior", "personnel"), broken=("superior", "supervision")),
)
def team_complete(rules: RuleSet, probe: tuple[str, ...]) -> bool:
    return not missing_examiners(Level.HEAVY, probe, rules)


# -- remedies ----------------------------------------------------------------------------------------------------


@boundary(
    "appeal.banding.only_for",
    Side("dismissal", kept=Decision.DISMISSAL, broken=Decision.DEMOTION),
    Side("discipline", kept=Decision.DISCIPLINE, broken=Decision.DISMISSAL),
)
def goes_to_the_board(rules: RuleSet, probe: Decision) -> bool:
    return remedy(probe, Decider.PPK, rules).kind is Kind.APPEAL


@boundary(
    "appeal.banding.forum",
    Side("BPASN", kept="BPASN", broken="PPK"),
    Side("Badan Baru", kept="Badan Baru", broken="BPASN"),
)
def board(rules: RuleSet, probe: str) -> bool:
    return remedy(Decision.DISMISSAL, Decider.PPK, rules).forum == probe


@boundary(
    "appeal.banding.forum_after",
    Side("PT TUN", kept="PT TUN", broken="PTUN"),
    Side("PTUN", kept="PTUN", broken="PT TUN"),
)
def court_after_the_board(rules: RuleSet, probe: str) -> bool:
    return remedy(Decision.DISMISSAL, Decider.PPK, rules).next_forum == probe


@boundary(
    "appeal.keberatan.forum_after",
    Side("PTUN", kept="PTUN", broken="BPASN"),
    Side("PT TUN", kept="PT TUN", broken="PTUN"),
)
def court_after_the_objection(rules: RuleSet, probe: str) -> bool:
    forums = {remedy(Decision.DEMOTION, decider, rules).next_forum for decider in Decider}
    return forums == {probe}


@boundary("appeal.may_aggravate", Side(True, kept=6, broken=7), Side(False, kept=5, broken=6))
def ways_to_end(rules: RuleSet, probe: int) -> bool:
    return len(possible_outcomes(rules)) >= probe


@boundary("appeal.general.silence_grants", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True))
def silence(rules: RuleSet, probe: bool) -> bool:
    return silence_grants(rules) is probe


@boundary(
    "appeal.general.suspends_execution", Side(False, kept=False, broken=True), Side(True, kept=True, broken=False)
)
def waits(rules: RuleSet, probe: bool) -> bool:
    return suspends_execution(rules) is probe


# -- personal data -----------------------------------------------------------------------------------------------


@boundary(
    "privacy.specific_data",
    Side(("health", "psych", "criminal_record", "finance", "biometric"), kept="biometric", broken="address"),
    Side(("address",), kept="address", broken="biometric"),
)
def specific(rules: RuleSet, probe: str) -> bool:
    return is_specific(probe, rules)


@boundary("privacy.automated_final_decision", Side(False, kept=True, broken=False), Side(True, kept=False, broken=True))
def person_decides(rules: RuleSet, probe: bool) -> bool:
    return needs_human_decision(rules) is probe


@boundary("privacy.dpia_required", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True))
def assessed_before_scoring(rules: RuleSet, probe: bool) -> bool:
    return needs_impact_assessment([Processing.ROUTINE, Processing.SCORING], rules) is probe
