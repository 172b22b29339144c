"""Ranking of candidates by weighted scores: exact decimals, half-up totals, absence as a status.

Totals are compared as published, that is after rounding. Equal totals share a rank unless a tie-break was published
(law.md W-13); as last resort a lot with a public seed separates them (`domain.scoring.lottery`). The order within a
shared rank is alphabetical and means nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any, Final

from domain.numbers import half_up
from domain.rulebook import applies
from domain.rules import RuleSet, canonical_json
from domain.scoring.lottery import LOTTERY, ticket

_HUNDRED: Final = Decimal(100)
_ZERO: Final = Decimal(0)


class RankingError(ValueError):
    """Scores or weights cannot be ranked; the message names the candidate or component."""


class RankMethod(StrEnum):
    """Which rank follows a shared one."""

    COMPETITION = "competition"  # 1, 2, 2, 4
    DENSE = "dense"  # 1, 2, 2, 3


class RankStatus(StrEnum):
    """Whether a candidate could be ranked."""

    RANKED = "ranked"
    ABSENT = "absent"


@dataclass(frozen=True)
class ScoreRow:
    """A candidate's scores by component, 0 to 100 (or weighted points); None means absent."""

    candidate: str
    scores: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Ranked:
    """A candidate's place; rank and total are None for who was absent from a component."""

    candidate: str
    rank: int | None
    total: Decimal | None
    components: Mapping[str, Decimal | None]
    status: RankStatus


@dataclass(frozen=True)
class Tie:
    """Candidates with equal totals; `broken_by` lists the components, or the lot, that separated any of them."""

    total: Decimal
    candidates: tuple[str, ...]
    broken_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class NearTie:
    """Two neighbours whose totals differ by no more than the near-tie threshold."""

    candidates: tuple[str, str]
    gap: Decimal


@dataclass(frozen=True)
class Scenario:
    """What the first places would be if a component weighed that many points more or less."""

    component: str
    points: Decimal
    top: tuple[str, ...]
    changed: bool


@dataclass(frozen=True)
class Robustness:
    """Whether the first `places` hold when weights shift a little; it informs and decides nothing."""

    places: int
    stable: bool
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class Sensitivity:
    """How closely to look at a ranking; the numbers come from a rule set."""

    places: int
    near_tie: Decimal
    weight_points: Decimal


@dataclass(frozen=True)
class Ranking:
    """A ranking with what must be known to trust it; `sha256` covers inputs, method and result."""

    ranking: tuple[Ranked, ...]
    ties: tuple[Tie, ...]
    near_ties: tuple[NearTie, ...]
    robustness: Robustness | None
    sha256: str = ""

    def top(self, count: int) -> tuple[Ranked, ...]:
        """Those with rank 1 to `count`; more than `count` where a rank at the cut is shared."""
        return tuple(r for r in self.ranking if r.rank is not None and r.rank <= count)

    def to_mapping(self) -> dict[str, Any]:
        """As the JSON of design.md section 7: decimals are strings, an absent score is null."""
        return {
            "ranking": [_ranked_mapping(r) for r in self.ranking],
            "ties": [
                {"total": str(t.total), "candidates": list(t.candidates), "broken_by": list(t.broken_by)}
                for t in self.ties
            ],
            "near_ties": [{"candidates": list(n.candidates), "gap": str(n.gap)} for n in self.near_ties],
            "robustness": _robustness_mapping(self.robustness),
            "sha256": self.sha256,
        }


@dataclass(frozen=True)
class _Method:
    """Everything but the scores."""

    weights: Mapping[str, Decimal]
    tie_break: tuple[str, ...]
    method: RankMethod
    decimals: int
    already_weighted: bool
    components: tuple[str, ...] = field(default=())
    seed: str = ""


@applies("result.top_n")
def shortlist_size(rules: RuleSet) -> int:
    """How many of the best are named to the PPK for each post (PP 11/2017 Pasal 121 ayat (3))."""
    return rules.integer("result.top_n")


@applies("tie_break")
def usual_tie_break(rules: RuleSet) -> tuple[str, ...]:
    """The components that separate equal totals, first to last, where a round publishes no other order (W-13)."""
    return rules.items("tie_break")


@applies("selter.near_tie", "selter.robustness.weight_points")
def sensitivity(rules: RuleSet) -> Sensitivity:
    """The usual close look: the first places are the names for the PPK; the thresholds (points) are our choice."""
    return Sensitivity(
        places=shortlist_size(rules),
        near_tie=rules.decimal("selter.near_tie"),
        weight_points=rules.decimal("selter.robustness.weight_points"),
    )


