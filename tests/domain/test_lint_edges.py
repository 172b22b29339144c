"""Lint on equal days, of several things at once, with rules switched off, and by sets of an earlier release."""

from dataclasses import replace
from typing import Any

import pytest
from sample_plan import LAWFUL

import regulations
from domain.calendar import Calendar
from domain.checks.finding import Finding
from domain.lint import lint
from domain.plan import plan_from_mapping
from domain.rules import RuleSet
from domain.switches import Switch
from tests.altered import with_values


def _shown(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity.value, f.path) for f in findings]


def _days(*steps: str) -> list[dict[str, str]]:
    """Stages written as `stage start [end]`, with month and day of 2026."""
    split = [step.split() for step in steps]
    return [{"stage": s, "start": f"2026-{a}", "end": f"2026-{(*b, a)[0]}"} for s, a, *b in split]


@pytest.fixture
def earlier(rules: RuleSet) -> RuleSet:
    """The set as a case pinned it before lint judged the whole plan."""
    return replace(rules, switches=rules.switches - {Switch.WHOLE_PLAN})


# -- the time of the law -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["announcement", "stages"])
def test_a_plan_of_the_first_day_in_force_is_checked(find: Any, part: str) -> None:
    first = {
        "announcement": {"announcement": {"opens": "2020-02-28", "closes": "2020-03-16"}, "stages": ...},
        "stages": {"announcement": ..., "stages": [{"stage": "interview", "date": "2020-02-28"}]},
    }[part]
    found = [f.rule for f in find(**first, applicants_minimum=0)]
    assert "ruleset.in_force" not in found
    assert "applicants.min_per_post" in found


def test_a_plan_after_the_last_day_is_warned_and_checked(find_all: Any) -> None:
    window = {"opens": "2020-02-28", "closes": "2020-03-16"}
    old = regulations.load("id-pns-2017")
    first, *others = find_all(old, ruleset="id-pns-2017", announcement=window, stages=...)
    assert first.to_mapping() == {
        "rule": "ruleset.in_force",
        "severity": "warn",
        "path": "announcement.opens",
        "message": "Himpunan aturan id-pns-2017 tidak berlaku pada 28 Februari 2020.",
        "message_en": "Rule set id-pns-2017 is not in force on 2020-02-28.",
        "citation": "PP 11/2017",
        "confidence": "read",
        "expected": "2017-04-07..2020-02-27",
        "actual": "2020-02-28",
    }
    assert others != []


def test_a_set_may_be_silent_on_its_own_time(rules: RuleSet, find_all: Any) -> None:
    silent = with_values(rules, {"ruleset.in_force": False})
    early = {"announcement": {"opens": "2019-11-12", "closes": "2019-11-27"}, "stages": ...}
    assert find_all(silent, **early) == []
    assert "ruleset.in_force" not in [f.rule for f in find_all(silent, **early, ruleset="id-pns-2020")]


def test_an_earlier_set_looks_at_the_day_of_publication_alone(earlier: RuleSet, find_all: Any) -> None:
    early = [{"stage": "interview", "date": "2019-02-05"}]
    assert "ruleset.in_force" not in [f.rule for f in find_all(earlier, announcement=..., stages=early)]


# -- announcement, weights, letters ------------------------------------------------------------------------------


def test_a_window_of_no_day_is_short_and_not_reversed(find: Any) -> None:
    (found,) = find(announcement={"opens": "2026-01-20", "closes": "2026-01-20"}, stages=...)[:1]
    assert "rencana ini 0 hari." in found.message
    assert found.message_en.endswith("the plan has 0.")


def test_a_weight_of_zero_is_not_negative(find: Any) -> None:
    weights = LAWFUL["weights"] | {"track_record": 0, "assessment": 45}
    assert _shown(find(weights=weights)) == [
        ("weights.ranges", "warn", "weights.track_record"),
        ("weights.ranges", "warn", "weights.assessment"),
    ]


