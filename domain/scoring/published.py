"""Looking at scores as they were published: what is already weighted, what is a sum, what does not add up.

It informs whoever enters or checks a table of scores; it decides and corrects nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from domain.numbers import half_up

_HUNDRED: Final = Decimal(100)
_ZERO: Final = Decimal(0)


class AnomalyKind(StrEnum):
    """What is odd."""

    WEIGHTED = "already-weighted"  # every score fits into its weight: points, not 0 to 100
    SUM = "sum-above-100"  # a sum of several marks that was not divided
    TIE_APART = "tie-published-apart"  # equal scores with different ranks
    ORDER = "rank-against-score"  # a better score with a worse rank
    TOTAL = "total-differs"  # the components do not give the published total


@dataclass(frozen=True)
class PublishedRow:
    """A candidate as published: scores by component, total and rank as far as they were."""

    candidate: str
    scores: Mapping[str, Decimal | None]
    total: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True)
class Anomaly:
    """Something odd about a component, or about candidates; the sentences say what."""

    kind: AnomalyKind
    about: tuple[str, ...]
    message: str
    message_en: str


def anomalies(
    rows: Sequence[PublishedRow], weights: Mapping[str, Decimal], *, decimals: int = 2, already_weighted: bool = False
) -> tuple[Anomaly, ...]:
    """Everything odd about a table of scores: its scales, then its totals, then its ranks.

    Args:
        rows: as published.
        weights: percent by component, as far as they are known.
        decimals: of the published totals; a difference of one unit there comes from rounding and is not odd.
        already_weighted: whether it is known that the scores are points already multiplied by their weight.
    """
    scales = () if already_weighted else tuple(_scales(rows, weights))
    components = set(rows[0].scores) if rows else set()
    points = components if already_weighted else {a.about[0] for a in scales if a.kind is AnomalyKind.WEIGHTED}
    sums = any(a.kind is AnomalyKind.SUM for a in scales)
    factors = {**weights, **dict.fromkeys(points, _HUNDRED)}
    totals = () if sums else tuple(_totals(rows, factors, decimals))
    return (*scales, *totals, *_ranks(rows))


def possible_divisors(
    sums: Mapping[str, Decimal],
    totals: Mapping[str, Decimal],
    weight: Decimal,
    other: Decimal,
    most: int = 10,
) -> tuple[int, ...]:
    """By which whole numbers a component's sums may have been divided.

    Everybody's score must lie between 0 and 100, and so must what then remains of his total for the other component.

    Args:
        sums: the component's published sums by candidate.
        totals: weighted totals of the two components, for the same candidates.
        weight: the component's weight in percent.
        other: the other component's.
        most: the largest divisor tried.
    """
    return tuple(d for d in range(1, most + 1) if all(_fits(sums[n] / d, totals[n], weight, other) for n in sums))


def _fits(score: Decimal, total: Decimal, weight: Decimal, other: Decimal) -> bool:
    rest = (total - score * weight / _HUNDRED) * _HUNDRED / other
    return _ZERO <= score <= _HUNDRED and _ZERO <= rest <= _HUNDRED


def _scales(rows: Sequence[PublishedRow], weights: Mapping[str, Decimal]) -> Iterator[Anomaly]:
    for component in rows[0].scores if rows else ():
        given = [score for row in rows if (score := row.scores.get(component)) is not None]
        weight, highest = weights.get(component, _HUNDRED), max(given, default=_ZERO)
        if highest > _HUNDRED:
            yield Anomaly(
                AnomalyKind.SUM,
                (component,),
                f"Nilai {component} sampai {highest}: jumlah beberapa nilai yang belum dibagi.",
                f"Scores of {component} reach {highest}: a sum of several marks that was not divided.",
            )
        elif _ZERO < highest <= weight < _HUNDRED:
            yield Anomaly(
                AnomalyKind.WEIGHTED,
                (component,),
                f"Semua nilai {component} tidak lebih dari bobotnya ({weight}): tampaknya sudah dikalikan bobot.",
                f"No score of {component} exceeds its weight ({weight}): they seem to be multiplied by it already.",
            )


def _totals(rows: Sequence[PublishedRow], factors: Mapping[str, Decimal], decimals: int) -> Iterator[Anomaly]:
    """Published totals that their components do not give; `factors` are percent, 100 for weighted points."""
    unit = Decimal(1).scaleb(-decimals)
    for row in rows:
        given = [(factors[c], score) for c, score in row.scores.items() if c in factors and score is not None]
        if row.total is None or not given or len(given) < len(row.scores):
            continue
        computed = half_up(sum((score * factor / _HUNDRED for factor, score in given), _ZERO), decimals)
        if abs(computed - row.total) > unit:
            yield Anomaly(
                AnomalyKind.TOTAL,
                (row.candidate,),
                f"Nilai akhir {row.candidate} diumumkan {row.total}; komponennya menghasilkan {computed}.",
                f"The total of {row.candidate} was published as {row.total}; its components give {computed}.",
            )


def _ranks(rows: Sequence[PublishedRow]) -> Iterator[Anomaly]:
    """Neighbours by published rank whose scores are equal, or in the other order."""
    placed = [(r.rank, s, r.candidate) for r in rows if r.rank is not None and (s := _ranked_by(r)) is not None]
    placed.sort(key=lambda p: (p[0], -p[1]))
    for (rank, score, name), (next_rank, next_score, next_name) in pairwise(placed):
        if rank != next_rank and score == next_score:
            yield Anomaly(
                AnomalyKind.TIE_APART,
                (name, next_name),
                f"{name} dan {next_name} bernilai sama ({score}), tetapi berperingkat {rank} dan {next_rank}.",
                f"{name} and {next_name} have equal scores ({score}) but ranks {rank} and {next_rank}.",
            )
        elif score < next_score:
            yield Anomaly(
                AnomalyKind.ORDER,
                (name, next_name),
                f"{name} ({score}) berperingkat {rank} di atas {next_name} ({next_score}).",
                f"{name} ({score}) is ranked {rank}, above {next_name} ({next_score}).",
            )


def _ranked_by(row: PublishedRow) -> Decimal | None:
    """What the rank goes by: the total, or the only score there is."""
    if row.total is not None:
        return row.total
    return next(iter(row.scores.values())) if len(row.scores) == 1 else None
