"""The end of a term, and the ways in which terms are counted (law.md 8.3).

Day 0 is the day of the event (rule `calendar.day_zero`); a term ends at 23:59:59 local time of its last day. A last day
that is no working day does not move a deadline; only validity moves (`validity_ends`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.calendar import Calendar, day_zero
from domain.case import Deadline
from domain.checks.finding import Finding, found
from domain.dates import add_months, add_years, in_time
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet

_ONE_DAY: Final = timedelta(days=1)
_ONE_HOUR: Final = timedelta(hours=1)


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"  # hari kerja
    DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    DATE = "date"  # a fixed day of the year, not counted


@dataclass(frozen=True)
class Due:
    """When something falls due, and by which rule.

    Attributes:
        at: the last second that is in time (aware UTC); 23:59:59 local except where a rule states hours or a time.
        day: the local date of `at`.
        rule: the parameter that it was counted by.
        unit: what it was counted in.
        count: how many of the unit; 0 for a fixed day.
        start: day 0 as given, a local date; for a term of hours its first instant.
        unqualified: whether the regulation says only "hari", which is read as calendar days.
        provisional: whether working days were counted through a year whose holidays are not decreed yet.
    """

    at: datetime
    day: date
    rule: str
    unit: Unit
    count: int
    start: date
    unqualified: bool = False
    provisional: bool = False

    def kept(self, at: datetime) -> bool:
        """Whether an act at that instant is in time."""
        return in_time(at, self.at)

    def deadline(self, key: str, subject: str = "") -> Deadline:
        """The deadline of a case that it sets."""
        return Deadline(key, self.at, self.rule, subject=subject)


# -- ways of counting --------------------------------------------------------------------------------------------


def in_working_days(calendar: Calendar, start: date, rule: str, rules: RuleSet) -> Due:
    """The end of the n-th working day after day 0."""
    count = rules.integer(rule)
    day = calendar.add_working_days(day_zero(start, rules), count)
    due = ending(calendar, day, rule, Unit.WORKING_DAYS, count, start)
    decreed = all(calendar.covers(date(year, 1, 1)) for year in range(start.year, day.year + 1))
    return replace(due, provisional=not decreed)


def in_days(calendar: Calendar, start: date, rule: str, rules: RuleSet, *, unqualified: bool = False) -> Due:
    """The end of the n-th calendar day after day 0; holidays count."""
    due = after_period(calendar, day_zero(start, rules), rule, rules)
    return replace(due, start=start, unqualified=unqualified)


def after_period(calendar: Calendar, last_day: date, rule: str, rules: RuleSet) -> Due:
    """The end of the n-th calendar day after the last day of a period, which itself never counts."""
    count = rules.integer(rule)
    return ending(calendar, last_day + _ONE_DAY * count, rule, Unit.DAYS, count, last_day)


def in_months(calendar: Calendar, start: date, rule: str, rules: RuleSet) -> Due:
    """The end of the day on which the months are complete: of the same number, or the last of a shorter month."""
    count = rules.integer(rule)
    return ending(calendar, add_months(start, count), rule, Unit.MONTHS, count, start)


def in_years(calendar: Calendar, start: date, rule: str, rules: RuleSet) -> Due:
    """The end of the anniversary; that of 29 February is 28 February in a common year."""
    count = rules.integer(rule)
    return ending(calendar, add_years(start, count), rule, Unit.YEARS, count, start)


def in_hours(calendar: Calendar, start: datetime, rule: str, rules: RuleSet) -> Due:
    """So many hours after an instant, to the second; no calendar moves it."""
    count = rules.integer(rule)
    at = start + _ONE_HOUR * count
    return Due(at, calendar.local_date(at), rule, Unit.HOURS, count, start)


def on_date(calendar: Calendar, day: date, rule: str, start: date) -> Due:
    """The end of a fixed day; `start` is the first day of the period that it closes."""
    return ending(calendar, day, rule, Unit.DATE, 0, start)


def ending(calendar: Calendar, day: date, rule: str, unit: Unit, count: int, start: date) -> Due:
    """A term whose last day is known."""
    return Due(calendar.end_of_day(day), day, rule, unit, count, start)


# -- what goes with a deadline -----------------------------------------------------------------------------------


@applies("selter.reminder.working_days")
def reminder(calendar: Calendar, due: datetime, rules: RuleSet) -> datetime:
    """When to remind: the first instant of the local day so many working days before a due instant (aware UTC)."""
    days = rules.integer("selter.reminder.working_days")
    return calendar.start_of_day(calendar.add_working_days(calendar.local_date(due), -days))


@applies("validity.moves_to_working_day")
def validity_ends(calendar: Calendar, last_day: date, rules: RuleSet) -> datetime:
    """When a decision's validity ends, an aware UTC instant at 23:59:59 local.

    A last day that is no working day becomes the next one (UU 30/2014 Pasal 58 ayat (3)). Deadlines do not move.
    """
    moves = rules.flag("validity.moves_to_working_day")
    return calendar.end_of_day(calendar.next_working_day(last_day) if moves else last_day)


def later(due: datetime, days: int) -> datetime:
    """The same local time so many calendar days later; no zone of Indonesia changes its clocks."""
    return due + _ONE_DAY * days


def doubts(due: Due, rules: RuleSet) -> Iterator[Finding]:
    """What a reader of the date should know: an unqualified unit, or a year without decreed holidays."""
    if due.unqualified:
        yield found(
            rules,
            due.rule,
            "due",
            f"Peraturan hanya menyebut {due.count} hari tanpa keterangan; dihitung sebagai hari kalender.",
            f"The regulation says only {due.count} days; they are counted as calendar days.",
            severity=Enforcement.WARN,
            actual=due.day,
        )
    if due.provisional:
        yield found(
            rules,
            due.rule,
            "due",
            f"Hari libur tahun {due.day.year} belum ditetapkan; tanggal ini dapat berubah.",
            f"The holidays of {due.day.year} are not decreed yet; this date may move.",
            severity=Enforcement.INFO,
            actual=due.day,
        )
