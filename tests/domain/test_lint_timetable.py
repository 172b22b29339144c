"""Lint of the timetable: order, overlap, repeated stages and days off."""

from typing import Any

import pytest
from sample_plan import LAWFUL

from domain.lint import Finding


def _stages(*steps: tuple[str, str, str]) -> dict[str, Any]:
    return {"stages": [{"stage": s, "start": start, "end": end} for s, start, end in steps]}


def _order(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity.value, f.path) for f in findings if f.rule != "stages.required"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("interview", "2026-02-09", "2026-02-09"), ("assessment", "2026-02-10", "2026-02-10")],
         [("stages.order", "block", "stages[0]")]),
        ([("assessment", "2026-02-09", "2026-02-10"), ("interview", "2026-02-10", "2026-02-10")],
         [("selter.stages.overlap", "info", "stages[1]")]),
        ([("assessment", "2026-02-09", "2026-02-11"), ("interview", "2026-02-10", "2026-02-10")],
         [("selter.stages.overlap", "warn", "stages[1]")]),
        ([("paper", "2026-02-09", "2026-02-09"), ("assessment", "2026-02-10", "2026-02-10")], []),
        ([("paper", "2026-02-10", "2026-02-10"), ("assessment", "2026-02-09", "2026-02-11")],
         [("selter.stages.overlap", "info", "stages[1]")]),
        ([("assessment", "2026-02-10", "2026-02-09")], [("stages.order", "block", "stages[0].end")]),
        ([("screening_result", "2026-02-04", "2026-02-04")], [("stages.order", "warn", "stages[0]")]),
        ([("screening_result", "2026-02-03", "2026-02-03")], [("stages.order", "block", "stages[0]")]),
        ([("final_result", "2026-02-12", "2026-02-12"), ("interview", "2026-02-12", "2026-02-12")],
         [("selter.stages.overlap", "info", "stages[0]")]),
    ],
)  # fmt: skip
def test_stages_keep_their_order(find: Any, steps: list[tuple[str, str, str]], expected: list[object]) -> None:
    assert _order(find(**_stages(*steps))) == expected


def test_the_order_in_the_file_does_not_matter(find: Any) -> None:
    assert find(stages=LAWFUL["stages"][::-1]) == []


def test_a_repeated_stage_belongs_to_its_own_round(find: Any) -> None:
    steps = [
        ("assessment", "2026-02-09", "2026-02-09"),
        ("interview", "2026-02-10", "2026-02-10"),
        ("assessment", "2026-02-11", "2026-02-11"),
        ("interview", "2026-02-12", "2026-02-12"),
    ]
    assert _order(find(**_stages(*steps))) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-14", [("selter.stages.weekend", "info")]),
        ("2026-02-16", [("selter.stages.holiday", "warn")]),  # cuti bersama
        ("2026-02-17", [("selter.stages.holiday", "warn")]),
        ("2026-03-21", [("selter.stages.holiday", "warn")]),  # a holiday on a Saturday
        ("2026-02-18", []),
        ("2030-02-18", [("selter.stages.holiday", "info")]),  # the calendar does not know 2030
    ],
)
def test_stages_on_days_off_are_shown(find: Any, day: str, expected: list[tuple[str, str]]) -> None:
    findings = [f for f in find(**_stages(("interview", day, day))) if f.rule != "stages.required"]
    assert [(f.rule, f.severity.value) for f in findings] == expected


def test_an_undated_stage_and_a_missing_one_are_information(find_all: Any) -> None:
    findings = [f for f in find_all(stages=[{"stage": "assessment"}]) if f.path.startswith("stages")]
    assert [(f.rule, f.severity.value) for f in findings] == [("stages.required", "info"), ("stages.order", "info")]