@pytest.mark.parametrize(
    ("weights", "paths"),
    [
        ({"track_record": 15, "assessment": 25, "paper": 20, "interview": 40}, ["weights.interview"]),
        ({"track_record": 20, "assessment": 25, "paper": 20, "interview": 35}, []),
        ({"track_record": 20, "assessment": 30, "paper": 15, "interview": 35}, ["weights.assessment"]),
        ({"track_record": 25, "assessment": 20, "paper": 20, "interview": 35}, ["weights.track_record"]),
    ],
)
def test_each_weight_outside_its_range_is_named(find: Any, weights: dict[str, int], paths: list[str]) -> None:
    assert [f.path for f in find(weights=weights)] == paths


def test_no_approval_is_missed_where_none_is_asked(rules: RuleSet, find: Any) -> None:
    free = with_values(rules, {"plan.bkn_approval_required": False})
    assert find(free, approvals={"plan_approval": None}) == []


def test_each_post_needs_its_own_letter(find: Any) -> None:
    letters = {"plan_approval": "B-1", "governor_coordination": "100/1", "dprd_consultation": None}
    posts = [{"title": "x", "kind": kind} for kind in ("sekda", "sekwan", "sekwan")]
    found = find(vacancies=posts, approvals=letters, requirements=LAWFUL["requirements"] | {"min_rank": "IV/b"})
    assert _shown(found) == [("consult.sekwan", "block", "approvals.dprd_consultation")] * 2


@pytest.mark.parametrize(
    ("kind", "agency_kind", "asked"),
    [
        ("sekda", "kabupaten", True),
        ("sekwan", "kota", True),
        ("sekwan", "provinsi", False),
        ("inspector", "kabupaten", False),
    ],
)
def test_an_earlier_set_informs_of_fewer_consultations(
    earlier: RuleSet, find: Any, kind: str, agency_kind: str, asked: bool
) -> None:
    plan = {
        "agency_kind": agency_kind,
        "vacancies": [{"title": "x", "kind": kind}],
        "requirements": LAWFUL["requirements"] | {"min_rank": "IV/b"},
        "approvals": {"plan_approval": "B-1", "governor_coordination": None, "dprd_consultation": "170/1"},
    }
    assert _shown(find(earlier, **plan)) == ([(f"consult.{kind}", "info", "vacancies[0].kind")] if asked else [])


@pytest.mark.parametrize(
    ("letters", "rules_found"),
    [
        ({}, ["acting_head.requires_mendagri_approval", "acting_head.requires_bkn_pertek"]),
        ({"supervisor_consideration": "B-2"},
         ["acting_head.requires_mendagri_approval", "acting_head.requires_bkn_pertek"]),
        ({"home_affairs_consent": "100/1", "supervisor_consideration": None}, []),
    ],
)  # fmt: skip
def test_an_earlier_set_takes_the_ministers_consent_for_all(
    earlier: RuleSet, find: Any, letters: dict[str, object], rules_found: list[str]
) -> None:
    found = find(earlier, context={"acting_head": True}, approvals={"plan_approval": "B-1", **letters})
    assert [f.rule for f in found] == rules_found


def test_the_first_restricted_day_is_named_once(rules: RuleSet, earlier: RuleSet, find: Any) -> None:
    stages = _days("interview 03-02", "decree 03-12", "inauguration 03-13")
    after = {"head_inaugurated_on": "2025-09-13"}
    before = {"next_candidacy_determination": "2026-09-12"}
    (found,) = find(stages=stages, context=after)
    assert (found.rule, found.actual) == ("political_window.after_inauguration_months", "2026-03-12")
    (found,) = find(stages=stages, context=before)
    assert (found.rule, found.actual) == ("political_window.before_candidacy_months", "2026-03-12")
    (found,) = find(earlier, stages=stages, context=after)
    assert found.actual == "2026-03-13"
    only_decree = _days("interview 03-02", "decree 03-12", "inauguration 03-16")
    assert find(earlier, stages=only_decree, context=after) == []


def test_of_several_decrees_the_last_one_replaces(find: Any) -> None:
    stages = [*_days("interview 03-02", "decree 03-12", "decree 03-16"), {"stage": "decree"}]
    found = find(stages=stages, context={"head_inaugurated_on": "2025-09-13"})
    assert _shown(found) == [("stages.order", "info", "stages[3]")]


# -- timetable ---------------------------------------------------------------------------------------------------


