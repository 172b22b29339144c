"""How far the weights may move inside their lawful ranges before the first places change; exact, and it only informs.

Totals are compared before rounding, as fractions. A weight moves while the others stay: only the proportions decide an
order, so the sum need not stay the same (the guideline's upper bounds sum to exactly 100, W-02: with a fixed sum
nothing could move at all). At the point where somebody outside draws level, the first places no longer hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor, lcm
from operator import mul

from domain.ranking import Ranking, ScoreRow

Span = tuple[Decimal, Decimal]
Scores = tuple[int, ...]


@dataclass(frozen=True)
class WeightSway:
    """How far one weight (percent) may move alone: its lawful span, and the part of it where the first places hold."""

    component: str
    weight: Decimal
    lawful: Span
    holds_from: Fraction
    holds_to: Fraction

    @property
    def held(self) -> Span:
        """The part where they hold, in hundredths of a percent, rounded towards the weight."""
        return Decimal(ceil(self.holds_from * 100)).scaleb(-2), Decimal(floor(self.holds_to * 100)).scaleb(-2)

    @property
    def free(self) -> bool:
        """Whether the first places hold in the whole lawful span."""
        return self.holds_from <= self.lawful[0] and self.holds_to >= self.lawful[1]


@dataclass(frozen=True)
class Sway:
    """Whether the first `places` hold wherever the weights lie in their lawful spans, all of them moving at once.

    `level`: already at the published weights only equal totals, a lot or rounding decide who has the last of the first
    places; then no weight may move at all. `otherwise`: weights at which they would not hold; None where they do.
    """

    places: int
    weights: tuple[WeightSway, ...]
    otherwise: Mapping[str, Decimal] | None
    level: bool = False

    @property
    def holds(self) -> bool:
        """Whether no lawful weights would change the first places."""
        return self.otherwise is None and not self.level


def weight_sway(
    rows: Sequence[ScoreRow],
    weights: Mapping[str, Decimal],
    ranking: Ranking,
    spans: Mapping[str, Span],
    places: int,
    *,
    already_weighted: bool = False,
) -> Sway | None:
    """How far the weights may move before the first `places` of the ranking change.

    Args:
        rows: what was ranked.
        weights: percent by component.
        ranking: what `rank` made of them; its ties and lots are taken as they are.
        spans: lawful ranges; a component without one stays where it is, and one whose weight lies outside moves
            between its range and its weight.
        places: how many are the first.
        already_weighted: the scores are points already multiplied by their weight.

    Returns:
        None where nobody is ranked or a component has no weight.
    """
    first = {r.candidate for r in ranking.top(places)}
    components = tuple(rows[0].scores) if rows else ()
    if not first or any(weights.get(c, 0) <= 0 for c in components):
        return None
    scores = _scores(rows, components, weights if already_weighted else None)
    field = _Field(
        inside=[given for name, given in scores.items() if name in first],
        outside=[given for name, given in scores.items() if name not in first],
        weights=tuple(Fraction(weights[c]) for c in components),
        shared=len(first) > places,
    )
    lawful = {c: _with(weights[c], spans.get(c)) for c in components}
    moved = tuple(
        WeightSway(c, weights[c], lawful[c], field.limit(i, lawful[c][0]), field.limit(i, lawful[c][1]))
        for i, c in enumerate(components)
    )
    return Sway(places, moved, _otherwise(field, lawful), level=field.level)


@dataclass(frozen=True)
class _Field:
    """Scores inside and outside the first places, and the weights at which they were ranked."""

    inside: Sequence[Scores]
    outside: Sequence[Scores]
    weights: tuple[Fraction, ...]
    shared: bool

    @property
    def level(self) -> bool:
        """Whether the edge of the first places lies between equals already."""
        return self.shared or not self.holds(self.weights)

    def holds(self, weights: Sequence[Fraction]) -> bool:
        """Whether everybody inside is ahead of everybody outside."""
        if not self.outside:
            return True
        last, best = self._rivals(weights)
        return _total(weights, last) > _total(weights, best)

    def limit(self, index: int, end: Decimal) -> Fraction:
        """How far one weight may move towards `end`: to it, or to where somebody outside draws level.

        The lead of the last inside over the best outside is concave along the way. So the way back from `end` along
        the line of the two rivals there never overshoots, and ends where the lead is nothing (Newton's method, exact
        on straight lines).
        """
        if self.level:
            return self.weights[index]
        if not self.outside:
            return Fraction(end)
        weights = [*self.weights]
        weights[index] = Fraction(end)
        while True:
            last, best = self._rivals(weights)
            lead = _total(weights, last) - _total(weights, best)
            if lead >= 0:
                return weights[index]
            weights[index] -= lead / (last[index] - best[index])

    def _rivals(self, weights: Sequence[Fraction]) -> tuple[Scores, Scores]:
        """The last inside and the best outside at those weights."""
        scale = lcm(*(weight.denominator for weight in weights))
        whole = [int(weight * scale) for weight in weights]  # whole numbers are much faster than fractions

        def total(scores: Scores) -> int:
            return sum(map(mul, whole, scores))

        return min(self.inside, key=total), max(self.outside, key=total)


def _total(weights: Sequence[Fraction], scores: Scores) -> Fraction:
    return sum(map(mul, weights, scores), Fraction(0))


def _scores(
    rows: Sequence[ScoreRow], components: Sequence[str], divided_by: Mapping[str, Decimal] | None
) -> dict[str, Scores]:
    """The scores of those present by candidate, as whole numbers on one common scale."""
    exact: dict[str, list[Fraction]] = {}
    for row in rows:
        given = {c: row.scores[c] for c in components}
        points = {c: Fraction(score) for c, score in given.items() if score is not None}
        if len(points) == len(components):
            exact[row.candidate] = [
                points[c] / Fraction(divided_by[c]) if divided_by else points[c] for c in components
            ]
    scale = lcm(*(score.denominator for scores in exact.values() for score in scores))
    return {name: tuple(int(score * scale) for score in scores) for name, scores in exact.items()}


def _with(weight: Decimal, span: Span | None) -> Span:
    """The lawful span, made wide enough for the weight that was published."""
    return (weight, weight) if span is None else (min(weight, span[0]), max(weight, span[1]))


def _otherwise(field: _Field, lawful: Mapping[str, Span]) -> Mapping[str, Decimal] | None:
    """The first corner of the lawful spans at which the first places do not hold.

    A lead is linear in the weights, so if it holds at all corners it holds everywhere between.
    """
    for corner in product(*(dict.fromkeys(span) for span in lawful.values())):
        if not field.holds([Fraction(weight) for weight in corner]):
            return dict(zip(lawful, corner, strict=True))
    return None
