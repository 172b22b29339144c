"""Working days and local days: a calendar is a value, not a service.

A deadline ends at 23:59:59 local time (law.md 8.3). The dates come from `records.calendars`, the conventions from the
rules `calendar.*`. Counting goes on beyond the years for which holidays and collective leave have been decreed, with
weekends and expected holidays only; `covers` says where that begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from domain.rulebook import applies
from domain.rules import RuleSet

_ONE_DAY: Final = timedelta(days=1)
_LAST_SECOND: Final = time(23, 59, 59)
_SATURDAY_AND_SUNDAY: Final = (5, 6)
_WEEKENDS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType({"Mon-Fri": _SATURDAY_AND_SUNDAY, "Mon-Sat": (6,)})
_DAY_ZERO_COUNTS: Final = "receipt_date_counted"


class Source(StrEnum):
    """Where non-working dates come from."""

    PUBLIC = "holidays.ID:public"  # libur nasional
    COLLECTIVE_LEAVE = "holidays.ID:government"  # cuti bersama
    OVERRIDES = "override"  # by decree, entered by an agency


@dataclass(frozen=True)
class Conventions:
    """How a calendar is made: the sources of its dates, and the weekdays never worked (Monday = 0)."""

    sources: frozenset[Source] = frozenset(Source)
    weekend: tuple[int, ...] = _SATURDAY_AND_SUNDAY


@applies("calendar.source", "calendar.cuti_bersama_is_nonworking")
def sources(rules: RuleSet) -> frozenset[Source]:
    """Where non-working dates come from; cuti bersama is left out where it is worked (SKB tiga menteri).

    Raises:
        ValueError: a source that nobody knows.
    """
    named = frozenset(Source(item) for item in rules.items("calendar.source"))
    return named if rules.flag("calendar.cuti_bersama_is_nonworking") else named - {Source.COLLECTIVE_LEAVE}


@applies("calendar.week")
def weekend(rules: RuleSet) -> tuple[int, ...]:
    """The weekdays never worked, Monday = 0: of a five-day week Saturday and Sunday, of a six-day week Sunday."""
    return _WEEKENDS[rules.text("calendar.week")]


@applies("calendar.day_zero")
def day_zero(received: date, rules: RuleSet) -> date:
    """The day from which a term of days is counted: the day of receipt, or its eve where that day itself counts.

    For terms of working and of calendar days alike; months and years go by the date. Local dates.
    """
    return received - _ONE_DAY if rules.text("calendar.day_zero") == _DAY_ZERO_COUNTS else received


def conventions(rules: RuleSet) -> Conventions:
    """How the rule set wants a calendar to be made."""
    return Conventions(sources(rules), weekend(rules))


@dataclass(frozen=True)
class Calendar:
    """The non-working dates (libur nasional, cuti bersama, overrides) of one agency.

    Attributes:
        version: short hash of the content; a deadline can say by which calendar it was counted.
        zone: IANA time zone of the agency, such as "Asia/Jakarta" (WIB).
        non_working: dates that are no working days although they are no weekend days.
        weekend: weekdays that are never worked, Monday = 0.
        extra_working: weekend days that an override declares working.
        years: the years whose holidays and collective leave have been decreed; None means that coverage is unknown.
    """

    version: str
    zone: str
    non_working: tuple[date, ...]
    weekend: tuple[int, ...] = _SATURDAY_AND_SUNDAY
    extra_working: tuple[date, ...] = ()
    years: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if len(set(self.weekend)) > 6:
            raise ValueError("a calendar needs at least one working weekday")

    def is_weekend(self, day: date) -> bool:
        """Whether the day falls on the weekend and no override makes it a working day."""
        return day.weekday() in self.weekend and day not in self.extra_working

    def is_holiday(self, day: date) -> bool:
        """Whether the day is a public holiday, collective leave or an override, on whatever weekday."""
        return day in self.non_working

    def is_working_day(self, day: date) -> bool:
        """Whether the day is a working day (hari kerja)."""
        return not self.is_weekend(day) and not self.is_holiday(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day` (before it when negative); day 0 is not counted."""
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when `end` is earlier.

        It is the inverse of `add_working_days`: `working_days_between(d, add_working_days(d, n)) == n`.
        """
        if end < start:
            return -sum(self.is_working_day(start - _ONE_DAY * n) for n in range(1, (start - end).days + 1))
        return sum(self.is_working_day(start + _ONE_DAY * n) for n in range(1, (end - start).days + 1))

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the next one (UU 30/2014 Pasal 58 ayat (3))."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def at_time(self, day: date, clock: time) -> datetime:
        """A local time of a day in the agency's zone, as an aware UTC instant."""
        return datetime.combine(day, clock, ZoneInfo(self.zone)).astimezone(UTC)

    def end_of_day(self, day: date) -> datetime:
        """23:59:59 of that day in the agency's zone, as an aware UTC instant."""
        return self.at_time(day, _LAST_SECOND)

    def start_of_day(self, day: date) -> datetime:
        """Midnight at which that day begins in the agency's zone, as an aware UTC instant."""
        return self.at_time(day, time())

    def local_date(self, instant: datetime) -> date:
        """The date in the agency's zone at that instant.

        Raises:
            ValueError: the instant has no time zone.
        """
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def covers(self, day: date) -> bool:
        """Whether the non-working days of that day's year are decreed and known; true when coverage is unknown."""
        return self.years is None or day.year in self.years
