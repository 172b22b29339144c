"""Working days, local days and deadline arithmetic (law.md 8.3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.dates import (
    Span,
    add_months,
    due_after_days,
    due_after_months,
    due_after_working_days,
    earliest_after_notice,
    last_day_of_month,
    merged,
    reminder_before,
    span_between,
    total_span,
)
from records.calendars import Override, build_calendar

PLAIN = Calendar("plain", "Asia/Jakarta", ())


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-23", 7, "2026-12-02"),
        ("2026-12-15", 14, "2027-01-08"),
        ("2026-12-21", 7, "2027-01-04"),
        ("2026-12-23", 10, "2027-01-12"),
        ("2027-03-03", 7, "2027-03-22"),
        ("2027-03-05", 21, "2027-04-15"),
        ("2026-03-13", 14, "2026-04-10"),
    ],
)
def test_working_days_skip_weekends_holidays_and_collective_leave(
    calendar: Calendar, start: str, count: int, end: str
) -> None:
    assert calendar.add_working_days(date.fromisoformat(start), count) == date.fromisoformat(end)
    assert calendar.working_days_between(date.fromisoformat(start), date.fromisoformat(end)) == count


def test_the_day_of_receipt_is_not_counted() -> None:
    monday = date(2026, 11, 23)
    assert PLAIN.add_working_days(monday, 1) == date(2026, 11, 24)
    assert PLAIN.add_working_days(monday, 0) == monday


def test_counting_from_a_weekend_starts_on_monday() -> None:
    assert PLAIN.add_working_days(date(2026, 11, 21), 1) == date(2026, 11, 23)


def test_counting_back_finds_the_working_day_before() -> None:
    assert PLAIN.add_working_days(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert PLAIN.working_days_between(date(2026, 11, 23), date(2026, 11, 20)) == -1


@given(
    st.dates(date(2025, 3, 1), date(2027, 9, 1)),
    st.integers(-60, 60),
)
def test_adding_and_counting_working_days_are_inverse(start: date, count: int) -> None:
    calendar = _real()
    end = calendar.add_working_days(start, count)
    assert calendar.working_days_between(start, end) == count
    assert count == 0 or calendar.is_working_day(end)


def test_collective_leave_is_no_working_day(calendar: Calendar) -> None:
    assert not calendar.is_working_day(date(2026, 3, 20))
    assert calendar.is_working_day(date(2026, 3, 25))


def test_a_holiday_moves_the_end_of_validity_to_the_next_working_day(calendar: Calendar) -> None:
    assert calendar.next_working_day(date(2026, 3, 18)) == date(2026, 3, 25)
    assert calendar.next_working_day(date(2026, 3, 25)) == date(2026, 3, 25)


def test_a_day_ends_one_second_before_midnight_local() -> None:
    assert PLAIN.end_of_day(date(2026, 2, 3)) == datetime(2026, 2, 3, 16, 59, 59, tzinfo=UTC)
    east = Calendar("east", "Asia/Jayapura", ())
    assert east.end_of_day(date(2026, 2, 3)) == datetime(2026, 2, 3, 14, 59, 59, tzinfo=UTC)


def test_an_instant_belongs_to_the_local_date_of_its_zone() -> None:
    late = datetime(2026, 2, 3, 16, 0, tzinfo=UTC)
    assert PLAIN.local_date(late) == date(2026, 2, 3)
    assert Calendar("east", "Asia/Jayapura", ()).local_date(late) == date(2026, 2, 4)
    assert PLAIN.local_date(PLAIN.end_of_day(date(2026, 2, 3)) + timedelta(seconds=1)) == date(2026, 2, 4)


def test_an_instant_without_zone_has_no_local_date() -> None:
    with pytest.raises(ValueError, match="time zone"):
        PLAIN.local_date(datetime(2026, 2, 3))  # noqa: DTZ001 - the naive instant is the point


def test_a_six_day_week_counts_saturday() -> None:
    six = Calendar("six", "Asia/Jakarta", (), weekend=(6,))
    assert six.is_working_day(date(2026, 11, 21))
    assert not six.is_working_day(date(2026, 11, 22))


def test_a_calendar_without_working_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="working weekday"):
        Calendar("none", "Asia/Jakarta", (), weekend=tuple(range(7)))


def test_an_override_makes_a_day_non_working_and_changes_the_version() -> None:
    base = build_calendar("Asia/Jakarta", (2026,))
    voting = build_calendar("Asia/Jakarta", (2026,), [Override(date(2026, 11, 25), False, "Keppres 10/2026")])
    assert base.is_working_day(date(2026, 11, 25))
    assert not voting.is_working_day(date(2026, 11, 25))
    assert base.version != voting.version


def test_an_override_makes_a_holiday_and_a_saturday_working() -> None:
    rows = [Override(date(2026, 5, 15), True, "SKB perubahan"), Override(date(2026, 5, 16), True, "SKB perubahan")]
    calendar = build_calendar("Asia/Jakarta", (2026,), rows)
    assert calendar.is_working_day(date(2026, 5, 15))
    assert calendar.is_working_day(date(2026, 5, 16))


def test_the_same_content_has_the_same_version() -> None:
    assert build_calendar("Asia/Jakarta", (2026, 2027)) == build_calendar("Asia/Jakarta", [2027, 2026])
    assert build_calendar("Asia/Jakarta", (2026,)).version != build_calendar("Asia/Makassar", (2026,)).version


def test_overrides_need_a_decree_and_may_not_disagree() -> None:
    with pytest.raises(ValueError, match="decree"):
        build_calendar("Asia/Jakarta", (2026,), [Override(date(2026, 11, 25), False, " ")])
    rows = [Override(date(2026, 11, 25), working, "SKB") for working in (True, False)]
    with pytest.raises(ValueError, match="disagree"):
        build_calendar("Asia/Jakarta", (2026,), rows)


def test_a_calendar_knows_the_years_it_covers(calendar: Calendar) -> None:
    assert calendar.covers(date(2027, 12, 31))
    assert not calendar.covers(date(2028, 1, 1))
    assert PLAIN.covers(date(2050, 1, 1))


def test_a_term_of_months_ends_on_the_same_day_or_the_last_of_the_month() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 3, 15), -6) == date(2025, 9, 15)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert last_day_of_month(2028, 2) == date(2028, 2, 29)


def test_a_span_counts_whole_months_and_days() -> None:
    assert span_between(date(1970, 4, 2), date(2026, 4, 1)) == Span(671, 30)
    assert span_between(date(1970, 4, 2), date(2026, 4, 2)).years == 56
    assert span_between(date(2026, 4, 2), date(2026, 4, 1)) == Span(0, 0)
    assert str(Span(29, 3)) == "2 tahun 5 bulan 3 hari"


def test_overlapping_periods_count_once_and_following_ones_join() -> None:
    periods = [(date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2025, 6, 30))]
    overlapping = [*periods, (date(2024, 6, 1), date(2025, 3, 31))]
    assert merged(overlapping) == [(date(2024, 1, 1), date(2025, 6, 30))]
    assert total_span(overlapping) == total_span(periods) == Span(18, 0)
    assert merged([(date(2025, 1, 2), date(2025, 1, 1))]) == []


def test_leftover_days_of_separate_periods_carry_into_months() -> None:
    periods = [(date(2024, 1, 1), date(2024, 1, 20)), (date(2024, 3, 1), date(2024, 3, 20))]
    assert total_span(periods) == Span(1, 10)


def test_deadlines_end_with_their_local_day(calendar: Calendar) -> None:
    start = date(2026, 12, 15)
    assert due_after_working_days(calendar, start, 14) == calendar.end_of_day(date(2027, 1, 8))
    assert due_after_days(calendar, start, 14) == calendar.end_of_day(date(2026, 12, 29))
    assert due_after_months(calendar, start, 6) == calendar.end_of_day(date(2027, 6, 15))


def test_a_reminder_comes_working_days_before_the_deadline(calendar: Calendar) -> None:
    due = calendar.end_of_day(date(2026, 11, 30))
    assert reminder_before(calendar, due, 3) == calendar.start_of_day(date(2026, 11, 25))


def test_a_decision_follows_a_notice_by_ten_working_days(calendar: Calendar) -> None:
    assert earliest_after_notice(calendar, date(2026, 12, 23), 10) == date(2027, 1, 12)


_KEPT: list[Calendar] = []


def _real() -> Calendar:
    if not _KEPT:
        _KEPT.append(build_calendar("Asia/Jakarta", (2024, 2025, 2026, 2027, 2028)))
    return _KEPT[0]


def test_one_working_weekday_is_enough() -> None:
    monday_only = Calendar("one", "Asia/Jakarta", (), weekend=(1, 2, 3, 4, 5, 6))
    assert monday_only.add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 30)


def test_a_period_of_one_day_counts() -> None:
    assert total_span([(date(2026, 1, 1), date(2026, 1, 1))]) == Span(0, 1)