def test_a_timetable_with_every_required_stage_is_not_mentioned(find_all: Any) -> None:
    stages = _days("document_check 02-05", "paper 02-09", "interview 02-12", "psych_test 02-13")
    assert "stages.required" not in [f.rule for f in find_all(stages=stages)]


def test_steps_after_one_of_the_window_are_judged_as_well(find: Any) -> None:
    stages = _days("registration 01-20 02-04", "paper 02-03", "other 02-02", "interview 02-04")
    assert _shown(find(stages=stages)) == [
        ("stages.order", "block", "stages[1]"),
        ("stages.order", "warn", "stages[3]"),
    ]


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        # the extension begins on the day of the assessment: nobody could have been assessed before it
        (("assessment 02-06", "extension 02-06 02-11", "assessment 02-13"), [("block", "stages[0]")]),
        # the second assessment is held on the last day of the extension itself: neither round stands
        (("assessment 02-06", "extension 02-09 02-11", "assessment 02-11"),
         [("block", "stages[0]"), ("warn", "stages[2]")]),
        (("assessment 02-06", "extension 02-09 02-11", "assessment 02-12"), []),
        (("assessment 02-06", "extension 02-09 02-11", "paper 02-12"), [("block", "stages[0]")]),
    ],
)  # fmt: skip
def test_a_round_before_an_extension(find: Any, stages: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert [(f.severity.value, f.path) for f in find(stages=_days(*stages))] == expected


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (("assessment 02-09", "interview 02-09", "assessment 02-11"),
         [("selter.stages.overlap", "info", "stages[1]")]),  # the interview of the first round
        (("assessment 02-10", "interview 02-09", "assessment 02-11"),
         [("stages.order", "block", "stages[1]"), ("stages.order", "block", "stages[1]")]),
        (("assessment 02-09 02-11", "interview 02-09"), [("selter.stages.overlap", "info", "stages[1]")]),
        (("assessment 02-09 02-11", "assessment 02-10"), []),
    ],
)  # fmt: skip
def test_a_repeated_step_and_its_followers(
    find: Any, stages: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    assert _shown(find(stages=_days(*stages))) == expected


def test_a_step_with_two_days_off_is_named_for_each(find: Any) -> None:
    found = find(stages=_days("interview 03-07 03-18"))
    assert [(f.rule, f.actual) for f in found] == [
        ("selter.stages.weekend", "2026-03-07"),
        ("selter.stages.holiday", "2026-03-18"),
    ]


@pytest.mark.parametrize(
    ("rule", "stages"),
    [
        ("selter.stages.weekend", ("interview 03-07",)),
        ("selter.stages.holiday", ("interview 03-18",)),
        ("selter.stages.holiday", ("interview 03-21",)),  # a holiday on a Saturday stays a holiday
        ("selter.stages.overlap", ("assessment 03-03 03-05", "interview 03-04")),
    ],
)
def test_selters_own_choices_may_be_switched_off(rules: RuleSet, find: Any, rule: str, stages: tuple[str, ...]) -> None:
    assert [f.rule for f in find(stages=_days(*stages))] == [rule]
    assert find(with_values(rules, {rule: False}), stages=_days(*stages)) == []


def test_each_extension_is_measured_from_the_one_before(find: Any) -> None:
    stages = _days("interview 03-10")
    (found,) = find(extensions=["2026-02-11", "2026-02-17"], stages=stages)
    assert (found.rule, found.expected, found.actual) == ("extension.days", "2026-02-18", "2026-02-17")
    first, second = find(extensions=["2026-02-10", "2026-02-18"], stages=stages)
    assert (first.expected, second.expected) == ("2026-02-11", "2026-02-17")


def test_an_extension_without_a_day_extends_nothing(rules: RuleSet, calendar: Calendar) -> None:
    stages = [{"stage": "extension"}, *_days("screening_result 02-05")]
    plan = plan_from_mapping(LAWFUL | {"stages": stages})
    found = [f for f in lint(plan, rules, calendar) if f.rule != "stages.required"]
    assert _shown(found) == [
        ("stages.order", "info", "stages[0]"),
        ("announcement.required_fields", "info", "announcement"),
    ]
