"""Who supervises, who appoints, whose consent an acting head needs, and when a head of region may replace nobody.

All dates are local dates of the agency.
"""

from datetime import date

from domain.deadlines.selection import restricted_from, restricted_until
from domain.plan import Level
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import HoldingKind


@applies("supervisor.body")
def supervisor(rules: RuleSet) -> str:
    """The body that supervises the merit system: BKN since Perpres 92/2024, KASN before; a later one may follow."""
    return rules.text("supervisor.body")


@applies("plan.bkn_approval_required")
def plan_needs_approval(rules: RuleSet) -> bool:
    """Whether the supervisor must have approved the plan in writing before the announcement (practice, gate G1)."""
    return rules.flag("plan.bkn_approval_required")


@applies("appointing_authority.utama", "appointing_authority.madya", "appointing_authority.pratama")
def appointing_authority(level: Level, rules: RuleSet) -> str:
    """Who appoints to a post of that level: `PPK` or `President` (PP 11/2017 Pasal 124-128)."""
    return rules.text(f"appointing_authority.{level}")


def ppk_appoints(level: Level, rules: RuleSet) -> bool:
    """Whether the agency's own appointing official (PPK) chooses and issues the decree at that level."""
    return appointing_authority(level, rules) == "PPK"


@applies("acting_head.requires_mendagri_approval")
def acting_head_needs_minister(kind: HoldingKind, rules: RuleSet) -> bool:
    """Whether who holds the headship in that way may appoint or move only with the home minister's written consent.

    True for plt, plh and pj where the rule asks for it; a definitive head needs none for his standing.
    """
    return kind is not HoldingKind.DEFINITIVE and rules.flag("acting_head.requires_mendagri_approval")


@applies("acting_head.requires_bkn_pertek")
def acting_head_needs_supervisor(kind: HoldingKind, rules: RuleSet) -> bool:
    """Whether who holds the headship in that way needs the supervisor's technical consideration (Perpres 116/2022).

    A rule set older than that regulation asks for none.
    """
    rule = "acting_head.requires_bkn_pertek"
    return kind is not HoldingKind.DEFINITIVE and rules.has(rule) and rules.flag(rule)


@applies("political_window.after_inauguration_months")
def restricted_after_inauguration(day: date, inaugurated_on: date, rules: RuleSet) -> bool:
    """Whether on that day a new head of region replaces officials only with the home minister's written consent.

    From his inauguration on, for so many months (UU 10/2016 Pasal 162 ayat (3)).
    """
    return inaugurated_on <= day <= restricted_until(inaugurated_on, rules)


@applies("political_window.before_candidacy_months")
def restricted_before_candidacy(day: date, determined_on: date, rules: RuleSet) -> bool:
    """Whether on that day a head of region replaces officials only with the home minister's written consent.

    From so many months before the determination of the candidates up to the end of his term, which comes later
    (UU 10/2016 Pasal 71 ayat (2)).
    """
    return day >= restricted_from(determined_on, rules)
