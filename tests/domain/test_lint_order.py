"""Which steps of a timetable must come before which: the whole table, step by step (PP 11/2017 Pasal 113, 120)."""

from typing import Final

import pytest

from domain.checks.order import Order
from domain.plan import PlanStage
from domain.rules import RuleSet
from tests.altered import with_values

PUBLISHED: Final = frozenset({"plan_approval", "announcement", "registration"})
SCREENED: Final = PUBLISHED | {"document_check", "screening_result"}
HEARD: Final = SCREENED | {"assessment", "assessment_result", "paper", "interview"}
ANNOUNCED: Final = HEARD | {"track_record", "top_three", "final_result"}
DECIDED: Final = ANNOUNCED | {"home_affairs_consent", "health", "psych_test", "ppk_report", "choice", "consultation"}
BEFORE: Final[dict[str, frozenset[str]]] = {
    "plan_approval": frozenset(),
    "home_affairs_consent": frozenset(),
    "announcement": frozenset({"plan_approval"}),
    "registration": frozenset({"plan_approval", "announcement"}),
    "extension": frozenset(),
    "document_check": PUBLISHED,
    "track_record": PUBLISHED,
    "screening_result": PUBLISHED | {"document_check"},
    "assessment": SCREENED,
    "assessment_result": SCREENED | {"assessment"},
    "paper": SCREENED,
    "health": PUBLISHED,
    "psych_test": PUBLISHED,
    "interview": HEARD - {"interview"},
    "objection": frozenset(),
    "top_three": HEARD,
    "supervisor_report": HEARD,
    "final_result": ANNOUNCED - {"final_result"},
    "ppk_report": HEARD,
    "choice": ANNOUNCED | {"ppk_report"},
    "consultation": HEARD,
    "recommendation": HEARD,
    "decree": DECIDED,
    "inauguration": DECIDED | {"supervisor_report", "recommendation", "decree"},
    "other": frozenset(),
}


def _before(rules: RuleSet, step: PlanStage) -> set[str]:
    order = Order.of(rules)
    return {other.value for other in PlanStage if order.precedes(other, step)}


@pytest.mark.parametrize("step", PlanStage)
def test_what_must_come_before_a_step(rules: RuleSet, step: PlanStage) -> None:
    assert _before(rules, step) == BEFORE[step.value]


@pytest.mark.parametrize("step", PlanStage)
def test_health_tests_that_may_not_follow_come_before_the_final_result(rules: RuleSet, step: PlanStage) -> None:
    strict = with_values(rules, {"stages.health.may_be_after_top3": False})
    health = {"health", "psych_test"} if step.value in ("final_result", "choice") else set()
    assert _before(strict, step) == BEFORE[step.value] | health


def test_papers_before_assessments_change_nothing(rules: RuleSet) -> None:
    steps = ["announcement", "screening_result", "paper", "assessment", "interview", "final_result", "inauguration"]
    swapped = with_values(rules, {"stages.order": tuple(steps)})
    assert {step.value: _before(swapped, step) for step in PlanStage} == BEFORE
