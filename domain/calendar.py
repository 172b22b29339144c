"""Working days and local days: a calendar is a value, not a service.

Day 0 is the day of the event and is not counted; a deadline ends at 23:59:59 local time (law.md 8.3). The dates come
from `records.calendars`, the conventions from the rules `calendar.*`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_ONE_DAY: Final = timedelta(days=1)
_LAST_SECOND: Final = time(23, 59, 59)
_SATURDAY_AND_SUNDAY: Final = (5, 6)


@dataclass(frozen=True)
class Calendar:
    """The non-working dates (libur nasional, cuti bersama, overrides) of one agency.

    Attributes:
        version: short hash of the content; a deadline can say by which calendar it was counted.
        zone: IANA time zone of the agency, such as "Asia/Jakarta" (WIB).
        non_working: dates that are no working days although they are no weekend days.
        weekend: weekdays that are never worked, Monday = 0.
        extra_working: weekend days that an override declares working.
        years: the years for which dates were collected; empty means that coverage is unknown.
    """

    version: str
    zone: str
    non_working: tuple[date, ...]
    weekend: tuple[int, ...] = _SATURDAY_AND_SUNDAY
    extra_working: tuple[date, ...] = ()
    years: tuple[int, ...] = ()

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

    def end_of_day(self, day: date) -> datetime:
        """23:59:59 of that day in the agency's zone, as an aware UTC instant."""
        return datetime.combine(day, _LAST_SECOND, ZoneInfo(self.zone)).astimezone(UTC)

    def start_of_day(self, day: date) -> datetime:
        """Midnight at which that day begins in the agency's zone, as an aware UTC instant."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def local_date(self, instant: datetime) -> date:
        """The date in the agency's zone at that instant.

        Raises:
            ValueError: the instant has no time zone.
        """
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def covers(self, day: date) -> bool:
        """Whether the holidays of that day's year were collected; true when coverage is unknown."""
        return not self.years or day.year in self.years
