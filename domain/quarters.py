"""Quarterly figures of an indicator: whether each counts from January, for its quarter alone, or as the state then.

No regulation says how quarterly figures run; which of the three holds is stated with the figures (a choice of
Selter, "Pilihan Selter (bukan ketentuan)"), and what was not reported never counts as zero.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from domain.indicator import AchievementWarning, Period
from domain.numbers import NumberError, parse_decimal

_THROUGH: Final = (Period.Q1, Period.H1, Period.Q3, Period.YEAR)


class Aggregation(StrEnum):
    """How the figures of four quarters make one of the year."""

    CUMULATIVE = "cumulative"  # each counts from 1 January on; the last is the year's
    PERIODIC = "periodic"  # each counts its quarter alone; their sum is the year's
    LATEST = "latest"  # each is a state, such as an index; the last is the year's


def year_actual(quarters: Sequence[Decimal | None], how: Aggregation) -> Decimal | None:
    """The actual of the year so far out of quarterly actuals; none where it cannot be known.

    The last reported quarter counts, or with `periodic` figures the sum, which needs every quarter up to the last
    reported one: a missing one is not a zero.
    """
    reported = quarters[: reported_through(quarters)]
    if not reported:
        return None
    if how is not Aggregation.PERIODIC:
        return reported[-1]
    known = [figure for figure in reported if figure is not None]
    return sum(known, Decimal(0)) if len(known) == len(reported) else None


def reported_through(quarters: Sequence[Decimal | None]) -> int:
    """The number of the last quarter that was reported; 0 when none was."""
    return max((number for number, figure in enumerate(quarters, start=1) if figure is not None), default=0)


def covered(quarters: Sequence[Decimal | None]) -> Period | None:
    """The part of the year that the reported quarters cover, from January on."""
    through = reported_through(quarters)
    return _THROUGH[through - 1] if through else None


def quarter_warnings(
    quarters: Sequence[Decimal | None], how: Aggregation, stated: Decimal | None
) -> Iterator[AchievementWarning]:
    """What looks odd about quarterly actuals: a gap, a running total that falls, another actual than they give."""
    reported = quarters[: reported_through(quarters)]
    gaps = ", ".join(f"Q{number}" for number, figure in enumerate(reported, start=1) if figure is None)
    if gaps:
        yield AchievementWarning(
            "quarter-missing",
            f"realisasi {gaps} belum dilaporkan; tidak dihitung sebagai nol",
            f"{gaps} is not reported; it does not count as zero",
        )
    known = [figure for figure in reported if figure is not None]
    if how is Aggregation.CUMULATIVE and any(later < earlier for earlier, later in pairwise(known)):
        yield AchievementWarning(
            "cumulative-falls",
            "realisasi kumulatif turun antartriwulan; mungkin angka per triwulan",
            "a cumulative actual falls from one quarter to a later one; it may be a figure per quarter",
        )
    computed = year_actual(quarters, how)
    if stated is not None and computed is not None and stated != computed:
        yield AchievementWarning(
            "actual-differs",
            f"realisasi tertulis {stated}, sedangkan triwulan memberi {computed}; yang dipakai {computed}",
            f"the actual is written as {stated}, the quarters give {computed}; {computed} is used",
        )


def aggregation_of(target: Decimal, quarterly: Sequence[Decimal]) -> Aggregation | None:
    """How quarterly targets run towards the year's: the last equals it, or they add up to it; none when neither.

    Where the last target is the year's, running totals and states cannot be told apart: both read `cumulative`.
    """
    if not quarterly:
        return None
    if quarterly[-1] == target:
        return Aggregation.CUMULATIVE
    return Aggregation.PERIODIC if sum(quarterly, Decimal(0)) == target else None


def written_targets_are_periodic(target: str, quarterly: Sequence[str]) -> bool:
    """Whether a contract's quarterly targets, as written, each count their quarter alone; blank ones are left out."""
    try:
        numbers = [parse_decimal(text) for text in quarterly if text.strip()]
        return aggregation_of(parse_decimal(target), numbers) is Aggregation.PERIODIC
    except NumberError:
        return False
