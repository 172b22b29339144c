"""How fast a step can go: the practice figures by which a timetable is proposed; working days throughout."""

from typing import Final

from domain.rulebook import applies
from domain.rules import RuleSet

APPROVAL: Final = "selter.propose.plan_approval_working_days"
SCREENING: Final = "selter.propose.screening_working_days"
STAGE: Final = "selter.propose.stage_working_days"
SUPERVISOR: Final = "selter.propose.supervisor_working_days"
CONSULTATION: Final = "selter.propose.consultation_working_days"


@applies(APPROVAL)
def approval_days(rules: RuleSet) -> int:
    """Working days from asking for the approval of the plan to having it (practice of the supervisor, gate G1)."""
    return rules.integer(APPROVAL)


@applies(SCREENING)
def screening_days(rules: RuleSet) -> int:
    """Working days from the closing day to the result of the screening (practice: the day after)."""
    return rules.integer(SCREENING)


@applies(STAGE)
def stage_days(rules: RuleSet) -> int:
    """Working days that a stage lasts where the plan does not say (practice: one)."""
    return rules.integer(STAGE)


@applies(SUPERVISOR)
def supervisor_days(rules: RuleSet) -> int:
    """Working days from sending names to the supervisor to its answer (practice: about five, gate G5)."""
    return rules.integer(SUPERVISOR)


@applies(CONSULTATION)
def consultation_days(rules: RuleSet) -> int:
    """Working days from asking another authority to its answer (practice: five, Bojonegoro 2025)."""
    return rules.integer(CONSULTATION)
