"""Assessment by competency: levels reached against the levels that the post requires, as a job-person match.

Levels run from 1 to 5 (law.md L-12): eight managerial competencies, one socio-cultural, and the technical ones of the
post by name. Levels reached may have decimals, where they are the mean of several assessors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.dates import add_months
from domain.numbers import half_up
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.scoring import ScoringError

_HUNDRED: Final = Decimal(100)
_LOWEST: Final = 1
_HIGHEST: Final = 5


class Competency(StrEnum):
    """The competencies that every post requires (law.md L-12: PermenPANRB 38/2017)."""

    INTEGRITY = "integrity"
    COOPERATION = "cooperation"
    COMMUNICATION = "communication"
    RESULTS_ORIENTATION = "results_orientation"
    PUBLIC_SERVICE = "public_service"
    DEVELOPMENT = "development"
    MANAGING_CHANGE = "managing_change"
    DECISION_MAKING = "decision_making"
    NATIONAL_UNITY = "national_unity"  # the socio-cultural one

    @property
    def label(self) -> str:
        """Its Indonesian name."""
        return _LABELS[self]


_LABELS: Final = MappingProxyType(
    {
        Competency.INTEGRITY: "Integritas",
        Competency.COOPERATION: "Kerja sama",
        Competency.COMMUNICATION: "Komunikasi",
        Competency.RESULTS_ORIENTATION: "Orientasi pada hasil",
        Competency.PUBLIC_SERVICE: "Pelayanan publik",
        Competency.DEVELOPMENT: "Pengembangan diri dan orang lain",
        Competency.MANAGING_CHANGE: "Mengelola perubahan",
        Competency.DECISION_MAKING: "Pengambilan keputusan",
        Competency.NATIONAL_UNITY: "Perekat bangsa",
    }
)


class Category(StrEnum):
    """What a job-person match is called (law.md W-06)."""

    MS = "MS"
    MMS = "MMS"
    KMS = "KMS"

    @property
    def label(self) -> str:
        """Its Indonesian name."""
        return {"MS": "Memenuhi Syarat", "MMS": "Masih Memenuhi Syarat", "KMS": "Kurang Memenuhi Syarat"}[self]


class MatchMethod(StrEnum):
    """How many competencies become one percentage."""

    SUM = "sum"  # all levels reached by all levels required
    MEAN = "mean"  # the mean of the percentages of each competency


class CompetencyError(ScoringError):
    """A level is none, or a competency of the standard is missing; the message names it."""


@dataclass(frozen=True)
class CompetencyLine:
    """One competency: level required, level reached (None where it was not assessed), and what counts of it."""

    competency: str
    required: int
    reached: Decimal | None
    counted: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """Levels above (positive) or below what is required."""
        return None if self.reached is None else self.reached - self.required


@dataclass(frozen=True)
class JobPersonMatch:
    """How far a person fits a post, in percent half up; None where a competency was not assessed: a person decides."""

    lines: tuple[CompetencyLine, ...]
    percent: Decimal | None
    category: Category | None
    arithmetic: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The competencies that were not assessed."""
        return tuple(line.competency for line in self.lines if line.reached is None)


@applies("assessment.required_level")
def standard(level: str, rules: RuleSet, technical: Mapping[str, int] = MappingProxyType({})) -> dict[str, int]:
    """The levels that a post of that level (`utama`, `madya`, `pratama`, …) requires, technical ones added by name.

    Raises:
        CompetencyError: the rule set states nothing for that level, or a technical level is none of 1 to 5.
    """
    levels = rules.pairs("assessment.required_level")
    if level not in levels:
        raise CompetencyError(f"no required level is known for {level!r}; known are {', '.join(levels)}")
    result = {competency.value: int(levels[level]) for competency in Competency} | dict(technical)
    for competency, required in result.items():
        if not _LOWEST <= required <= _HIGHEST:
            raise CompetencyError(
                f"{competency}: the required level {required} is not between {_LOWEST} and {_HIGHEST}"
            )
    return result


@applies("assessment.match.method", "assessment.match.surplus_counts")
def match(
    reached: Mapping[str, Decimal | None], required: Mapping[str, int], rules: RuleSet, decimals: int = 2
) -> JobPersonMatch:
    """The job-person match: levels reached by levels required, in percent, half up.

    `assessment.match.method` says whether levels are added first or percentages averaged; unless
    `assessment.match.surplus_counts`, a level above the required one counts as the required one, so that no strength
    makes up for a weakness and nobody is above 100 (practice, not confirmed).

    Raises:
        CompetencyError: a competency outside the standard, or a level outside 0 to 5.
    """
    unknown = [name for name in reached if name not in required]
    if unknown:
        raise CompetencyError(f"{unknown[0]} is not in the competency standard of the post")
    surplus = rules.flag("assessment.match.surplus_counts")
    lines = tuple(_line(name, level, reached.get(name), surplus=surplus) for name, level in required.items())
    counted = [(line.counted, line.required) for line in lines if line.counted is not None]
    if len(counted) < len(lines):
        return JobPersonMatch(lines, None, None, "belum lengkap; perlu diperiksa")
    method = MatchMethod(rules.text("assessment.match.method"))
    percent, arithmetic = _percent(counted, method, decimals)
    return JobPersonMatch(lines, percent, category(percent, rules), arithmetic)


@applies("assessment.categories")
def category(percent: Decimal, rules: RuleSet) -> Category:
    """The category of a match in percent: the highest whose least value is reached; below all, the lowest (W-06)."""
    least = {Category(name): Decimal(value) for name, value in rules.pairs("assessment.categories").items()}
    order = sorted(least, key=lambda name: least[name], reverse=True)
    return next((name for name in order if percent >= least[name]), order[-1])


@applies("assessment.reuse_months")
def reusable(assessed_on: date, used_on: date, rules: RuleSet) -> bool:
    """Whether an earlier assessment may be used again on a local date: through the day on which the months are full.

    An assessment of a day to come cannot be used (practice, W-09).
    """
    return assessed_on <= used_on <= add_months(assessed_on, rules.integer("assessment.reuse_months"))


def _line(name: str, required: int, reached: Decimal | None, *, surplus: bool) -> CompetencyLine:
    if reached is None:
        return CompetencyLine(name, required, None, None)
    if not (reached.is_finite() and 0 <= reached <= _HIGHEST):
        raise CompetencyError(f"{name}: level {reached} is not between 0 and {_HIGHEST}")
    return CompetencyLine(name, required, reached, reached if surplus else min(reached, Decimal(required)))


def _percent(counted: list[tuple[Decimal, int]], method: MatchMethod, decimals: int) -> tuple[Decimal, str]:
    """The percentage and how it came about."""
    reached, required = sum((c for c, _ in counted), Decimal(0)), sum(r for _, r in counted)
    if method is MatchMethod.SUM:
        percent = half_up(reached * _HUNDRED / required, decimals)
        return percent, f"{reached} / {required} × 100 = {percent}"
    percent = half_up(sum((c * _HUNDRED / r for c, r in counted), Decimal(0)) / len(counted), decimals)
    return percent, f"rata-rata {len(counted)} persentase = {percent}"
