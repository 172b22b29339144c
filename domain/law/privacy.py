"""Personal data: what is specific, what no machine decides alone, and when an impact assessment is due (UU 27/2022).

The terms of hours are in `domain.deadlines.privacy`.
"""

from collections.abc import Iterable
from enum import StrEnum

from domain.rulebook import applies
from domain.rules import RuleSet


class Processing(StrEnum):
    """What makes a processing of personal data risky."""

    AUTOMATED_DECISION = "automated_decision"  # with legal effect
    SPECIFIC_DATA = "specific_data"
    LARGE_SCALE = "large_scale"
    SCORING = "scoring"  # or any systematic evaluation
    ROUTINE = "routine"  # none of these


@applies("privacy.specific_data")
def is_specific(kind: str, rules: RuleSet) -> bool:
    """Whether data of a kind are specific: kept apart, and shown to fewer people (UU 27/2022 Pasal 4 ayat (2))."""
    return kind in rules.items("privacy.specific_data")


@applies("privacy.automated_final_decision")
def needs_human_decision(rules: RuleSet) -> bool:
    """Whether a result with legal effect is final only when a named person decided it (UU 27/2022 Pasal 10)."""
    return not rules.flag("privacy.automated_final_decision")


@applies("privacy.dpia_required")
def needs_impact_assessment(processing: Iterable[Processing], rules: RuleSet) -> bool:
    """Whether an impact assessment must come before such processing (UU 27/2022 Pasal 34)."""
    return rules.flag("privacy.dpia_required") and any(item is not Processing.ROUTINE for item in processing)
