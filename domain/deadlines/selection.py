"""Deadlines of a selection: applications, complaints, the choice, the decree, and the restriction windows."""

from datetime import date, time
from typing import Final

from domain.calendar import Calendar
from domain.dates import add_months
from domain.deadlines.due import Due, Unit, after_period, in_days, in_working_days
from domain.rulebook import applies
from domain.rules import RuleSet

_CLOSE_TIME: Final = "application.close_time"
_EXTENSION: Final = "extension.days"
_OBJECTION: Final = "objection.selection_days"


# -- applications ------------------------------------------------------------------------------------------------


@applies(_CLOSE_TIME)
def closing_time(rules: RuleSet) -> time:
    """The local time at which applications close on the last day, to the second (practice of the portals).

    Raises:
        ValueError: the rule holds no time of day.
    """
    return time.fromisoformat(rules.text(_CLOSE_TIME))


@applies(_CLOSE_TIME)
def applications_close(calendar: Calendar, last_day: date, rules: RuleSet) -> Due:
    """When applications close: at the closing time of the announced last day, a local date."""
    at = calendar.at_time(last_day, closing_time(rules))
    return Due(at, last_day, _CLOSE_TIME, Unit.DATE, 0, last_day)


@applies(_EXTENSION, _CLOSE_TIME)
def extension_closes(calendar: Calendar, last_day: date, rules: RuleSet) -> Due:
    """When an extended window closes: calendar days after the last day so far, at the closing time.

    Practice says "hari" and counts every day (Bojonegoro 2025, Banjarnegara 2026).
    """
    extended = after_period(calendar, last_day, _EXTENSION, rules)
    at = calendar.at_time(extended.day, closing_time(rules))
    return Due(at, extended.day, _EXTENSION, extended.unit, extended.count, last_day, unqualified=True)


@applies(_OBJECTION)
def stage_objection(calendar: Calendar, announced: date, rules: RuleSet) -> Due | None:
    """Until when an applicant may object to a stage's result (masa sanggah), calendar days after its announcement.

    None where the rule sets no days: no regulation knows such a period for a JPT; complaints stay open.
    """
    if not rules.integer(_OBJECTION):
        return None
    return in_days(calendar, announced, _OBJECTION, rules, unqualified=True)


@applies("selter.reminder.working_days")
def unplanned_stage(calendar: Calendar, today: date, rules: RuleSet) -> Due:
    """By when a stage is due whose planned day has passed: so many working days from today (our own choice)."""
    return in_working_days(calendar, today, "selter.reminder.working_days", rules)


# -- complaints of a conflict of interest ------------------------------------------------------------------------


@applies("complaint.coi_decision_working_days")
def complaint_decided(calendar: Calendar, received: date, rules: RuleSet) -> Due:
    """By when the superior decides on a reported conflict of interest: working days (UU 30/2014 Pasal 44)."""
    return in_working_days(calendar, received, "complaint.coi_decision_working_days", rules)


@applies("complaint.coi_forward_working_days")
def complaint_passed_on(calendar: Calendar, decided: date, rules: RuleSet) -> Due:
    """By when the decision on a reported conflict is passed on: working days after it (UU 30/2014 Pasal 44)."""
    return in_working_days(calendar, decided, "complaint.coi_forward_working_days", rules)


# -- choice, decree, inauguration --------------------------------------------------------------------------------


@applies("ppk.decision_working_days")
def choice(calendar: Calendar, submitted: date, rules: RuleSet) -> Due:
    """By when the PPK chooses among the names: working days after their submission (UU 30/2014 Pasal 53 ayat (2))."""
    return in_working_days(calendar, submitted, "ppk.decision_working_days", rules)


@applies("decision.delivery_working_days")
def decision_delivered(calendar: Calendar, decided: date, rules: RuleSet) -> Due:
    """By when a decision reaches the person: working days after it is set (UU 30/2014 Pasal 62 ayat (2))."""
    return in_working_days(calendar, decided, "decision.delivery_working_days", rules)


@applies("inauguration.max_days_after_sk")
def inauguration(calendar: Calendar, decreed: date, rules: RuleSet) -> Due:
    """By when the appointee is inaugurated: calendar days after the decree (Perka BKN 7/2017)."""
    return in_days(calendar, decreed, "inauguration.max_days_after_sk", rules, unqualified=True)


# -- restriction of replacements (UU 10/2016) --------------------------------------------------------------------


@applies("political_window.after_inauguration_months")
def restricted_until(inaugurated: date, rules: RuleSet) -> date:
    """The last day on which a new head of region may not replace officials without the Minister's consent.

    Months from his inauguration; the day that completes them is restricted too, the safe reading. Local dates (UU
    10/2016 Pasal 162 ayat (3)).
    """
    return add_months(inaugurated, rules.integer("political_window.after_inauguration_months"))


@applies("political_window.before_candidacy_months")
def restricted_from(determination: date, rules: RuleSet) -> date:
    """The first day on which a head of region may not replace officials before candidates are determined.

    Months back from the determination; that day is restricted. Local dates (UU 10/2016 Pasal 71 ayat (2)).
    """
    return add_months(determination, -rules.integer("political_window.before_candidacy_months"))


@applies("replacement.report_working_days")
def replacement_reported(calendar: Calendar, replaced: date, rules: RuleSet) -> Due:
    """By when a replacement in a restriction window is reported to the Ministry of Home Affairs: working days."""
    return in_working_days(calendar, replaced, "replacement.report_working_days", rules)
