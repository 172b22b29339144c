"""Several assessors, one score: how sheets are combined, and where their authors are far apart.

Scores are points from 0 to 100, or competency levels. Absence is a status: a sheet without a score is left out, and a
candidate without any score is absent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from statistics import mean
from typing import Final

from domain.numbers import half_up
from domain.rulebook import applies
from domain.rules import RuleSet

SETTLED: Final = ""
"""Stands for an assessor where a score was not given by a panel."""


class PanelMethod(StrEnum):
    """How several assessors' scores become one."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"  # the mean without the highest and the lowest


@dataclass(frozen=True)
class PanelSheet:
    """What one assessor gave a candidate for a component; None is absent."""

    candidate: str
    component: str
    assessor: str
    score: Decimal | None


@dataclass(frozen=True)
class Combining:
    """How sheets are combined; `decimals` is what the panel's score is rounded to, None for not at all."""

    method: PanelMethod = PanelMethod.MEAN
    trim_from: int = 4
    decimals: int | None = None

    def dropped(self, count: int) -> int:
        """How many of that many scores are left out at each end, when they stand in order."""
        match self.method:
            case PanelMethod.MEDIAN:
                return (count - 1) // 2
            case PanelMethod.TRIMMED:
                return int(count >= self.trim_from)
            case PanelMethod.MEAN:
                return 0


@dataclass(frozen=True)
class Divergence:
    """Two assessors whose scores for a candidate lie further apart than the threshold."""

    candidate: str
    component: str
    lowest: tuple[str, Decimal]  # assessor, score
    highest: tuple[str, Decimal]

    @property
    def spread(self) -> Decimal:
        """How far they are apart, in points."""
        return self.highest[1] - self.lowest[1]


@applies("selter.panel.trim_from")
def least_to_trim(rules: RuleSet) -> int:
    """The least number of sheets at which the highest and the lowest are dropped; of two nothing would be left."""
    return max(rules.integer("selter.panel.trim_from"), 3)


@applies("selter.panel.method", "selter.panel.decimals")
def combining(rules: RuleSet) -> Combining:
    """How a panel's sheets are combined.

    The result is rounded half up to the decimals that are published, so that whoever adds up the published scores
    gets the published total. A set from before these rules takes the plain mean and does not round it.
    """
    if not rules.has("selter.panel.method"):
        return Combining()
    return Combining(
        method=PanelMethod(rules.text("selter.panel.method")),
        trim_from=least_to_trim(rules),
        decimals=rules.integer("selter.panel.decimals"),
    )


def combined(scores: Iterable[Decimal | None], how: Combining) -> Decimal | None:
    """The panel's score; None where nobody gave one."""
    given = sorted(score for score in scores if score is not None)
    if not given:
        return None
    out = how.dropped(len(given))
    score = mean(given[out : len(given) - out])
    return score if how.decimals is None or _fits(score, how.decimals) else half_up(score, how.decimals)


def panel_scores(sheets: Iterable[PanelSheet], how: Combining) -> dict[tuple[str, str], Decimal | None]:
    """The panel's score by candidate and component."""
    return {key: combined((s.score for s in found), how) for key, found in _grouped(sheets).items()}


@applies("selter.divergence")
def divergence_limit(rules: RuleSet) -> Decimal:
    """How many points two assessors of one score may be apart before it is flagged (our choice)."""
    return rules.decimal("selter.divergence")


def divergences(sheets: Iterable[PanelSheet], rules: RuleSet) -> tuple[Divergence, ...]:
    """Where two assessors of a candidate's component are further apart than `divergence_limit`.

    It names the lowest and the highest (of equal ones the first by name). It informs; only people may act on it.
    """
    limit = divergence_limit(rules)
    found = (_extremes(group) for group in _grouped(sheets).values())
    return tuple(d for d in found if d is not None and d.spread > limit)


def _grouped(sheets: Iterable[PanelSheet]) -> Mapping[tuple[str, str], Sequence[PanelSheet]]:
    """Sheets by candidate and component, in order of candidate, component and assessor."""
    ordered = sorted(sheets, key=lambda s: (s.candidate, s.component, s.assessor))
    return {key: list(group) for key, group in groupby(ordered, key=lambda s: (s.candidate, s.component))}


def _extremes(group: Sequence[PanelSheet]) -> Divergence | None:
    given = [(s.assessor, s.score) for s in group if s.score is not None]
    if not given:
        return None
    lowest, highest = min(given, key=lambda g: g[1]), max(given, key=lambda g: g[1])
    return Divergence(group[0].candidate, group[0].component, lowest, highest)


def _fits(score: Decimal, decimals: int) -> bool:
    """Whether the score has no more decimals than that; then it stays as it was written."""
    exponent = score.as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= decimals
