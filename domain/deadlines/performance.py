"""Deadlines of an office term and its contract years: tenure, contract, check-ins, rating, objection."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from domain.calendar import Calendar
from domain.dates import last_day_of_month, month_day
from domain.deadlines.due import Due, after_period, in_days, in_months, in_working_days, in_years, on_date
from domain.rulebook import applies
from domain.rules import RuleSet

_SET_MONTH: Final = "skp.set_month"
_WINDOW: Final = "assessment.window"
_REPORT: Final = "assessment.report_by"
_AFTER_INAUGURATION: Final = "pk.due_after_inauguration_days"
_SEMESTERS: Final = (1, 2)
_LAST_MONTH_OF_FIRST_SEMESTER: Final = 6


# -- tenure ------------------------------------------------------------------------------------------------------


@applies("tenure.max_years")
def tenure(calendar: Calendar, since: date, rules: RuleSet) -> Due:
    """When a tenure ends: years after the inauguration or the end of the one it extends (PP 11/2017 Pasal 133)."""
    return in_years(calendar, since, "tenure.max_years", rules)


@applies("candidate.retirement_age.jpt")
def retirement(calendar: Calendar, birth_date: date, rules: RuleSet) -> Due:
    """When an official reaches the retirement age of a JPT: the birthday (PP 11/2017 Pasal 239)."""
    return in_years(calendar, birth_date, "candidate.retirement_age.jpt", rules)


# -- contract and targets ----------------------------------------------------------------------------------------


@applies("pk.due_after_budget_approval_months")
def contract_after_budget(calendar: Calendar, approved: date, rules: RuleSet) -> Due:
    """By when the year's contract is signed: months after the budget document is approved (PermenPANRB 53/2014)."""
    return in_months(calendar, approved, "pk.due_after_budget_approval_months", rules)


@applies(_AFTER_INAUGURATION)
def contract_after_inauguration(calendar: Calendar, inaugurated: date, rules: RuleSet) -> Due:
    """By when a new official's contract is signed: calendar days after the inauguration (a reading of K-07)."""
    return in_days(calendar, inaugurated, _AFTER_INAUGURATION, rules)


@applies(_AFTER_INAUGURATION)
def contract_after_revision(calendar: Calendar, called: date, rules: RuleSet) -> Due:
    """By when a revised contract is signed: as many calendar days after the call as a new official has."""
    return in_days(calendar, called, _AFTER_INAUGURATION, rules)


@applies(_SET_MONTH)
def targets_set(calendar: Calendar, year: int, rules: RuleSet) -> Due:
    """By when the targets (SKP) of a year are set: the last day of the month (PP 30/2019 Pasal 17-18 and 24)."""
    day = last_day_of_month(year, rules.integer(_SET_MONTH))
    return on_date(calendar, day, _SET_MONTH, date(year, 1, 1))


# -- check-ins and monitoring ------------------------------------------------------------------------------------


@applies("selter.check_in.due_days")
def check_in(calendar: Calendar, period_end: date, rules: RuleSet) -> Due:
    """By when a period's check-in is held: calendar days after its last day (our own choice)."""
    return after_period(calendar, period_end, "selter.check_in.due_days", rules)


@applies("skp.monitor_min_per_semester")
def unmonitored_semesters(held: Iterable[date], year: int, rules: RuleSet) -> tuple[int, ...]:
    """The semesters of a year with fewer monitorings (local dates) than the rule asks for (PP 30/2019 Pasal 26-28)."""
    least = rules.integer("skp.monitor_min_per_semester")
    times = Counter(1 if day.month <= _LAST_MONTH_OF_FIRST_SEMESTER else 2 for day in held if day.year == year)
    return tuple(semester for semester in _SEMESTERS if times[semester] < least)


# -- the annual rating -------------------------------------------------------------------------------------------


@applies(_WINDOW)
def rating_opens(calendar: Calendar, year: int, rules: RuleSet) -> datetime:
    """From when a year is rated: the first instant of the window's first day, aware UTC (PP 30/2019 Pasal 42)."""
    return calendar.start_of_day(month_day(year, rules.pairs(_WINDOW)["start"]))


@applies(_WINDOW)
def rating_closes(calendar: Calendar, year: int, rules: RuleSet) -> Due:
    """By when a year is rated: the window's last day, in the next year if it lies before the first (Pasal 42)."""
    window = rules.pairs(_WINDOW)
    start, end = month_day(year, window["start"]), month_day(year, window["end"])
    return on_date(calendar, end if end >= start else month_day(year + 1, window["end"]), _WINDOW, start)


@applies("assessment.handover_days")
def rating_handed_over(calendar: Calendar, signed: date, rules: RuleSet) -> Due:
    """By when the signed rating is handed over: "hari" after signature, read as calendar days (PP 30/2019 49)."""
    return in_days(calendar, signed, "assessment.handover_days", rules, unqualified=True)


@applies("assessment.return_days")
def rating_returned(calendar: Calendar, handed_over: date, rules: RuleSet) -> Due:
    """By when the official signs and returns it: "hari" after receipt, read as calendar days (PP 30/2019 Pasal 50)."""
    return in_days(calendar, handed_over, "assessment.return_days", rules, unqualified=True)


@applies("assessment.superior_sign_working_days")
def superior_signs(calendar: Calendar, return_due: date, rules: RuleSet) -> Due:
    """By when the assessor's superior signs what the official did not: working days (PP 30/2019 Pasal 50)."""
    return in_working_days(calendar, return_due, "assessment.superior_sign_working_days", rules)


@applies(_REPORT)
def rating_reported(calendar: Calendar, year: int, rules: RuleSet) -> Due:
    """By when a year's rating is reported: a day of the next year (PP 30/2019 Pasal 51)."""
    return on_date(calendar, month_day(year + 1, rules.text(_REPORT)), _REPORT, date(year + 1, 1, 1))


@applies("assessment.objection_days")
def rating_objection(calendar: Calendar, handed_over: date, rules: RuleSet) -> Due:
    """Until when the official may object to the rating: "hari", read as calendar days (PP 30/2019 Pasal 59)."""
    return in_days(calendar, handed_over, "assessment.objection_days", rules, unqualified=True)
