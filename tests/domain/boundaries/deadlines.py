"""Boundaries of the calendar's conventions and of every deadline: the last instant in time and the first too late."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

from boundary import Side, boundary

from domain.calendar import Calendar, conventions
from domain.deadlines import appeals, demotion, discipline, performance, privacy, selection
from domain.deadlines.due import Due, reminder, validity_ends
from domain.rules import RuleSet, Value
from records.calendars import build_calendar

CALENDAR = build_calendar("Asia/Jakarta", (2025, 2026, 2027))
WIB = timezone(timedelta(hours=7))
MONDAY = "2026-11-23"  # from here to 23 December every weekday is worked
Counted = Callable[[Calendar, date, RuleSet], Due]


def local(text: str) -> datetime:
    """An instant as a clock in western Indonesia shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def ends(value: Value, last_day: str) -> Side:
    """With the parameter at `value` the term's last day is `last_day`: its last second, and the first one after it."""
    after = date.fromisoformat(last_day) + timedelta(days=1)
    return Side(value, kept=f"{last_day}T23:59:59", broken=f"{after}T00:00:00")


def term(rule: str, counted: Counted, start: str, *sides: Side) -> None:
    """The boundary of a term that starts on a day."""

    def in_time(rules: RuleSet, probe: str) -> bool:
        return counted(CALENDAR, date.fromisoformat(start), rules).kept(local(probe))

    boundary(rule, *sides)(in_time)


def yearly(rule: str, counted: Callable[[Calendar, int, RuleSet], Due], year: int, *sides: Side) -> None:
    """The boundary of a day that is fixed for a year."""

    def in_time(rules: RuleSet, probe: str) -> bool:
        return counted(CALENDAR, year, rules).kept(local(probe))

    boundary(rule, *sides)(in_time)


def working(rule: str, counted: Counted, *sides: tuple[int, str]) -> None:
    """The boundary of a term of working days from Monday 23 November 2026."""
    term(rule, counted, MONDAY, *(ends(value, last_day) for value, last_day in sides))


# -- selection ---------------------------------------------------------------------------------------------------

term(
    "application.close_time",
    selection.applications_close,
    "2026-02-10",
    ends("23:59:59", "2026-02-10"),
    Side("16:00:00", kept="2026-02-10T16:00:00", broken="2026-02-10T16:00:01"),
)
term(
    "application.close_time",
    selection.extension_closes,
    "2026-02-10",
    ends("23:59:59", "2026-02-17"),
    Side("16:00:00", kept="2026-02-17T16:00:00", broken="2026-02-17T16:00:01"),
)
term(
    "extension.days",
    selection.extension_closes,
    "2026-02-02",
    ends(7, "2026-02-09"),
    ends(3, "2026-02-05"),
)
working("complaint.coi_decision_working_days", selection.complaint_decided, (5, "2026-11-30"), (3, "2026-11-26"))
working("complaint.coi_forward_working_days", selection.complaint_passed_on, (5, "2026-11-30"), (3, "2026-11-26"))
working("ppk.decision_working_days", selection.choice, (10, "2026-12-07"), (5, "2026-11-30"))
working("decision.delivery_working_days", selection.decision_delivered, (5, "2026-11-30"), (7, "2026-12-02"))
term("inauguration.max_days_after_sk", selection.inauguration, MONDAY, ends(30, "2026-12-23"), ends(14, "2026-12-07"))
working("replacement.report_working_days", selection.replacement_reported, (7, "2026-12-02"), (5, "2026-11-30"))
working("selter.reminder.working_days", selection.unplanned_stage, (3, "2026-11-26"), (5, "2026-11-30"))


@boundary(
    "selter.reminder.working_days",
    Side(3, kept="2026-11-25T00:00:00", broken="2026-11-24T23:59:59"),
    Side(5, kept="2026-11-23T00:00:00", broken="2026-11-22T23:59:59"),
)
def reminded_before_30_november(rules: RuleSet, probe: str) -> bool:
    return local(probe) >= reminder(CALENDAR, local("2026-11-30T23:59:59"), rules)


@boundary(
    "objection.selection_days",
    Side(0, kept="2026-02-10T00:00:00", broken="2026-02-09T23:59:59"),
    Side(3, kept="2026-02-14T00:00:00", broken="2026-02-13T23:59:59"),
)
def result_stands(rules: RuleSet, probe: str) -> bool:
    due, announced = selection.stage_objection(CALENDAR, date(2026, 2, 10), rules), local("2026-02-10T00:00:00")
    return local(probe) >= announced if due is None else not due.kept(local(probe))


# -- term, contract, rating --------------------------------------------------------------------------------------