def rank(
    rows: Sequence[ScoreRow],
    weights: Mapping[str, Decimal],
    *,
    tie_break: Sequence[str] = (),
    method: RankMethod = RankMethod.COMPETITION,
    decimals: int = 2,
    already_weighted: bool = False,
    closely: Sensitivity | None = None,
    seed: str = "",
) -> Ranking:
    """Rank candidates by the sum of weight (percent) × score / 100, or of weighted points as they stand.

    Args:
        rows: one row a candidate, all with the same components.
        weights: percent by component; components without scores stay out (an interim ranking).
        tie_break: components whose raw scores separate equal totals, in this order.
        method: what follows a shared rank.
        decimals: of the totals, half up.
        already_weighted: the scores are points already multiplied by their weight.
        closely: thresholds for near ties and robustness; without them neither is reported.
        seed: of the lot that separates those whom nothing else does; empty for none.

    Raises:
        RankingError: doubled candidate, differing or unweighted components, a score out of range.
    """
    how = _Method(dict(weights), tuple(tie_break), method, decimals, already_weighted, _components(rows), seed)
    _check(rows, how)
    placed = _placed(rows, how)
    result = Ranking(
        ranking=placed,
        ties=_ties(placed, how),
        near_ties=_near_ties(placed, closely) if closely else (),
        robustness=_robustness(rows, how, placed, closely) if closely else None,
    )
    digest = hashlib.sha256(canonical_json([_method_mapping(how), _rows_mapping(rows), result.to_mapping()]).encode())
    return Ranking(result.ranking, result.ties, result.near_ties, result.robustness, digest.hexdigest())


def _components(rows: Sequence[ScoreRow]) -> tuple[str, ...]:
    """The components of all rows in the order of the first."""
    return tuple(rows[0].scores) if rows else ()


def _check(rows: Sequence[ScoreRow], how: _Method) -> None:
    """Refuse what cannot be ranked."""
    times = Counter(row.candidate for row in rows)
    doubled = sorted(name for name, count in times.items() if count > 1)
    if doubled:
        raise RankingError(f"candidate {doubled[0]} appears more than once")
    for component in how.components:
        if component not in how.weights and not how.already_weighted:
            raise RankingError(f"component {component} has no weight")
    for component in how.tie_break:
        if component not in how.components:
            raise RankingError(f"tie-break component {component} has no scores")
    if any(weight < _ZERO for weight in how.weights.values()):
        raise RankingError("a weight is negative")
    for row in rows:
        _check_row(row, how)


def _check_row(row: ScoreRow, how: _Method) -> None:
    if set(row.scores) != set(how.components):
        raise RankingError(f"candidate {row.candidate} has other components than the first")
    for component, score in row.scores.items():
        highest = how.weights.get(component, _HUNDRED) if how.already_weighted else _HUNDRED
        if score is not None and not (score.is_finite() and _ZERO <= score <= highest):
            raise RankingError(f"{row.candidate}: {component} {score} is not between 0 and {highest}")


def _total(row: ScoreRow, how: _Method) -> Decimal | None:
    """The published total, or None when any component is absent."""
    exact = _ZERO
    for component in how.components:
        score = row.scores[component]
        if score is None:
            return None
        exact += score if how.already_weighted else score * how.weights[component] / _HUNDRED
    return half_up(exact, how.decimals)


def _key(row: ScoreRow, total: Decimal, how: _Method) -> tuple[Decimal | int, ...]:
    """What decides the place: the total, then the tie-break scores, then the lot (the smallest ticket goes first)."""
    lot = (-int(ticket(how.seed, row.candidate), 16),) if how.seed else ()
    return (total, *(row.scores[component] or _ZERO for component in how.tie_break), *lot)


def _placed(rows: Sequence[ScoreRow], how: _Method) -> tuple[Ranked, ...]:
    """Everybody in order of rank, absent candidates last."""
    totals = [(row, _total(row, how)) for row in sorted(rows, key=lambda row: row.candidate)]
    present = [(_key(row, total, how), row, total) for row, total in totals if total is not None]
    present.sort(key=lambda item: item[0], reverse=True)
    placed: list[Ranked] = []
    groups = groupby(present, key=lambda item: item[0])
    for position, (_, group) in enumerate(groups, start=1):
        place = position if how.method is RankMethod.DENSE else len(placed) + 1
        placed += [Ranked(row.candidate, place, total, row.scores, RankStatus.RANKED) for _, row, total in group]
    absent = [row for row, total in totals if total is None]
    return (*placed, *(Ranked(row.candidate, None, None, row.scores, RankStatus.ABSENT) for row in absent))


