"""A selection plan as `selter lint` reads it: `values` say what it holds, `reading` and `writing` convert it.

Parts that are absent are None: lint says that it did not check them. Dates are local dates of the agency.
`docs/guide/plan-format.md` documents every key.
"""

from domain.plan.reading import plan_from_mapping, read_day
from domain.plan.values import (
    TITLES,
    AgencyKind,
    Approvals,
    Context,
    FillingRoute,
    Level,
    Medium,
    Plan,
    PlanError,
    PlannedAnnouncement,
    PlannedKin,
    PlannedMember,
    PlannedRequirements,
    PlannedResults,
    PlannedStage,
    PlannedVacancy,
    PlanStage,
    Relation,
    Scope,
)
from domain.plan.writing import plan_to_mapping

__all__ = [
    "TITLES",
    "AgencyKind",
    "Approvals",
    "Context",
    "FillingRoute",
    "Level",
    "Medium",
    "Plan",
    "PlanError",
    "PlanStage",
    "PlannedAnnouncement",
    "PlannedKin",
    "PlannedMember",
    "PlannedRequirements",
    "PlannedResults",
    "PlannedStage",
    "PlannedVacancy",
    "Relation",
    "Scope",
    "plan_from_mapping",
    "plan_to_mapping",
    "read_day",
]