term("tenure.max_years", performance.tenure, "2024-02-29", ends(5, "2029-02-28"), ends(4, "2028-02-29"))
term(
    "candidate.retirement_age.jpt",
    performance.retirement,
    "1967-08-17",
    ends(60, "2027-08-17"),
    ends(58, "2025-08-17"),
)
term(
    "pk.due_after_budget_approval_months",
    performance.contract_after_budget,
    "2027-01-31",
    ends(1, "2027-02-28"),
    ends(2, "2027-03-31"),
)
for signed in (performance.contract_after_inauguration, performance.contract_after_revision):
    term("pk.due_after_inauguration_days", signed, MONDAY, ends(30, "2026-12-23"), ends(14, "2026-12-07"))
yearly("skp.set_month", performance.targets_set, 2027, ends(1, "2027-01-31"), ends(2, "2027-02-28"))
term(
    "selter.check_in.due_days",
    performance.check_in,
    "2026-03-31",
    ends(14, "2026-04-14"),
    ends(7, "2026-04-07"),
)


@boundary(
    "skp.monitor_min_per_semester",
    Side(1, kept=("2026-06-30", "2026-07-01"), broken=("2026-06-29", "2026-06-30")),
    Side(2, kept=("2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31"), broken=("2026-06-30", "2026-07-01")),
)
def monitored(rules: RuleSet, probe: tuple[str, ...]) -> bool:
    return not performance.unmonitored_semesters(map(date.fromisoformat, probe), 2026, rules)


_WINDOW = ("start=12-01", "end=01-31")
_WITHIN_THE_YEAR = ("start=11-01", "end=12-31")


@boundary(
    "assessment.window",
    Side(_WINDOW, kept="2026-12-01T00:00:00", broken="2026-11-30T23:59:59"),
    Side(_WINDOW, kept="2027-01-31T23:59:59", broken="2027-02-01T00:00:00"),
    Side(_WITHIN_THE_YEAR, kept="2026-11-01T00:00:00", broken="2026-10-31T23:59:59"),
    Side(_WITHIN_THE_YEAR, kept="2026-12-31T23:59:59", broken="2027-01-01T00:00:00"),
)
def rated_in_the_window(rules: RuleSet, probe: str) -> bool:
    at = local(probe)
    return performance.rating_opens(CALENDAR, 2026, rules) <= at and performance.rating_closes(
        CALENDAR, 2026, rules
    ).kept(at)


for rule, handed in (
    ("assessment.handover_days", performance.rating_handed_over),
    ("assessment.return_days", performance.rating_returned),
    ("assessment.objection_days", performance.rating_objection),
):
    term(rule, handed, "2026-12-15", ends(14, "2026-12-29"), ends(7, "2026-12-22"))
working("assessment.superior_sign_working_days", performance.superior_signs, (7, "2026-12-02"), (5, "2026-11-30"))
yearly(
    "assessment.report_by", performance.rating_reported, 2027, ends("02-end", "2028-02-29"), ends("03-15", "2028-03-15")
)


# -- demotion review ---------------------------------------------------------------------------------------------

term("demotion.improvement_months", demotion.improvement, "2026-08-31", ends(6, "2027-02-28"), ends(3, "2026-11-30"))


@boundary(
    "demotion.notice_working_days",
    Side(10, kept="2027-01-12", broken="2027-01-11"),
    Side(5, kept="2027-01-04", broken="2027-01-03"),
)
def decided_after_notice_of_23_december(rules: RuleSet, probe: str) -> bool:
    return date.fromisoformat(probe) >= demotion.earliest_decision(CALENDAR, date(2026, 12, 23), rules)


# -- discipline --------------------------------------------------------------------------------------------------

working("discipline.summons_max_working_days", discipline.examination, (7, "2026-12-02"), (5, "2026-11-30"))
working("discipline.second_summons_working_days", discipline.second_summons, (7, "2026-12-02"), (5, "2026-11-30"))
working("discipline.delivery_working_days", discipline.penalty_delivered, (14, "2026-12-11"), (10, "2026-12-07"))
term(
    "discipline.demotion_months", discipline.demotion_ends, "2026-08-31", ends(12, "2027-08-31"), ends(6, "2027-02-28")
)


@boundary(
    "discipline.effective_day_after_receipt",
    Side(15, kept="2026-12-08", broken="2026-12-07"),
    Side(10, kept="2026-12-03", broken="2026-12-02"),
)
def in_force_after_receipt_on_23_november(rules: RuleSet, probe: str) -> bool:
    force = discipline.force_on(date.fromisoformat(probe), date.fromisoformat(MONDAY), rules)
    return force is discipline.Force.IN_FORCE


