"""What a proposal is: steps with their dates and reasons, and the plan that holds them."""

from dataclasses import dataclass
from datetime import date

from domain.plan import Plan
from domain.rules import Confidence


@dataclass(frozen=True)
class Proposed:
    """A step with its first and last local date and why it cannot be earlier; without dates it cannot be held."""

    step: str
    start: date | None
    end: date | None
    reason: str
    reason_en: str
    rule: str
    citation: str
    confidence: Confidence

    def to_mapping(self) -> dict[str, str | None]:
        """As JSON values."""
        return {
            "step": self.step,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "reason": self.reason,
            "reason_en": self.reason_en,
            "rule": self.rule,
            "citation": self.citation,
            "confidence": self.confidence.value,
        }


@dataclass(frozen=True)
class Proposal:
    """The steps in the order of their start; `plan` is None where no lawful timetable exists."""

    steps: tuple[Proposed, ...]
    plan: Plan | None
