"""Plans out of mappings: unknown keys and wrong values are named with their place; the guide documents every key."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml
from sample_plan import LAWFUL

import regulations
from domain.calendar import Calendar
from domain.checks.committee import kinship_degree
from domain.lint import lint, speaks
from domain.plan import (
    TITLES,
    AgencyKind,
    Approvals,
    Context,
    FillingRoute,
    Level,
    Medium,
    Plan,
    PlanError,
    PlannedAnnouncement,
    PlannedMember,
    PlannedRequirements,
    PlannedResults,
    PlanStage,
    Relation,
    Scope,
    plan_from_mapping,
)
from domain.words import Component, Element, VacancyKind

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "plan-format.md"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"announcment": {}}, "announcment"),
        ({"announcement": {"opens": "2026-01-20", "close": "2026-02-04"}}, "announcement.close"),
        ({"announcement": {"opens": "20 Januari"}}, "announcement.opens"),
        ({"announcement": {"opens": "0001-01-01"}}, "announcement.opens"),
        ({"announcement": "soon"}, "announcement"),
        ({"stages": {"stage": "interview"}}, "stages"),
        ({"stages": [{"stage": "lunch"}]}, "stages[0].stage"),
        ({"stages": [{"date": "2026-01-01"}]}, "stages[0].stage"),
        ({"stages": [{"stage": "interview", "date": "2026-02-01", "end": "2026-02-02"}]}, "stages[0]"),
        ({"weights": {"administration": 100}}, "weights.administration"),
        ({"weights": {"paper": "many"}}, "weights.paper"),
        ({"weights": {"paper": True}}, "weights.paper"),
        ({"committee": [{"name": "x", "element": "friend"}]}, "committee[0].element"),
        ({"committee": [{"name": "x"}]}, "committee[0].element"),
        ({"committee": [{"element": "expert", "party_member": "no"}]}, "committee[0].party_member"),
        ({"requirements": {"max_age": "56"}}, "requirements.max_age"),
        ({"requirements": {"max_age": -1}}, "requirements.max_age"),
        ({"requirements": {"education": "kursus"}}, "requirements.education"),
        ({"requirements": {"min_rank": "IV"}}, "requirements.min_rank"),
        ({"approvals": {"plan_approval": 5}}, "approvals.plan_approval"),
        ({"level": "eselon II"}, "level"),
        ({"vacancies": [{"kind": "sekda"}]}, "vacancies[0].title"),
        ({1: "x"}, "1"),
    ],
)
def test_a_plan_that_cannot_be_read_names_the_place(change: dict[Any, Any], path: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_mapping(dict(LAWFUL) | change)
    assert caught.value.path == path
    assert str(caught.value).startswith(path)


def test_a_plan_is_a_mapping() -> None:
    values: tuple[object, ...] = (None, [], "plan")
    for value in values:
        with pytest.raises(PlanError, match="mapping"):
            plan_from_mapping(value)


def test_a_plan_knows_its_dates() -> None:
    assert Plan().dates() == ()
    assert Plan().opens is None
    assert len(plan_from_mapping(LAWFUL).dates()) == 14


def test_the_governing_day_is_that_of_publication_or_the_first_known() -> None:
    stages = {"stages": [{"stage": "interview", "date": "2026-03-02"}, {"stage": "paper", "date": "2026-02-27"}]}
    assert plan_from_mapping(stages).governing_day == date(2026, 2, 27)
    opened = stages | {"announcement": {"opens": "2026-03-01"}}
    assert plan_from_mapping(opened).governing_day == date(2026, 3, 1)
    assert plan_from_mapping({"extensions": ["2026-02-01"]}).governing_day == date(2026, 2, 1)
    assert plan_from_mapping({"announcement": {"closes": "2026-02-01"}}).governing_day == date(2026, 2, 1)
    assert Plan().governing_day is None
    assert Plan().closes is None


def test_a_letter_has_a_number_only_where_it_is_stated() -> None:
    approvals = plan_from_mapping({"approvals": {"plan_approval": " B-1 ", "talent_approval": " "}}).approvals
    assert approvals is not None
    keys = ("plan_approval", "talent_approval", "dprd_consultation", "unknown", "stated")
    assert [approvals.number(key) for key in keys] == ["B-1", None, None, None, None]
    assert approvals.stated == {"plan_approval", "talent_approval"}


def test_regional_agencies_have_a_head_of_region() -> None:
    assert [kind.value for kind in AgencyKind if kind.regional] == ["kabupaten", "kota", "provinsi"]


def test_kinship_degrees_follow_the_elucidations_list() -> None:
    degrees = {relation.value: kinship_degree(relation) for relation in Relation}
    assert [name for name, degree in degrees.items() if degree == 1] == [
        "parent",
        "child",
        "spouse",
        "parent_in_law",
        "child_in_law",
    ]
    assert [name for name, degree in degrees.items() if degree is None] == ["cousin", "other"]


def test_every_stage_has_an_indonesian_title() -> None:
    assert list(TITLES) == list(PlanStage)
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize(
    "words",
    [AgencyKind, Element, FillingRoute, Level, Medium, PlanStage, Relation, Scope, VacancyKind, Component],
)
def test_the_guide_documents_every_word(words: type[StrEnum]) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [word.value for word in words if f"`{word.value}`" not in text] == []


@pytest.mark.parametrize(
    "part", [Plan, PlannedAnnouncement, PlannedMember, PlannedRequirements, PlannedResults, Approvals, Context]
)
def test_the_guide_documents_every_key(part: Any) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    keys = set(part.__dataclass_fields__) - {"stated"}
    assert (
        sorted(key for key in keys if f"`{key}" not in text and f".{key}`" not in text and f".{key}:" not in text) == []
    )


def test_the_guides_example_is_lawful(calendar: Calendar) -> None:
    example = GUIDE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    plan = plan_from_mapping(yaml.safe_load(example))
    assert not speaks(lint(plan, regulations.load("id-pns-2020"), calendar))