# -- remedies ----------------------------------------------------------------------------------------------------

working("appeal.keberatan.file_working_days", appeals.objection_filed, (14, "2026-12-11"), (7, "2026-12-02"))
working("appeal.keberatan.decide_working_days", appeals.objection_decided, (21, "2026-12-22"), (10, "2026-12-07"))
working("appeal.superior.file_working_days", appeals.superior_objection_filed, (14, "2026-12-11"), (7, "2026-12-02"))
working(
    "appeal.superior.respond_working_days", appeals.superior_objection_answered, (6, "2026-12-01"), (5, "2026-11-30")
)
working(
    "appeal.superior.decide_working_days", appeals.superior_objection_decided, (21, "2026-12-22"), (7, "2026-12-02")
)
working("appeal.banding.file_working_days", appeals.appeal_filed, (14, "2026-12-11"), (7, "2026-12-02"))
working("appeal.banding.respond_working_days", appeals.appeal_answered, (21, "2026-12-22"), (7, "2026-12-02"))
working("appeal.banding.decide_working_days", appeals.appeal_decided, (65, "2027-03-01"), (60, "2027-02-22"))
working(
    "appeal.general.objection_file_working_days", appeals.general_objection_filed, (21, "2026-12-22"), (7, "2026-12-02")
)
working(
    "appeal.general.objection_decide_working_days",
    appeals.general_objection_decided,
    (10, "2026-12-07"),
    (5, "2026-11-30"),
)
working("appeal.general.appeal_file_working_days", appeals.general_appeal_filed, (10, "2026-12-07"), (5, "2026-11-30"))
working(
    "appeal.general.appeal_decide_working_days", appeals.general_appeal_decided, (10, "2026-12-07"), (5, "2026-11-30")
)
working("appeal.general.issue_working_days", appeals.general_decision_issued, (5, "2026-11-30"), (3, "2026-11-26"))


# -- hours -------------------------------------------------------------------------------------------------------

for rule, counted in (
    ("privacy.correction_hours", privacy.corrected),
    ("privacy.access_hours", privacy.access_given),
    ("privacy.withdrawal_hours", privacy.processing_stopped),
    ("privacy.breach_notice_hours", privacy.breach_told),
):

    def in_hours(rules: RuleSet, probe: str, counted: Any = counted) -> bool:
        return counted(CALENDAR, local("2026-12-24T10:15:30"), rules).kept(local(probe))

    boundary(
        rule,
        Side(72, kept="2026-12-27T10:15:30", broken="2026-12-27T10:15:31"),
        Side(24, kept="2026-12-25T10:15:30", broken="2026-12-25T10:15:31"),
    )(in_hours)


# -- the calendar's conventions ----------------------------------------------------------------------------------


@boundary(
    "calendar.source",
    Side(
        ("holidays.ID:public", "holidays.ID:government", "override"), kept=date(2026, 3, 20), broken=date(2026, 3, 25)
    ),
    Side(("holidays.ID:public", "override"), kept=date(2026, 3, 19), broken=date(2026, 3, 20)),
    Side(("holidays.ID:government", "override"), kept=date(2026, 3, 20), broken=date(2026, 3, 19)),
)
@boundary(
    "calendar.cuti_bersama_is_nonworking",
    Side(True, kept=date(2026, 3, 20), broken=date(2026, 3, 25)),
    Side(False, kept=date(2026, 3, 19), broken=date(2026, 3, 20)),
)
@boundary(
    "calendar.week",
    Side("Mon-Fri", kept=date(2026, 11, 21), broken=date(2026, 11, 23)),
    Side("Mon-Sat", kept=date(2026, 11, 22), broken=date(2026, 11, 21)),
)
def day_off(rules: RuleSet, probe: date) -> bool:
    return not build_calendar("Asia/Jakarta", (2026,), conventions=conventions(rules)).is_working_day(probe)


for counted_from, sides in (
    (appeals.objection_filed, (("receipt_date_not_counted", "2026-12-11"), ("receipt_date_counted", "2026-12-10"))),
    (
        performance.rating_objection,
        (("receipt_date_not_counted", "2026-12-07"), ("receipt_date_counted", "2026-12-06")),
    ),
):
    term("calendar.day_zero", counted_from, MONDAY, *(ends(value, day) for value, day in sides))


@boundary("validity.moves_to_working_day", ends(True, "2026-03-25"), ends(False, "2026-03-18"))
def valid_to_collective_leave(rules: RuleSet, probe: str) -> bool:
    return local(probe) <= validity_ends(CALENDAR, date(2026, 3, 18), rules)
