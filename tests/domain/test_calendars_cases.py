"""Published calendars: no date is lost on the way into a plan, and each finding was reviewed by hand."""

from typing import Any

import pytest
from calendar_cases import as_held, as_planned, cases, dates_in, dates_of

import regulations
from domain.lint import lint
from domain.plan import plan_from_mapping
from records.calendars import build_calendar

CASES = {case["id"]: case for case in cases()}
needs_cases = pytest.mark.skipif(not CASES, reason="the shared cases are not here")

# Parts that no calendar states: lint says that it did not check them.
_ABSENT = ("weights", "committee", "requirements", "applicants_minimum", "approvals", "context", "announcement")
_ONE_SHORT = ("announcement.min_calendar_days", "warn", "announcement.closes")
_TOO_SHORT = ("announcement.min_calendar_days", "block", "announcement.closes")
_UNDATED = ("announcement.min_calendar_days", "info", "announcement.opens")
_GOVERNOR = ("consult.sekda", "info", "vacancies[0].kind")
_PRESIDENT = ("appointing_authority.madya", "info", "level")
_REQUIRED = ("stages.required", "info", "stages")


def _weekend(index: int) -> tuple[str, str, str]:
    return ("selter.stages.weekend", "info", f"stages[{index}]")


def _holiday(index: int) -> tuple[str, str, str]:
    return ("selter.stages.holiday", "warn", f"stages[{index}]")


def _undated(index: int) -> tuple[str, str, str]:
    return ("stages.order", "info", f"stages[{index}]")


REVIEWED: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    # 4 to 18 August: fourteen days, lawful only when the day of publication is counted; the interview on a Saturday.
    "C01": ("id-pns-2020", [_GOVERNOR, _ONE_SHORT, _REQUIRED, _weekend(5)]),
    # KASN was asked after the result was announced, as was usual under the set of 2017.
    "C02": ("id-pns-2017", [_GOVERNOR, _ONE_SHORT, _REQUIRED]),
    # Counted from the announcement: seven days. 8 October 2022 was Maulid; interview and result share a Saturday.
    "C09": (
        "id-pns-2020",
        [
            _TOO_SHORT,
            _REQUIRED,
            ("selter.stages.overlap", "info", "stages[5]"),
            _holiday(3),
            _weekend(4),
            _weekend(5),
            _PRESIDENT,
        ],
    ),
    # The published registration ended before it began, so its dates are not known; the year decides the rule set.
    "C15": ("id-pns-2017", [_UNDATED, _REQUIRED, _undated(0), _weekend(2)]),
    # Files were checked while applications came in and until the day after: that is allowed.
    "C22": ("id-pns-2020", [_TOO_SHORT, _REQUIRED, _PRESIDENT]),
    # The screening's result on the closing day itself; three applicants where four are usual.
    "C24": (
        "id-pns-2020",
        [
            _TOO_SHORT,
            _REQUIRED,
            ("stages.order", "warn", "stages[1]"),
            ("applicants.min_per_post", "warn", "applicants_minimum"),
        ],
    ),
    # Sixteen days; files checked on Idul Adha, results and an interview at weekends; BKN before the announcement.
    "C69": ("id-pns-2020", [_GOVERNOR, _REQUIRED, _holiday(2), _weekend(2), _weekend(3), _weekend(7)]),
    # Stopped and restarted: no interview; the first date known is of 2019.
    "C76": ("id-pns-2017", [_UNDATED, _REQUIRED, _undated(0), _weekend(5)]),
    # Reopened with another age limit: a new announcement, thirteen days; paper and interview on one day.
    "C46": (
        "id-pns-2020",
        [
            _GOVERNOR,
            _TOO_SHORT,
            _REQUIRED,
            _undated(0),
            _undated(1),
            ("selter.stages.overlap", "info", "stages[5]"),
            _weekend(6),
        ],
    ),
    # Three weeks, everything in order; the Minister's consent came before.
    "C93": ("id-pns-2017", [_GOVERNOR, _REQUIRED]),
}


def _judged(plan: dict[str, Any]) -> tuple[str, list[tuple[str, str, str]]]:
    parsed = plan_from_mapping(plan)
    assert parsed.governing_day is not None
    rules = regulations.in_force_on(parsed.governing_day)
    calendar = build_calendar("Asia/Jakarta", {day.year for day in parsed.dates()})
    found = [(f.rule, f.severity.value, f.path) for f in lint(parsed, rules, calendar)]
    unstated = [f for f in found if f[1] == "info" and f[2].partition(".")[0] in _ABSENT and f != _UNDATED]
    return rules.id, [f for f in found if f not in unstated]


@needs_cases
@pytest.mark.parametrize("case_id", CASES)
def test_no_date_of_a_published_calendar_is_lost(case_id: str) -> None:
    case = CASES[case_id]
    held = plan_from_mapping(as_held(case))
    assert dates_in(as_held(case)) == dates_of(case)
    read = sorted((str(s.start), str(s.end)) for s in held.stages or () if s.start)
    assert read == dates_of(case)
    window = {str(day) for day in (held.opens, held.closes) if day}
    assert window <= {day for span in dates_of(case) for day in span}
    extended = {e[key] for e in case["extensions"] for key in ("from", "until") if e.get(key)}
    assert extended <= {day for span in read for day in span}


@needs_cases
@pytest.mark.parametrize("case_id", CASES)
def test_a_slipped_stage_keeps_both_its_dates(case_id: str) -> None:
    case = CASES[case_id]
    planned = {s["planned"] for s in case["stages"] if s.get("planned")}
    published = {f"{a}..{b}" if a != b else a for a, b in dates_in(as_planned(case))}
    assert planned <= published


@needs_cases
@pytest.mark.parametrize("case_id", [case_id for case_id in REVIEWED if case_id in CASES])
def test_findings_on_a_published_calendar_are_as_reviewed(case_id: str) -> None:
    assert _judged(as_held(CASES[case_id])) == REVIEWED[case_id]


@needs_cases
@pytest.mark.parametrize("case_id", [case_id for case_id in ("C02", "C22") if case_id in CASES])
def test_a_slip_of_the_last_stages_changes_no_finding(case_id: str) -> None:
    assert _judged(as_planned(CASES[case_id])) == REVIEWED[case_id]


@needs_cases
@pytest.mark.parametrize("case_id", CASES)
def test_every_published_calendar_is_judged(case_id: str) -> None:
    rule_set, found = _judged(as_held(CASES[case_id]))
    assert rule_set in regulations.available()
    assert all(rule and severity and path for rule, severity, path in found)


def test_a_calendar_from_before_the_regulation_gets_one_information() -> None:
    stages = [{"stage": "screening_result", "date": "2015-05-11"}, {"stage": "interview", "date": "2015-05-20"}]
    for plan in ({"announcement": {"opens": "2015-05-04", "closes": "2015-05-08"}}, {"stages": stages}):
        rules = regulations.earliest()
        (only,) = lint(plan_from_mapping(plan), rules, build_calendar("Asia/Jakarta", {2015}))
        assert (only.rule, only.severity.value) == ("ruleset.in_force", "info")
        assert only.path == ("announcement.opens" if "announcement" in plan else "stages")
