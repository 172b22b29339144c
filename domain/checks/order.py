"""Where each step of the timetable belongs: what must come before what (PP 11/2017 Pasal 113 and 120 ayat (5)).

A step has a span of places. One step must come before another when its span ends before the other's begins; where
spans meet, the law leaves the order open. The places are those of the rule `stages.order`, ten apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.plan import PlanStage
from domain.rulebook import applies
from domain.rules import RuleSet

_APART: Final = 10


@dataclass(frozen=True)
class Span:
    """The first and the last place that a step may take."""

    first: int
    last: int


@applies("stages.order", "stages.health.may_be_after_top3")
def spans(rules: RuleSet) -> Mapping[PlanStage, Span]:
    """The span of each step that has a fixed place; steps that are absent here may stand anywhere.

    Assessment and paper are both the competency selection and may change places. The health and psychological tests
    have no fixed place; they come before the final result unless practice lets them follow it.

    Raises:
        KeyError: the rule omits one of the seven steps that it orders.
    """
    at = {name: _APART * index for index, name in enumerate(rules.items("stages.order"))}
    opening, result, interview = at["announcement"], at["screening_result"], at["interview"]
    competency = sorted((at["assessment"], at["paper"]))
    final, oath = at["final_result"], at["inauguration"]
    health_last = oath - 3 if rules.flag("stages.health.may_be_after_top3") else final - 1
    return {
        PlanStage.PLAN_APPROVAL: Span(opening - 1, opening - 1),
        PlanStage.HOME_AFFAIRS_CONSENT: Span(opening - 1, oath - 3),
        PlanStage.ANNOUNCEMENT: Span(opening, opening),
        PlanStage.REGISTRATION: Span(opening + 1, opening + 1),
        PlanStage.DOCUMENT_CHECK: Span(opening + 2, result - 1),
        PlanStage.TRACK_RECORD: Span(opening + 2, final - 1),
        PlanStage.SCREENING_RESULT: Span(result, result),
        PlanStage.ASSESSMENT: Span(competency[0], competency[0]),
        PlanStage.PAPER: Span(*competency),
        PlanStage.ASSESSMENT_RESULT: Span(competency[0] + 1, interview - 1),
        PlanStage.HEALTH: Span(opening + 2, health_last),
        PlanStage.PSYCH_TEST: Span(opening + 2, health_last),
        PlanStage.INTERVIEW: Span(interview, interview),
        PlanStage.TOP_THREE: Span(interview + 1, final - 1),
        PlanStage.SUPERVISOR_REPORT: Span(interview + 1, oath - 1),
        PlanStage.FINAL_RESULT: Span(final, final),
        PlanStage.PPK_REPORT: Span(interview + 1, final + 1),
        PlanStage.CHOICE: Span(final + 2, final + 2),
        PlanStage.CONSULTATION: Span(interview + 1, oath - 3),
        PlanStage.RECOMMENDATION: Span(interview + 1, oath - 1),
        PlanStage.DECREE: Span(oath - 2, oath - 2),
        PlanStage.INAUGURATION: Span(oath, oath),
    }


@dataclass(frozen=True)
class Order:
    """The spans of one rule set, to compare many steps."""

    spans: Mapping[PlanStage, Span]

    @classmethod
    def of(cls, rules: RuleSet) -> "Order":
        """The order that a rule set asks for."""
        return cls(spans(rules))

    def precedes(self, one: PlanStage, other: PlanStage) -> bool:
        """Whether the first step must come before the second."""
        spans = self.spans
        return one in spans and other in spans and spans[one].last < spans[other].first
