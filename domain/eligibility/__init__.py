"""Screening of one applicant: each requirement computed, with its arithmetic, its article and what would satisfy it.

The engine proposes; two verifiers decide (principle 2). Where facts are missing the verdict is `needs_review`, never a
failure. All dates are local dates of the agency.
"""

from domain.eligibility.record import (
    CandidateRecord,
    CivilStatus,
    Discipline,
    Position,
    PositionKind,
    RequirementResult,
    Requirements,
    Standing,
    Training,
)
from domain.eligibility.screening import fails, proposed, screen

__all__ = [
    "CandidateRecord",
    "CivilStatus",
    "Discipline",
    "Position",
    "PositionKind",
    "RequirementResult",
    "Requirements",
    "Standing",
    "Training",
    "fails",
    "proposed",
    "screen",
]
