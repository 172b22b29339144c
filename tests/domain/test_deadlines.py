"""Deadlines: what a due date carries, in which unit each article counts, and what comes with it (law.md 8.3)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from domain.calendar import Calendar
from domain.case import Deadline
from domain.dates import add_months
from domain.deadlines import appeals, demotion, discipline, performance, privacy, selection
from domain.deadlines.discipline import Force, force_on, penalty_in_force
from domain.deadlines.due import Due, Unit, doubts, later, reminder, validity_ends
from domain.rules import Enforcement, RuleSet
from records.calendars import build_calendar
from tests.altered import with_values

MONDAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
untimed = settings(deadline=None)

WORKING = (
    selection.complaint_decided,
    selection.complaint_passed_on,
    selection.choice,
    selection.decision_delivered,
    selection.replacement_reported,
    selection.unplanned_stage,
    performance.superior_signs,
    discipline.examination,
    discipline.second_summons,
    discipline.penalty_delivered,
    appeals.objection_filed,
    appeals.objection_decided,
    appeals.superior_objection_filed,
    appeals.superior_objection_answered,
    appeals.superior_objection_decided,
    appeals.appeal_filed,
    appeals.appeal_answered,
    appeals.appeal_decided,
    appeals.general_objection_filed,
    appeals.general_objection_decided,
    appeals.general_appeal_filed,
    appeals.general_appeal_decided,
    appeals.general_decision_issued,
)
UNQUALIFIED = (
    selection.extension_closes,
    selection.inauguration,
    performance.rating_handed_over,
    performance.rating_returned,
    performance.rating_objection,
)
CALENDAR_DAYS = (
    *UNQUALIFIED,
    performance.contract_after_inauguration,
    performance.contract_after_revision,
    performance.check_in,
)
MONTHS = (performance.contract_after_budget, demotion.improvement, discipline.demotion_ends)
YEARS = (performance.tenure, performance.retirement)
HOURS = (privacy.corrected, privacy.access_given, privacy.processing_stopped, privacy.breach_told)

Counted = Callable[[Calendar, date, RuleSet], Due]


# -- units -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("counted", WORKING)
def test_terms_of_working_days(counted: Counted, calendar: Calendar, rules: RuleSet) -> None:
    due = counted(calendar, MONDAY, rules)
    assert (due.unit, due.count, due.start) == (Unit.WORKING_DAYS, rules.integer(due.rule), MONDAY)
    assert calendar.is_working_day(due.day)
    assert calendar.working_days_between(MONDAY, due.day) == due.count
    assert not due.unqualified


@pytest.mark.parametrize("counted", CALENDAR_DAYS)
def test_terms_of_calendar_days(counted: Counted, calendar: Calendar, rules: RuleSet) -> None:
    due = counted(calendar, MONDAY, rules)
    assert (due.unit, due.count, due.start) == (Unit.DAYS, rules.integer(due.rule), MONDAY)
    assert due.day == MONDAY + ONE_DAY * due.count
    assert due.unqualified is (counted in UNQUALIFIED)
    assert not due.provisional


@pytest.mark.parametrize("counted", MONTHS)
def test_terms_of_months(counted: Counted, calendar: Calendar, rules: RuleSet) -> None:
    due = counted(calendar, date(2026, 8, 31), rules)
    assert (due.unit, due.count, due.start) == (Unit.MONTHS, rules.integer(due.rule), date(2026, 8, 31))
    assert due.day == add_months(date(2026, 8, 31), due.count)


@pytest.mark.parametrize("counted", YEARS)
def test_terms_of_years(counted: Counted, calendar: Calendar, rules: RuleSet) -> None:
    due = counted(calendar, date(2024, 2, 29), rules)
    leap = (2024 + due.count) % 4 == 0
    assert (due.unit, due.count, due.start) == (Unit.YEARS, rules.integer(due.rule), date(2024, 2, 29))
    assert due.day == date(2024 + due.count, 2, 29 if leap else 28)


@pytest.mark.parametrize("counted", HOURS)
def test_terms_of_hours_run_through_the_weekend(
    counted: Callable[[Calendar, datetime, RuleSet], Due], calendar: Calendar, rules: RuleSet
) -> None:
    asked = datetime(2026, 12, 24, 20, 15, 30, tzinfo=UTC)  # the 25th in western Indonesia
    due = counted(calendar, asked, rules)
    assert (due.at, due.day) == (datetime(2026, 12, 27, 20, 15, 30, tzinfo=UTC), date(2026, 12, 28))
    assert (due.unit, due.count, due.start) == (Unit.HOURS, 72, asked)


@pytest.mark.parametrize("counted", [*WORKING, *CALENDAR_DAYS, *MONTHS, *YEARS])
def test_a_term_ends_with_the_last_second_of_its_local_day(counted: Counted, rules: RuleSet) -> None:
    east = build_calendar("Asia/Jayapura", (2026, 2027))
    due = counted(east, MONDAY, rules)
    assert due.at == datetime.combine(due.day, time(14, 59, 59), UTC)
    assert due.kept(due.at + timedelta(microseconds=999_999))
    assert not due.kept(due.at + timedelta(seconds=1))


@untimed
@given(st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(0, 20), st.sampled_from([*WORKING, *CALENDAR_DAYS]))
def test_a_later_start_never_falls_due_earlier(start: date, delay: int, counted: Counted) -> None:
    rules, calendar = regulations.latest(), build_calendar("Asia/Jakarta", (2026, 2027))
    assert counted(calendar, start, rules).at <= counted(calendar, start + ONE_DAY * delay, rules).at


# -- what a due date carries -------------------------------------------------------------------------------------


def test_a_due_date_becomes_a_deadline(calendar: Calendar, rules: RuleSet) -> None:
    due = selection.choice(calendar, MONDAY, rules)
    end = datetime(2026, 12, 7, 16, 59, 59, tzinfo=UTC)
    assert due == Due(end, date(2026, 12, 7), "ppk.decision_working_days", Unit.WORKING_DAYS, 10, MONDAY)
    assert due.deadline("choice/v1", "v1") == Deadline("choice/v1", end, "ppk.decision_working_days", subject="v1")
    assert due.deadline("choice").subject == ""


def test_days_that_count_the_receipt_keep_their_start(calendar: Calendar, rules: RuleSet) -> None:
    counted = with_values(rules, {"calendar.day_zero": "receipt_date_counted"})
    due = selection.inauguration(calendar, MONDAY, counted)
    assert (due.start, due.day) == (MONDAY, date(2026, 12, 22))
    assert demotion.earliest_decision(calendar, MONDAY, counted) == date(2026, 12, 4)
    assert penalty_in_force(MONDAY, counted) == date(2026, 12, 7)


@pytest.mark.parametrize("counted", [performance.check_in, selection.extension_closes])
def test_what_follows_a_period_does_not_count_its_last_day(
    counted: Counted, calendar: Calendar, rules: RuleSet
) -> None:
    other = with_values(rules, {"calendar.day_zero": "receipt_date_counted"})
    assert counted(calendar, MONDAY, other) == counted(calendar, MONDAY, rules)


def test_a_term_through_a_year_without_decreed_holidays_is_provisional(rules: RuleSet) -> None:
    calendar = build_calendar("Asia/Jakarta", (2026, 2027, 2028))
    assert not selection.choice(calendar, date(2027, 12, 10), rules).provisional
    into, within = (selection.choice(calendar, start, rules) for start in (date(2027, 12, 27), date(2028, 2, 1)))
    assert (into.provisional, within.provisional) == (True, True)
    assert (into.at, into.count) == (calendar.end_of_day(date(2028, 1, 10)), 10)


def test_an_unqualified_day_is_said_to_be_read_as_a_calendar_day(calendar: Calendar, rules: RuleSet) -> None:
    due = performance.rating_objection(calendar, date(2026, 12, 15), rules)
    (doubt,) = doubts(due, rules)
    assert (doubt.rule, doubt.severity, doubt.path) == ("assessment.objection_days", Enforcement.WARN, "due")
    assert (doubt.actual, doubt.citation) == ("2026-12-29", "PP 30/2019 Pasal 59")
    assert "14 hari" in doubt.message
    assert "hari kalender" in doubt.message
    assert "14 days" in doubt.message_en
    assert "calendar days" in doubt.message_en


def test_a_provisional_date_is_said_to_be_one(rules: RuleSet) -> None:
    due = selection.choice(build_calendar("Asia/Jakarta", (2027, 2028)), date(2027, 12, 27), rules)
    (doubt,) = doubts(due, rules)
    assert (doubt.rule, doubt.severity, doubt.path) == ("ppk.decision_working_days", Enforcement.INFO, "due")
    assert doubt.actual == "2028-01-10"
    assert "2028 belum ditetapkan" in doubt.message
    assert "2028 are not decreed" in doubt.message_en


def test_nothing_is_doubted_in_a_term_of_known_working_days(calendar: Calendar, rules: RuleSet) -> None:
    assert not list(doubts(selection.choice(calendar, MONDAY, rules), rules))


# -- single deadlines --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counted", "start", "day"),
    [
        (discipline.examination, "2026-11-23", "2026-12-02"),
        (discipline.second_summons, "2026-12-21", "2027-01-04"),
        (discipline.penalty_delivered, "2026-12-15", "2027-01-08"),
        (appeals.objection_filed, "2026-03-13", "2026-04-10"),
        (appeals.objection_decided, "2027-03-05", "2027-04-15"),
        (performance.superior_signs, "2027-03-03", "2027-03-22"),
        (selection.choice, "2026-12-23", "2027-01-12"),
        (performance.contract_after_budget, "2027-01-31", "2027-02-28"),
        (demotion.improvement, "2027-08-31", "2028-02-29"),
        (performance.tenure, "2023-06-30", "2028-06-30"),
        (performance.retirement, "1968-02-29", "2028-02-29"),
        (performance.check_in, "2026-03-31", "2026-04-14"),
    ],
)
def test_vectors(counted: Counted, start: str, day: str, calendar: Calendar, rules: RuleSet) -> None:
    assert counted(calendar, date.fromisoformat(start), rules).day == date.fromisoformat(day)


def test_applications_close_at_the_closing_time_of_the_last_day(rules: RuleSet) -> None:
    centre = build_calendar("Asia/Makassar", (2026,))
    early = with_values(rules, {"application.close_time": "16:00:00"})
    due = selection.applications_close(centre, date(2026, 2, 10), early)
    assert (due.at, due.day) == (datetime(2026, 2, 10, 8, 0, tzinfo=UTC), date(2026, 2, 10))
    assert (due.rule, due.unit, due.count, due.start) == (
        "application.close_time",
        Unit.DATE,
        0,
        date(2026, 2, 10),
    )
    assert selection.closing_time(early) == time(16)
    extended = selection.extension_closes(centre, date(2026, 2, 10), early)
    assert (extended.at, extended.day) == (datetime(2026, 2, 17, 8, 0, tzinfo=UTC), date(2026, 2, 17))
    assert (extended.rule, extended.count) == ("extension.days", 7)


def test_a_closing_time_that_is_none_is_refused(rules: RuleSet) -> None:
    with pytest.raises(ValueError):
        selection.closing_time(with_values(rules, {"application.close_time": "petang"}))


def test_there_is_no_objection_period_unless_the_agency_sets_one(calendar: Calendar, rules: RuleSet) -> None:
    announced = date(2026, 2, 10)
    assert selection.stage_objection(calendar, announced, rules) is None
    due = selection.stage_objection(calendar, announced, with_values(rules, {"objection.selection_days": 3}))
    assert due is not None
    assert (due.day, due.unit, due.unqualified) == (date(2026, 2, 13), Unit.DAYS, True)
    (one_day,) = [selection.stage_objection(calendar, announced, with_values(rules, {"objection.selection_days": 1}))]
    assert one_day is not None
    assert one_day.day == date(2026, 2, 11)


def test_replacements_are_restricted_for_months_around_an_election(rules: RuleSet) -> None:
    assert selection.restricted_until(date(2025, 2, 20), rules) == date(2025, 8, 20)
    assert selection.restricted_from(date(2024, 9, 22), rules) == date(2024, 3, 22)
    assert selection.restricted_until(date(2025, 8, 31), rules) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("counted", "year", "start", "day", "rule"),
    [
        (performance.targets_set, 2028, "2028-01-01", "2028-01-31", "skp.set_month"),
        (performance.rating_closes, 2027, "2027-12-01", "2028-01-31", "assessment.window"),
        (performance.rating_reported, 2027, "2028-01-01", "2028-02-29", "assessment.report_by"),
        (performance.rating_reported, 2026, "2027-01-01", "2027-02-28", "assessment.report_by"),
    ],
)
def test_fixed_days_of_the_year(
    counted: Any, year: int, start: str, day: str, rule: str, calendar: Calendar, rules: RuleSet
) -> None:
    due = counted(calendar, year, rules)
    assert (due.start, due.day) == (date.fromisoformat(start), date.fromisoformat(day))
    assert (due.rule, due.unit, due.count) == (rule, Unit.DATE, 0)
    assert due.at == calendar.end_of_day(due.day)


def test_the_rating_window_opens_with_its_first_local_day(calendar: Calendar, rules: RuleSet) -> None:
    assert performance.rating_opens(calendar, 2026, rules) == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


def test_a_window_of_one_day_closes_in_the_same_year(calendar: Calendar, rules: RuleSet) -> None:
    one_day = with_values(rules, {"assessment.window": ("start=12-31", "end=12-31")})
    assert performance.rating_closes(calendar, 2026, one_day).day == date(2026, 12, 31)


def test_the_semesters_without_monitoring_are_named(rules: RuleSet) -> None:
    days = [date(2025, 8, 1), date(2026, 6, 30), date(2027, 7, 1)]
    assert performance.unmonitored_semesters(days, 2026, rules) == (2,)
    assert performance.unmonitored_semesters([], 2026, rules) == (1, 2)
    assert performance.unmonitored_semesters([date(2026, 7, 1)], 2026, rules) == (1,)


def test_a_decision_follows_its_notice_by_ten_working_days(calendar: Calendar, rules: RuleSet) -> None:
    assert demotion.notice_working_days(rules) == 10
    assert demotion.earliest_decision(calendar, date(2026, 12, 23), rules) == date(2027, 1, 12)


# -- discipline: two clocks --------------------------------------------------------------------------------------


def test_a_penalty_takes_force_before_the_objection_term_ends(calendar: Calendar, rules: RuleSet) -> None:
    assert penalty_in_force(MONDAY, rules) == date(2026, 12, 8)
    assert appeals.objection_filed(calendar, MONDAY, rules).day == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("day", "appealed", "force"),
    [
        ("2026-12-07", None, Force.PENDING),
        ("2026-12-08", None, Force.IN_FORCE),
        ("2026-12-01", "2026-12-01", Force.SUSPENDED),
        ("2026-12-10", "2026-12-11", Force.IN_FORCE),
        ("2026-12-11", "2026-12-11", Force.SUSPENDED),
        ("2026-12-05", "2026-12-11", Force.PENDING),
        ("2027-12-11", "2026-12-11", Force.SUSPENDED),
    ],
)
def test_an_appeal_suspends_a_penalty_from_the_day_it_is_filed(
    day: str, appealed: str | None, force: Force, rules: RuleSet
) -> None:
    filed = date.fromisoformat(appealed) if appealed else None
    assert force_on(date.fromisoformat(day), MONDAY, rules, appealed=filed) is force


# -- reminders, validity, standstill -----------------------------------------------------------------------------


def test_a_reminder_comes_working_days_before_the_deadline(calendar: Calendar, rules: RuleSet) -> None:
    due = calendar.end_of_day(date(2026, 11, 30))
    assert reminder(calendar, due, rules) == calendar.start_of_day(date(2026, 11, 25))
    assert reminder(calendar, calendar.end_of_day(date(2026, 12, 28)), rules) == calendar.start_of_day(
        date(2026, 12, 21)
    )


def test_validity_moves_to_the_next_working_day_and_deadlines_do_not(calendar: Calendar, rules: RuleSet) -> None:
    sunday, worked = date(2026, 3, 22), date(2026, 3, 25)
    assert validity_ends(calendar, sunday, rules) == calendar.end_of_day(worked)
    assert validity_ends(calendar, worked, rules) == calendar.end_of_day(worked)
    assert performance.rating_objection(calendar, date(2026, 3, 8), rules).day == sunday


def test_a_term_that_stood_still_ends_at_the_same_time_of_a_later_day() -> None:
    assert later(datetime(2026, 11, 30, 9, 0, tzinfo=UTC), 4) == datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
