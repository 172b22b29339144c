"""Lint: every rule on its boundary, and published timetables."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sample_plan import LAWFUL, MEMBERS

import regulations
from domain.calendar import Calendar
from domain.lint import Finding, blocks, lint, speaks
from domain.plan import plan_from_mapping
from domain.rules import Enforcement, RuleSet
from tests.altered import with_values


def _brief(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, f.severity.value) for f in findings]


def _window(opens: str, closes: str) -> dict[str, Any]:
    return {"announcement": {"opens": opens, "closes": closes}}


def test_a_lawful_plan_has_no_finding(find: Any) -> None:
    assert find() == []


@pytest.mark.parametrize(
    ("closes", "severity"),
    [
        ("2026-02-05", None),
        ("2026-02-04", None),  # 15 days
        ("2026-02-03", "warn"),  # 14: lawful only when counted inclusively
        ("2026-02-02", "block"),  # 13
        ("2026-01-20", "block"),
        ("2026-01-19", "block"),  # closes before it opens
    ],
)
def test_fifteen_calendar_days_lie_before_the_closing_date(find: Any, closes: str, severity: str | None) -> None:
    findings = find(stages=..., **_window("2026-01-20", closes))
    window = [f.severity.value for f in findings if f.rule == "announcement.min_calendar_days"]
    assert window == ([severity] if severity else [])


@pytest.mark.parametrize(("closes", "severity"), [("2026-02-04", None), ("2026-02-03", "block")])
def test_strict_counting_blocks_fourteen_days(rules: RuleSet, find: Any, closes: str, severity: str | None) -> None:
    strict = with_values(rules, {"announcement.count_mode": "strict"})
    findings = find(strict, stages=..., **_window("2026-01-20", closes))
    window = [f.severity.value for f in findings if f.rule.startswith("announcement.")]
    assert window == ([severity] if severity else [])


def test_the_window_finding_shows_article_and_dates(find: Any) -> None:
    finding = find(stages=..., **_window("2026-01-20", "2026-02-03"))[0]
    assert finding.to_mapping() == {
        "rule": "announcement.min_calendar_days",
        "severity": "warn",
        "path": "announcement.closes",
        "message": "Pengumuman paling singkat 15 hari kalender sebelum penutupan; rencana ini 14 hari; "
        "sah hanya bila hari pengumuman ikut dihitung.",
        "message_en": "At least 15 calendar days must lie before the closing date; the plan has 14; "
        "lawful only when the day of publication is counted.",
        "citation": "PP 11/2017 Pasal 117 ayat (2)",
        "confidence": "read",
        "expected": "closes >= 2026-02-04",
        "actual": "2026-02-03",
    }


@pytest.mark.parametrize(
    ("opens", "closes", "severity"),
    [
        ("2025-08-04", "2025-08-18", "warn"),
        ("2022-09-28", "2022-10-05", "block"),
        ("2022-12-20", "2022-12-27", "block"),
        ("2022-06-13", "2022-06-20", "block"),
        ("2025-05-20", "2025-06-05", None),
        ("2018-08-31", "2018-09-21", None),
        ("2019-11-12", "2019-11-26", "warn"),
        ("2017-07-05", "2017-06-20", "block"),  # published with the end before the start
    ],
)
def test_published_windows_are_judged_as_counted(find: Any, opens: str, closes: str, severity: str | None) -> None:
    in_force = regulations.in_force_on(date.fromisoformat(opens))
    findings = find(in_force, stages=..., **_window(opens, closes))
    window = [f.severity.value for f in findings if f.rule == "announcement.min_calendar_days"]
    assert window == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("size", "rules_broken"),
    [
        (3, ["committee.min_members", "committee.required_elements", "committee.max_internal_share"]),
        (4, ["committee.min_members", "committee.must_be_odd", "committee.max_internal_share"]),
        (5, []),
        (6, ["committee.must_be_odd"]),
        (7, []),
        (9, []),
        (10, ["committee.max_members", "committee.must_be_odd"]),
        (11, ["committee.max_members"]),
    ],
)
def test_the_committee_is_odd_and_between_five_and_nine(find: Any, size: int, rules_broken: list[str]) -> None:
    assert [f.rule for f in find(committee=MEMBERS[:size])] == rules_broken


def test_an_empty_committee_is_a_finding_and_no_crash(find: Any) -> None:
    assert "committee.min_members" in [f.rule for f in find(committee=[])]


@pytest.mark.parametrize(
    ("internal", "size", "found"), [(2, 5, False), (3, 5, True), (3, 7, False), (4, 7, True), (4, 9, False)]
)
def test_internal_members_are_at_most_45_percent(find: Any, internal: int, size: int, found: bool) -> None:
    elements = ["internal"] * internal + ["related_agency"] + ["expert"] * (size - internal - 1)
    findings = find(committee=[{"name": "x", "element": e} for e in elements])
    expected = [("committee.max_internal_share", "warn")] if found else []
    assert _brief(findings) == expected


@pytest.mark.parametrize("missing", ["internal", "related_agency", "expert"])
def test_each_element_of_the_committee_is_required(find: Any, missing: str) -> None:
    others = [e for e in ("related_agency", "expert", "internal") if e != missing]
    elements = [others[0]] * 4 + [others[1]]
    findings = [f for f in find(committee=[{"name": "x", "element": e} for e in elements]) if "elements" in f.rule]
    assert [(f.severity, missing in f.message) for f in findings] == [(Enforcement.BLOCK, True)]


def test_party_members_kin_and_a_missing_chair_are_found(find: Any) -> None:
    odd = [*MEMBERS[1:5], {"name": "x", "element": "expert", "party_member": True, "kin_of": ["Pelamar 1"]}]
    findings = find(committee=odd)
    assert _brief(findings) == [
        ("committee.one_chair", "warn"),
        ("committee.forbid_party_member", "block"),
        ("committee.kinship_degree_forbidden", "block"),
    ]
    assert [f.path for f in findings[1:]] == ["committee[4].party_member", "committee[4].kin_of"]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"track_record": 20, "assessment": 25, "paper": 20, "interview": 35}, []),
        ({"track_record": 15, "assessment": 25, "paper": 25, "interview": 35}, [("weights.ranges", "warn")]),
        ({"track_record": "15.5", "assessment": 25, "paper": "19.5", "interview": 35}, [("weights", "block")]),
        ({"track_record": "20", "assessment": "25.5", "paper": "19.5", "interview": "35"},
         [("weights.ranges", "warn")]),
        ({"track_record": 20, "assessment": 25, "paper": 20, "interview": "35.01"},
         [("weights", "block"), ("weights.ranges", "warn")]),
        ({"track_record": -5, "assessment": 25, "paper": 20, "interview": 60},
         [("weights", "block"), ("weights.ranges", "warn"), ("weights.ranges", "warn")]),
    ],
)  # fmt: skip
def test_weights_sum_to_a_hundred_within_their_ranges(
    find: Any, weights: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    findings = find(weights=weights)
    assert sorted(set(_brief(findings))) == sorted(set(expected))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"max_age": 56}, []),
        ({"max_age": 55}, []),
        ({"max_age": 57}, [("candidate.pratama.max_age", "block")]),
        ({"experience_years": 4}, [("candidate.pratama.experience_years", "block")]),
        ({"experience_years": 6}, []),
        ({"feeder_years": 1}, [("candidate.pratama.feeder_years", "block")]),
        ({"education": "D-III"}, [("candidate.pratama.min_education", "block")]),
        ({"education": "D-IV"}, []),
        ({"education": "S2"}, []),
        ({"min_rank": "III/d"}, [("candidate.min_rank.pratama", "warn")]),
        ({"min_rank": "IV/b"}, []),
        ({"age_reference": None}, [("candidate.age_reference", "info")]),
    ],
)
def test_requirements_may_exceed_the_law_and_not_fall_below_it(
    find: Any, change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert _brief(find(requirements=LAWFUL["requirements"] | change)) == expected


@pytest.mark.parametrize(
    ("max_age", "expected"),
    [
        (56, []),
        (58, [("candidate.sekda.max_age_override", "warn")]),
        (59, [("candidate.pratama.max_age", "block")]),
    ],
)
def test_a_regional_secretary_may_be_58_by_practice(find: Any, max_age: int, expected: list[tuple[str, str]]) -> None:
    requirements = LAWFUL["requirements"] | {"max_age": max_age, "min_rank": "IV/b"}
    findings = find(vacancies=[{"title": "Sekretaris Daerah", "kind": "sekda"}], requirements=requirements)
    assert _brief(findings) == [("consult.sekda", "info"), *expected]


def test_other_levels_have_their_own_limits(find: Any) -> None:
    asked = LAWFUL["requirements"] | {"max_age": 58, "experience_years": 7}
    assert not speaks(tuple(find(level="madya", agency_kind="provinsi", requirements=asked)))
    assert [f.rule for f in find(level="utama", agency_kind="kementerian", requirements=asked)] == [
        "candidate.utama.experience_years",
        "appointing_authority.utama",
    ]


@pytest.mark.parametrize(("minimum", "severity"), [(5, None), (4, None), (3, "warn"), (2, "block"), (0, "block")])
def test_fewer_than_four_applicants_warn_and_fewer_than_three_block(
    find: Any, minimum: int, severity: str | None
) -> None:
    expected = [("applicants.min_per_post", severity)] if severity else []
    assert _brief(find(applicants_minimum=minimum)) == expected


@pytest.mark.parametrize(
    ("approvals", "expected"),
    [
        ({"plan_approval": "B-1"}, []),
        ({"plan_approval": None}, [("plan.bkn_approval_required", "block")]),
        ({"plan_approval": " "}, [("plan.bkn_approval_required", "block")]),
        ({}, [("plan.bkn_approval_required", "info")]),
        (..., [("plan.bkn_approval_required", "info")]),
    ],
)
def test_an_explicit_null_approval_blocks_and_an_absent_one_informs(
    find: Any, approvals: object, expected: list[tuple[str, str]]
) -> None:
    assert _brief(find(approvals=approvals)) == expected


@pytest.mark.parametrize(
    ("context", "rule"),
    [
        ({"head_inaugurated_on": "2025-10-01"}, "political_window.after_inauguration_months"),  # ends on 1 April
        ({"head_inaugurated_on": "2025-09-30"}, None),
        ({"head_inaugurated_on": "2026-04-01"}, "political_window.after_inauguration_months"),
        ({"head_inaugurated_on": "2026-04-02"}, None),
        ({"next_candidacy_determination": "2026-10-01"}, "political_window.before_candidacy_months"),  # from 1 April
        ({"next_candidacy_determination": "2026-10-02"}, None),
        ({"acting_head": True}, "acting_head.requires_mendagri_approval"),
    ],
)
def test_restriction_windows_block_the_day_of_replacement(find: Any, context: dict[str, Any], rule: str | None) -> None:
    findings = find(context=context)
    assert [f.rule for f in findings if f.severity is Enforcement.BLOCK] == ([rule] if rule else [])
    consented = {"plan_approval": "B-1", "home_affairs_consent": "100.2.2.6/1/OTDA"}
    assert not blocks(tuple(find(context=context, approvals=consented)))
    assert not blocks(tuple(find(context=context, agency_kind="kementerian")))


def test_without_a_planned_inauguration_the_last_date_counts(find: Any) -> None:
    stages = LAWFUL["stages"][:-1]
    assert blocks(tuple(find(stages=stages, context={"head_inaugurated_on": "2025-08-13"})))
    assert not blocks(tuple(find(stages=stages, context={"head_inaugurated_on": "2025-08-12"})))


@pytest.mark.parametrize("part", [k for k in LAWFUL if k not in {"agency", "agency_kind", "ruleset"}])
def test_an_absent_part_is_not_checked_and_says_so(find: Any, part: str) -> None:
    findings = find(**{part: ...})
    assert [f.severity for f in findings] == [Enforcement.INFO]
    assert not speaks(tuple(findings))


def test_an_empty_plan_gives_information_alone(rules: RuleSet, calendar: Calendar) -> None:
    findings = lint(plan_from_mapping({}), rules, calendar)
    assert {f.severity for f in findings} == {Enforcement.INFO}
    assert len(findings) == 10


@pytest.mark.parametrize("ruleset_id", regulations.available())
def test_whatever_blocks_or_warns_names_an_article_or_a_practice(calendar: Calendar, ruleset_id: str) -> None:
    wrong = LAWFUL | {
        "announcement": {"opens": "2018-02-04", "closes": "2018-02-01"},
        "committee": [{"name": "x", "element": "internal", "party_member": True, "kin_of": ["y"]}] * 2,
        "weights": {"track_record": 1},
        "requirements": {"max_age": 99, "experience_years": 0, "feeder_years": 0, "education": "SD", "min_rank": "I/a"},
        "applicants_minimum": 0,
        "approvals": {"plan_approval": None},
        "context": {
            "acting_head": True,
            "head_inaugurated_on": "2026-04-01",
            "next_candidacy_determination": "2026-05-01",
        },
        "ruleset": ruleset_id,
    }
    findings = lint(plan_from_mapping(wrong), regulations.load(ruleset_id), calendar)
    assert len(findings) > 18
    assert all(f.citation.strip() and f.message.strip() and f.message_en.strip() for f in findings)


def test_a_plan_earlier_than_every_rule_set_gets_one_information(find: Any) -> None:
    early = find(regulations.load("id-pns-2017"), committee=[], **_window("2017-04-06", "2017-04-07"))
    assert _brief(early) == [("ruleset.in_force", "info")]


def test_a_rule_set_asked_for_by_name_is_used_and_its_time_noted(find: Any) -> None:
    early = find(ruleset="id-pns-2020", stages=..., **_window("2019-11-12", "2019-11-26"))
    assert _brief(early)[:2] == [("ruleset.in_force", "info"), ("announcement.min_calendar_days", "warn")]
    late = find(regulations.load("id-pns-2017"), ruleset="id-pns-2017")
    assert _brief(late) == [("ruleset.in_force", "warn")]


@pytest.mark.parametrize("key", ["opens", "closes"])
def test_half_a_window_is_not_checked(find: Any, key: str) -> None:
    window = {k: v for k, v in LAWFUL["announcement"].items() if k != key}
    findings = find(announcement=window, stages=...)
    assert [(f.rule, f.path) for f in findings if f.path.startswith("announcement")] == [
        ("announcement.min_calendar_days", f"announcement.{key}")
    ]


@pytest.mark.parametrize("key", list(LAWFUL["requirements"]))
def test_a_requirement_that_is_not_stated_is_not_checked(find: Any, key: str) -> None:
    findings = find(requirements={k: v for k, v in LAWFUL["requirements"].items() if k != key})
    assert [(f.path, f.severity.value) for f in findings] == [(f"requirements.{key}", "info")]


def test_a_head_of_region_without_dates_restricts_nothing(find: Any) -> None:
    context = {"head_inaugurated_on": "2026-01-01"}
    findings = find(context=context, announcement=..., stages=...)
    assert {f.severity for f in findings} == {Enforcement.INFO}


def test_a_share_exactly_at_the_limit_is_allowed(rules: RuleSet, find: Any) -> None:
    limited = with_values(rules, {"committee.max_internal_share": Decimal("0.4")})
    assert find(limited) == []


def test_only_the_inauguration_is_the_day_of_replacement(find: Any) -> None:
    stages = [*LAWFUL["stages"][:-1], {"stage": "inauguration", "date": "2026-02-13"}]
    later = [*stages, {"stage": "final_result", "date": "2026-03-02"}]
    findings = find(stages=later, context={"next_candidacy_determination": "2026-09-01"})
    assert not [f for f in findings if f.rule.startswith("political_window")]
