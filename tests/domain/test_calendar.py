"""Working days, local days and date arithmetic (law.md 8)."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar, Conventions, Source, conventions
from domain.dates import Span, add_months, add_years, last_day_of_month, merged, month_day, span_between, total_span
from domain.rules import RuleSet
from records.calendars import Override, build_calendar
from tests.altered import with_values

PLAIN = Calendar("plain", "Asia/Jakarta", ())
REAL = build_calendar("Asia/Jakarta", (2025, 2026, 2027))
ONE_DAY = timedelta(days=1)
untimed = settings(deadline=None)

# law.md 8.1: public holidays and collective leave of each year
PUBLIC = {
    2025: "0101 0127 0129 0329 0331 0401 0418 0420 0501 0512 0529 0601 0606 0627 0817 0905 1225",
    2026: "0101 0116 0217 0319 0321 0322 0403 0405 0501 0514 0527 0531 0601 0616 0817 0825 1225",
    2027: "0101 0105 0206 0308 0310 0311 0326 0328 0501 0506 0517 0520 0601 0606 0815 0817 1225 1226",
}
LEAVE = {
    2025: "0128 0328 0402 0403 0404 0407 0513 0530 0609 0818 1226",
    2026: "0216 0318 0320 0323 0324 0515 0528 1224",
    2027: "0205 0309 0312 0315 0325 0518 0519 1224",
}


def table(*tables: dict[int, str]) -> set[date]:
    """The dates of the table of law.md 8.1."""
    return {
        date(year, int(day[:2]), int(day[2:])) for one in tables for year, days in one.items() for day in days.split()
    }


KNOWN = table(PUBLIC, LEAVE)
WORKED = [
    day for day in (date(2025, 1, 1) + ONE_DAY * n for n in range(3 * 365)) if day.weekday() < 5 and day not in KNOWN
]
"""Every working day of the three years, found by looking at each day."""

some_days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
counts = st.integers(-90, 90)
calendars = st.builds(
    lambda off, weekend: Calendar("any", "Asia/Makassar", tuple(sorted(off)), weekend=tuple(weekend)),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40),
    st.sets(st.integers(0, 6), max_size=6),
)


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


# -- properties --------------------------------------------------------------------------------------------------


@untimed
@given(calendars, st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.integers(-40, 40))
def test_adding_and_counting_working_days_are_inverse(calendar: Calendar, start: date, count: int) -> None:
    end = calendar.add_working_days(start, count)
    assert calendar.working_days_between(start, end) == count
    assert count == 0 or calendar.is_working_day(end)


@untimed
@given(some_days, counts)
def test_counting_agrees_with_a_list_of_all_working_days(start: date, count: int) -> None:
    later, earlier = [d for d in WORKED if d > start], [d for d in reversed(WORKED) if d < start]
    expected = start if count == 0 else (later[count - 1] if count > 0 else earlier[-count - 1])
    assert REAL.add_working_days(start, count) == expected


@untimed
@given(some_days, some_days)
def test_counting_between_agrees_with_a_list_of_all_working_days(one: date, other: date) -> None:
    start, end = sorted((one, other))
    assert REAL.working_days_between(start, end) == len([d for d in WORKED if start < d <= end])
    assert REAL.working_days_between(end, start) == -len([d for d in WORKED if start <= d < end])


@untimed
@given(some_days, st.integers(0, 30), counts)
def test_a_later_start_never_ends_earlier(start: date, delay: int, count: int) -> None:
    assert REAL.add_working_days(start, count) <= REAL.add_working_days(start + ONE_DAY * delay, count)


@untimed
@given(some_days, counts)
def test_one_more_working_day_ends_later(start: date, count: int) -> None:
    assert REAL.add_working_days(start, count) < REAL.add_working_days(start, count + 1)


@untimed
@given(some_days, st.integers(0, 90), st.sets(st.integers(0, 150), max_size=8))
def test_another_day_off_never_ends_a_term_earlier(start: date, count: int, offsets: set[int]) -> None:
    rows = [Override(start + ONE_DAY * n, False, "Keppres") for n in offsets]
    more = build_calendar("Asia/Jakarta", (2025, 2026, 2027), rows)
    assert more.add_working_days(start, count) >= REAL.add_working_days(start, count)
    assert more.add_working_days(start, -count) <= REAL.add_working_days(start, -count)


@untimed
@given(some_days, st.sampled_from(["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]))
def test_a_local_day_lasts_from_midnight_to_the_second_before_the_next(day: date, zone: str) -> None:
    calendar = Calendar("zone", zone, ())
    first, last = calendar.start_of_day(day), calendar.end_of_day(day)
    assert last + timedelta(seconds=1) == calendar.start_of_day(day + ONE_DAY)
    assert last - first == timedelta(hours=23, minutes=59, seconds=59)
    assert calendar.local_date(first) == calendar.local_date(last) == day
    assert calendar.local_date(first - timedelta(microseconds=1)) == day - ONE_DAY


@untimed
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(-240, 240))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == min(day.day, monthrange(end.year, end.month)[1])


@untimed
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 40))
def test_years_later_is_the_anniversary(day: date, years: int) -> None:
    end = add_years(day, years)
    assert end.year == day.year + years
    assert (end.month, end.day) == (day.month, day.day) or (day.day, end.day, end.month) == (29, 28, 2)


# -- what the calendar knows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_public_holidays_and_collective_leave_are_those_of_the_decrees(year: int) -> None:
    leave = build_calendar("Asia/Jakarta", [year], conventions=Conventions(frozenset({Source.COLLECTIVE_LEAVE})))
    public = build_calendar("Asia/Jakarta", [year], conventions=Conventions(frozenset({Source.PUBLIC})))
    assert set(public.non_working) == table({year: PUBLIC[year]})
    assert set(leave.non_working) == table({year: LEAVE[year]})


def test_every_day_of_three_years_is_a_working_day_or_not() -> None:
    days = [date(2025, 1, 1) + ONE_DAY * n for n in range(3 * 365)]
    assert [d for d in days if REAL.is_working_day(d)] == WORKED


def test_collective_leave_is_no_working_day(calendar: Calendar) -> None:
    assert not calendar.is_working_day(date(2026, 3, 20))
    assert calendar.is_working_day(date(2026, 3, 25))


def test_a_holiday_moves_the_end_of_validity_to_the_next_working_day(calendar: Calendar) -> None:
    assert calendar.next_working_day(date(2026, 3, 18)) == date(2026, 3, 25)
    assert calendar.next_working_day(date(2026, 3, 25)) == date(2026, 3, 25)


def test_a_day_ends_one_second_before_midnight_local() -> None:
    assert PLAIN.end_of_day(date(2026, 2, 3)) == datetime(2026, 2, 3, 16, 59, 59, tzinfo=UTC)
    assert PLAIN.start_of_day(date(2026, 2, 3)) == datetime(2026, 2, 2, 17, 0, tzinfo=UTC)
    assert PLAIN.at_time(date(2026, 2, 3), time(16, 30, 1)) == datetime(2026, 2, 3, 9, 30, 1, tzinfo=UTC)
    assert PLAIN.end_of_day(date(2026, 2, 3)).tzinfo is UTC
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


def test_a_calendar_covers_the_years_whose_holidays_are_decreed() -> None:
    calendar = build_calendar("Asia/Jakarta", (2026, 2027, 2028))
    assert [calendar.covers(date(y, 12, 31)) for y in (2025, 2026, 2027, 2028)] == [False, True, True, False]
    assert not calendar.is_working_day(date(2028, 5, 1))  # known, but the year's collective leave is not
    assert PLAIN.covers(date(2050, 1, 1))


def test_a_calendar_of_years_not_decreed_covers_none() -> None:
    calendar = build_calendar("Asia/Jakarta", (2029,))
    assert calendar.years == ()
    assert not calendar.covers(date(2029, 6, 1))


def test_an_empty_calendar_is_one() -> None:
    assert build_calendar("Asia/Jakarta", ()).non_working == ()


# -- conventions -------------------------------------------------------------------------------------------------


def test_the_usual_conventions_are_those_of_the_rule_set(rules: RuleSet) -> None:
    assert conventions(rules) == Conventions()
    assert build_calendar("Asia/Jakarta", (2026,), conventions=conventions(rules)) == build_calendar(
        "Asia/Jakarta", (2026,)
    )


def test_a_six_day_week_is_another_calendar(rules: RuleSet) -> None:
    six = build_calendar(
        "Asia/Jakarta", (2026,), conventions=conventions(with_values(rules, {"calendar.week": "Mon-Sat"}))
    )
    five = build_calendar("Asia/Jakarta", (2026,))
    assert six.add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 21)
    assert five.add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert six.version != five.version


def test_without_overrides_as_a_source_they_are_not_read() -> None:
    rows = [Override(date(2026, 11, 25), False, "Keppres 10/2026"), Override(date(2026, 11, 21), True, "SKB")]
    library_only = Conventions(frozenset({Source.PUBLIC, Source.COLLECTIVE_LEAVE}))
    assert build_calendar("Asia/Jakarta", (2026,), rows, library_only) == build_calendar("Asia/Jakarta", (2026,))


def test_with_overrides_as_the_only_source_nothing_else_is_known() -> None:
    rows = [Override(date(2026, 11, 25), False, "Keppres 10/2026"), Override(date(2026, 12, 25), True, "SKB")]
    calendar = build_calendar("Asia/Jakarta", (2026,), rows, Conventions(frozenset({Source.OVERRIDES})))
    assert calendar.non_working == (date(2026, 11, 25),)
    assert calendar.extra_working == (date(2026, 12, 25),)


def test_an_unknown_source_is_named(rules: RuleSet) -> None:
    with pytest.raises(ValueError, match=r"holidays\.MY"):
        conventions(with_values(rules, {"calendar.source": ("holidays.MY:public",)}))


# -- months, spans -----------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("year", "written", "day"),
    [(2027, "01-31", date(2027, 1, 31)), (2027, "02-end", date(2027, 2, 28)), (2028, "02-end", date(2028, 2, 29))],
)
def test_a_rule_writes_a_day_of_the_year(year: int, written: str, day: date) -> None:
    assert month_day(year, written) == day


@pytest.mark.parametrize("written", ["02-30", "end", "13-01", "1 Februari"])
def test_what_is_no_day_of_the_year_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        month_day(2027, written)


def test_one_working_weekday_is_enough() -> None:
    monday_only = Calendar("one", "Asia/Jakarta", (), weekend=(1, 2, 3, 4, 5, 6))
    assert monday_only.add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 30)


def test_a_period_of_one_day_counts() -> None:
    assert total_span([(date(2026, 1, 1), date(2026, 1, 1))]) == Span(0, 1)
