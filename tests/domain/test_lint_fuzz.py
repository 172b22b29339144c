"""Lint never crashes: any values are read or refused with their place, and any plan that is read is judged."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_plan import LAWFUL

import regulations
from domain.calendar import Calendar
from domain.lint import lint
from domain.plan import (
    AgencyKind,
    FillingRoute,
    Level,
    Medium,
    PlanError,
    PlanStage,
    Relation,
    Scope,
    plan_from_mapping,
    plan_to_mapping,
)
from domain.rules import Enforcement
from domain.words import CommitteePosition, Component, Element, VacancyKind
from runtime.law.lint import lint as command

CALENDAR: Final = Calendar("", "Asia/Jakarta", (date(2026, 2, 17),))
SETS: Final = [regulations.load(name) for name in regulations.available()]

# -- anything at all ---------------------------------------------------------------------------------------------

_ODD: Final = [
    None,
    True,
    "",
    "x\ny",
    "\ud800",
    -1,
    0.5,
    float("nan"),
    "1e999",
    "2026-02-30",
    "9999-12-31",
    b"x",
    {1},
]
_SCALARS: Final = st.one_of(
    st.sampled_from(_ODD),
    st.text(max_size=5),
    st.integers(),
    st.integers(4000, 6000).map(lambda digits: 10**digits),
    st.floats(),
    st.dates().map(str),
    st.dates(),
    st.datetimes(),
)
_KEYS: Final = st.one_of(
    st.sampled_from(sorted({*LAWFUL, "opens", "closes", "date", "start", "end", "stage", "element", "kin_of"})),
    st.sampled_from([None, 1, True, "x" * 500, "a\nb"]),
)
_ANYTHING: Final = st.recursive(
    _SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=4))
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(_ANYTHING, st.sampled_from(sorted(LAWFUL)).flatmap(lambda key: _ANYTHING.map(lambda v: {key: v}))))
def test_whatever_cannot_be_read_is_refused_on_one_short_line(value: object) -> None:
    problem = _problem(value)
    assert problem == "" or (": " in problem and problem.isprintable() and len(problem) < 500)


def _problem(value: object) -> str:
    """What is wrong with it; nothing where it was read, and then judged."""
    try:
        plan = plan_from_mapping(value)
    except PlanError as error:
        return str(error)
    lint(plan, SETS[0], CALENDAR)
    return ""


# -- plans -------------------------------------------------------------------------------------------------------

_DAYS: Final = st.dates(date(1946, 1, 1), date(2100, 12, 31)).map(str)
_NEAR: Final = st.dates(date(2026, 1, 1), date(2026, 4, 1)).map(str)
_DATES: Final = st.one_of(_NEAR, _NEAR, _DAYS, st.none())
_TEXTS: Final = st.one_of(st.none(), st.just("B-1"), st.text("ab \u00e9'\"", max_size=4))
_NUMBERS: Final = st.one_of(st.integers(0, 120), st.integers(0, 10**6))


def _of(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([word.value for word in kind])


def _some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


_KIN: Final = st.one_of(
    st.text("ab", max_size=2), st.fixed_dictionaries({"relation": _of(Relation), "of": st.text("ab", max_size=2)})
)
_PLANS: Final = _some(
    agency=st.text("ab", max_size=3),
    agency_kind=_of(AgencyKind),
    level=_of(Level),
    filling_route=_of(FillingRoute),
    vacancies=st.lists(
        st.fixed_dictionaries({"title": st.text("ab")}, optional={"kind": _of(VacancyKind)}), max_size=3
    ),
    announcement=_some(
        opens=_DATES,
        closes=_DATES,
        scope=_of(Scope),
        contents=st.lists(st.sampled_from(["post", "deadline", "x"]), max_size=3),
        signer=st.sampled_from(["chair", "x", ""]),
        media=st.lists(_of(Medium), max_size=2),
    ),
    extensions=st.lists(_DAYS, max_size=4),
    stages=st.lists(
        st.one_of(
            st.fixed_dictionaries({"stage": _of(PlanStage)}, optional={"start": _DATES, "end": _DATES}),
            st.fixed_dictionaries({"stage": _of(PlanStage), "date": _DATES}),
        ),
        max_size=8,
    ),
    weights=st.dictionaries(_of(Component), st.decimals(-200, 200, places=3).map(str), max_size=4),
    committee=st.lists(
        st.fixed_dictionaries(
            {"element": _of(Element)},
            optional={
                "name": st.text("ab"),
                "role": _of(CommitteePosition),
                "party_member": st.booleans(),
                "supervisor_staff": st.booleans(),
                "kin_of": st.lists(_KIN, max_size=2),
            },
        ),
        max_size=10,
    ),
    requirements=_some(
        max_age=_NUMBERS,
        age_reference=_DATES,
        min_rank=st.sampled_from(["I/a", "IV/e"]),
        experience_years=_NUMBERS,
        feeder_years=_NUMBERS,
        education=st.sampled_from(["SD", "S1", "D-IV", "S3"]),
    ),
    applicants_minimum=_NUMBERS,
    results=_some(cross_use=st.booleans(), names_per_post=_NUMBERS),
    approvals=_some(
        plan_approval=_TEXTS,
        home_affairs_consent=_TEXTS,
        supervisor_consideration=_TEXTS,
        talent_approval=_TEXTS,
        governor_coordination=_TEXTS,
        dprd_consultation=_TEXTS,
    ),
    context=_some(acting_head=st.booleans(), head_inaugurated_on=_DATES, next_candidacy_determination=_DATES),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_PLANS, st.sampled_from(SETS))
def test_every_plan_is_judged_and_every_objection_has_its_article(mapping: dict[str, Any], rules: Any) -> None:
    plan = plan_from_mapping(mapping)
    for found in lint(plan, rules, CALENDAR):
        assert found.rule in rules.rules
        assert found.path
        assert found.message.strip()
        assert found.message_en.strip()
        if found.severity is not Enforcement.INFO:
            assert found.citation.strip()
            assert found.expected
    assert lint(plan, rules, CALENDAR) == lint(plan, rules, CALENDAR)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_PLANS)
def test_a_plan_is_written_as_it_is_read(mapping: dict[str, Any]) -> None:
    plan = plan_from_mapping(mapping)
    written = plan_to_mapping(plan)
    assert plan_from_mapping(json.loads(json.dumps(written))) == plan


# -- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.yaml", b"", ["plan", "a mapping with agency", "not nothing"]),
        ("plan.yaml", b"- a\n", ["plan", "not a list"]),
        ("plan.yaml", b"hello", ["plan", "not 'hello'"]),
        ("plan.json", b"[]", ["plan", "not a list"]),
        ("plan.yaml", b"announcement:\n\topens: 2026-01-20\n", ["plan.yaml", "line 2", "spaces"]),
        ("plan.yaml", b"agency: Pemkab \xe9\n", ["plan.yaml", "UTF-8"]),
        ("plan.yaml", b"level: pratama\nlevel: madya\n", ["level", "twice"]),
        ("plan.json", b'{"context": {"acting_head": true, "acting_head": false}}', ["acting_head", "twice"]),
        ("plan.yaml", b"a: " + b"[" * 5000 + b"]" * 5000, ["plan.yaml", "deep"]),
        ("plan.json", b'{"a": ' + b"[" * 200000, ["plan.json", "deep"]),
        ("plan.json", b'{"applicants_minimum": ' + b"9" * 5000 + b"}", ["plan.json", "too long"]),
        ("plan.yaml", b"applicants_minimum: " + b"9" * 5000, ["applicants_minimum", "whole number of zero or more"]),
        ("plan.yaml", b"applicants_minimum: 1000001", ["applicants_minimum", "not 1000001"]),
        ("plan.yaml", b"applicants_minimum: yes", ["applicants_minimum", "not True"]),
        ("plan.json", b'{"weights": {"paper": NaN}}', ["NaN"]),
        ("plan.yaml", b"weights: {paper: .nan}", ["weights.paper", "20 or 22.5", "'.nan'"]),
        ("plan.json", b'{"weights": {"paper": 1e999999999}}', ["weights.paper", "20 or 22.5"]),
        ("plan.yaml", b"weights: {paper: 1000000.1}", ["weights.paper"]),
        ("plan.yaml", b"weights: {paper: 20.0000000001}", ["weights.paper"]),
        ("plan.yaml", b"announcement: {opens: 2026-01-20 10:00:00}", ["announcement.opens", "2026-01-20 is expected"]),
        ("plan.yaml", b"announcement: {opens: 20260120}", ["announcement.opens", "not 20260120"]),
        ("plan.yaml", b"announcement: {opens: 2026-02-30}", ["announcement.opens", "'2026-02-30'"]),
        ("plan.yaml", b"announcement: {opens: 1945-12-31}", ["announcement.opens", "1946 to 2100"]),
        ("plan.yaml", b"announcement: {opens: 2101-01-01}", ["announcement.opens", "1946 to 2100"]),
        ("plan.yaml", b"announcement: {opens: 2026-W04-2}", ["announcement.opens"]),
        ("plan.yaml", b"committee: [{name: yes, element: internal}]", ["committee[0].name", "not True", "quotes"]),
        ("plan.yaml", b"agency: 12", ["agency", "text is expected, not 12"]),
        ("plan.yaml", b"level: [pratama]", ["level", "a list is none of utama, madya, pratama"]),
        ("plan.yaml", b"level: {a: b}", ["level", "a mapping is none of"]),
        ("plan.yaml", b"stages: [interview]", ["stages[0]", "date, end, stage, start"]),
        ("plan.yaml", b"extensions: 2026-02-10", ["extensions", "a list is expected, not '2026-02-10'"]),
        (
            "plan.yaml",
            b"committee: [{element: expert, kin_of: [{of: x}]}]",
            ["committee[0].kin_of[0].relation", "missing"],
        ),
        ("plan.yaml", b"committee: [{element: expert, kin_of: [{of: x, relation: ayah}]}]", ["relation", "parent"]),
        ("plan.yaml", b"approvals: {bkn: x}", ["approvals.bkn", "known are dprd_consultation", "talent_approval"]),
        ("plan.yaml", b"requirements: {min_rank: V/a}", ["requirements.min_rank", "IV/a is expected, not 'V/a'"]),
        ("plan.yaml", b"requirements: {education: kursus}", ["requirements.education", "S1 is expected, not 'kursus'"]),
        ("plan.yaml", b"filling_route: lelang", ["filling_route", "selter, talenta, mutasi_ukom, penataan"]),
        ("plan.json", json.dumps({"a\nb": 1}).encode(), ["unknown key"]),
        ("plan.json", json.dumps({"stages": [{"stage": "other"}] * 201}).encode(), ["stages", "at most 200", "201"]),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, words: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert command(path) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert [word for word in words if word not in captured.err] == []


def test_the_largest_values_are_read() -> None:
    plan = plan_from_mapping(
        {
            "applicants_minimum": 10**6,
            "weights": {"paper": "1000000", "interview": "0.123456789"},
            "announcement": {"opens": date(1946, 1, 1), "closes": "2100-12-31"},
            "stages": [{"stage": "other"}] * 200,
        }
    )
    assert len(plan.stages or ()) == 200
    assert [str(day) for day in plan.dates()] == ["1946-01-01", "2100-12-31"]
