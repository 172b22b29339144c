"""Plans out of mappings: unknown keys and wrong values are named with their place."""

from typing import Any

import pytest
from sample_plan import LAWFUL

from domain.plan import Plan, PlanError, plan_from_mapping


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
