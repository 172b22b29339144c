"""Date arithmetic: months and years, ages, and the time that periods cover.

All dates are local dates of the agency. A term of months ends on the day of the same number; where that month is
shorter, on its last day. What falls due when is in `domain.deadlines`.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_MONTHS_A_YEAR: Final = 12
_DAYS_OF_A_CARRIED_MONTH: Final = 30
_ONE_DAY: Final = timedelta(days=1)
_LAST_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, order=True)
class Span:
    """A length of time in whole months and remaining days."""

    months: int
    days: int

    @property
    def years(self) -> int:
        """Whole years."""
        return self.months // _MONTHS_A_YEAR

    def __str__(self) -> str:
        return f"{self.years} tahun {self.months % _MONTHS_A_YEAR} bulan {self.days} hari"


def over_at(due: datetime) -> datetime:
    """The first instant after a deadline: its last second, usually 23:59:59, belongs to it whole."""
    return due + _LAST_SECOND


def in_time(at: datetime, due: datetime) -> bool:
    """Whether an instant is in time for a deadline; both aware."""
    return at < over_at(due)


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later (earlier when negative), or the last day of a shorter month."""
    index = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The anniversary; 29 February becomes 28 February in a common year."""
    return add_months(day, years * _MONTHS_A_YEAR)


def span_between(start: date, end: date) -> Span:
    """Whole months and days from `start` to `end`; zero when `end` is not later."""
    if end <= start:
        return Span(0, 0)
    months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return Span(months, (end - add_months(start, months)).days)


def total_span(periods: Iterable[tuple[date, date]]) -> Span:
    """The time covered by periods (both ends included), counting overlapping days once.

    Days left over from several stretches carry into months of 30 days, the service's usual count; one unbroken
    stretch is counted by the calendar alone.
    """
    spans = [span_between(start, end + _ONE_DAY) for start, end in merged(periods)]
    if len(spans) == 1:
        return spans[0]
    carried, days = divmod(sum(s.days for s in spans), _DAYS_OF_A_CARRIED_MONTH)
    return Span(sum(s.months for s in spans) + carried, days)


def merged(periods: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Periods sorted, with those that overlap or follow each other without a gap joined; reversed ones are dropped."""
    result: list[tuple[date, date]] = []
    for start, end in sorted(p for p in periods if p[0] <= p[1]):
        if result and start <= result[-1][1] + _ONE_DAY:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_day(year: int, written: str) -> date:
    """A day of a year as a rule writes it: "01-31", or "02-end" for the last of a month.

    Raises:
        ValueError: it is neither.
    """
    month, _, day = written.partition("-")
    if day == "end":
        return last_day_of_month(year, int(month))
    return date(year, int(month), int(day))