def _ties(placed: Sequence[Ranked], how: _Method) -> tuple[Tie, ...]:
    """Groups of equal totals, in order of rank."""
    ranked = [r for r in placed if r.total is not None]
    groups = [list(group) for _, group in groupby(ranked, key=lambda r: r.total)]
    return tuple(
        Tie(group[0].total or _ZERO, tuple(r.candidate for r in group), _breakers(group, how))
        for group in groups
        if len(group) > 1
    )


def _breakers(group: Sequence[Ranked], how: _Method) -> tuple[str, ...]:
    """What separated any two neighbours of a group: tie-break components, then the lot."""
    last = LOTTERY if how.seed else None
    used = {next((c for c in how.tie_break if a.components[c] != b.components[c]), last) for a, b in pairwise(group)}
    return tuple(breaker for breaker in (*how.tie_break, LOTTERY) if breaker in used)


def _near_ties(placed: Sequence[Ranked], closely: Sensitivity) -> tuple[NearTie, ...]:
    """Neighbours that are close but not equal."""
    return tuple(
        NearTie((a.candidate, b.candidate), a.total - b.total)
        for a, b in pairwise(placed)
        if a.total is not None and b.total is not None and _ZERO < a.total - b.total <= closely.near_tie
    )


def _robustness(
    rows: Sequence[ScoreRow], how: _Method, placed: Sequence[Ranked], closely: Sensitivity
) -> Robustness | None:
    """Shift each weight up and down, keep the sum, and see whether the first places change."""
    weights = {c: how.weights[c] for c in how.components if c in how.weights}
    if len(weights) != len(how.components) or len(weights) < 2 or any(w <= _ZERO for w in weights.values()):
        return None
    raw = _raw(rows, how)
    base = _first(placed, closely.places)
    scenarios = []
    for component in how.components:
        for points in (-closely.weight_points, closely.weight_points):
            shifted = _shifted(weights, component, points)
            if shifted is not None:
                flat = replace(how, weights=shifted, already_weighted=False)
                top = _first(_placed(raw, flat), closely.places)
                scenarios.append(Scenario(component, points, top, set(top) != set(base)))
    return Robustness(closely.places, not any(s.changed for s in scenarios), tuple(scenarios))


def _raw(rows: Sequence[ScoreRow], how: _Method) -> list[ScoreRow]:
    """Scores on the scale 0 to 100."""
    if not how.already_weighted:
        return list(rows)
    return [
        ScoreRow(r.candidate, {c: None if s is None else s * _HUNDRED / how.weights[c] for c, s in r.scores.items()})
        for r in rows
    ]


def _shifted(weights: Mapping[str, Decimal], component: str, points: Decimal) -> dict[str, Decimal] | None:
    """Weights of the same sum with one component heavier by `points`; None where that is impossible."""
    total, own = sum(weights.values(), _ZERO), weights[component]
    if not _ZERO <= own + points <= total:
        return None
    scale = (total - own - points) / (total - own)
    return {c: own + points if c == component else w * scale for c, w in weights.items()}


def _first(placed: Sequence[Ranked], places: int) -> tuple[str, ...]:
    return tuple(r.candidate for r in placed if r.rank is not None and r.rank <= places)


def _ranked_mapping(ranked: Ranked) -> dict[str, Any]:
    return {
        "candidate": ranked.candidate,
        "rank": ranked.rank,
        "total": None if ranked.total is None else str(ranked.total),
        "components": {c: None if s is None else str(s) for c, s in ranked.components.items()},
        "status": ranked.status.value,
    }


def _robustness_mapping(robustness: Robustness | None) -> dict[str, Any] | None:
    if robustness is None:
        return None
    return {
        "places": robustness.places,
        "stable": robustness.stable,
        "scenarios": [
            {"component": s.component, "points": str(s.points), "top": list(s.top), "changed": s.changed}
            for s in robustness.scenarios
        ],
    }


def _method_mapping(how: _Method) -> dict[str, Any]:
    return {
        "weights": {c: str(w) for c, w in how.weights.items()},
        "tie_break": list(how.tie_break),
        "method": how.method.value,
        "decimals": how.decimals,
        "already_weighted": how.already_weighted,
        **({"seed": how.seed} if how.seed else {}),  # a ranking without a lot keeps its hash
    }


def _rows_mapping(rows: Sequence[ScoreRow]) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: row.candidate)
    return [
        {"candidate": r.candidate, "scores": {c: None if s is None else str(s) for c, s in r.scores.items()}}
        for r in ordered
    ]
