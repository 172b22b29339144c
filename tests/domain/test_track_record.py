"""Track record: a points table as data, with its arithmetic; what is missing is never zero."""

from decimal import Decimal
from typing import Any

import pytest

from domain.rules import RuleSet
from domain.scoring.track_record import Criterion, PointsTableError, checked, count_points, points_table, table_of
from domain.words import Verdict
from tests.altered import with_values, without

TABLE = table_of(
    {
        "rank": {"IV/b": 10, "IV/c": 15},
        "awards": {"points": {"national": 5, "regional": 2.5}, "adds_up": True, "maximum": 10},
    }
)


def test_the_usual_table_comes_from_the_rule_set(rules: RuleSet) -> None:
    table = points_table(rules)
    assert [(c.name, dict(c.points), c.most, c.adds_up) for c in table] == [
        ("rank", {"IV/b": 10, "IV/c": 15}, 15, False),
        ("education", {"S1": 10, "S2": 15, "S3": 20}, 20, False),
    ]


def test_a_set_from_before_has_no_table(rules: RuleSet) -> None:
    assert points_table(without(rules, "track_record.points")) == ()


def test_points_are_added_and_put_on_the_scale_of_a_hundred() -> None:
    found = count_points({"rank": ["IV/b"], "awards": ["national", "regional"]}, TABLE)
    assert (found.points, found.most, found.score) == (Decimal("17.5"), 25, Decimal("70.00"))
    assert found.verdict is Verdict.MET
    assert found.missing == ()
    assert found.arithmetic == "rank 10 + awards 7.5 = 17.5 dari 25; × 100 / 25 = 70.00"
    assert [line.evidence for line in found.lines] == ["IV/b = 10", "national 5 + regional 2.5 = 7.5"]


def test_a_score_is_rounded_half_up() -> None:
    table = (Criterion("x", {"a": Decimal("0.5"), "b": Decimal(16)}),)
    assert str(count_points({"x": ["a"]}, table).score) == "3.13"


def test_of_what_does_not_add_up_the_best_counts() -> None:
    assert count_points({"rank": ["IV/b", "IV/c"], "awards": []}, TABLE).points == 15


def test_what_adds_up_stops_at_its_maximum() -> None:
    found = count_points({"rank": ["IV/c"], "awards": ["national"] * 3}, TABLE)
    assert found.points == 25
    assert found.lines[1].evidence == "national 5 + national 5 + national 5 = 15, paling banyak 10"
    exactly = count_points({"rank": ["IV/c"], "awards": ["national"] * 2}, TABLE)
    assert (exactly.points, exactly.lines[1].evidence) == (25, "national 5 + national 5 = 10")


def test_nothing_to_show_is_a_fact_and_gives_nothing() -> None:
    found = count_points({"rank": [], "awards": []}, TABLE)
    assert (found.points, found.score) == (0, 0)
    assert [line.evidence for line in found.lines] == ["tidak ada = 0", "tidak ada = 0"]


def test_what_is_missing_waits_for_a_person_and_is_no_zero() -> None:
    found = count_points({"rank": ["IV/b"]}, TABLE)
    assert (found.score, found.verdict, found.missing) == (None, Verdict.NEEDS_REVIEW, ("awards",))
    assert found.lines[1].points is None
    assert found.lines[1].evidence == "tidak ada data"
    assert found.arithmetic == "perlu diperiksa: awards"
    assert found.points == 10


def test_a_level_outside_the_table_waits_for_a_person() -> None:
    found = count_points({"rank": ["IV/b", "IV/e"], "awards": []}, TABLE)
    assert found.missing == ("rank",)
    assert found.lines[0].evidence == "tidak ada dalam tabel: IV/e"


def test_a_criterion_outside_the_table_is_refused() -> None:
    with pytest.raises(PointsTableError, match="charm is not in the points table"):
        count_points({"rank": [], "charm": []}, TABLE)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ({}, "empty"),
        ([1], "mapping of criteria"),
        ({"rank": 5}, "rank: points by level"),
        ({"rank": {}}, "no name or no level"),
        ({"": {"a": 1}}, "no name or no level"),
        ({"rank": {"": 1}}, "no name or no level"),
        ({"rank": {"a": -1, "b": 1}}, "fewer than none"),
        ({"rank": {"a": 0}}, "gives no points"),
        ({"rank": {"points": {"a": 1}, "maximum": -1}}, "fewer than none"),
        ({"rank": {"a": "much"}}, "rank: not a number"),
        ({"rank": {"points": {"a": 1}, "adds_up": "yes"}}, "adds_up .true or false."),
        ({"rank": {"points": {"a": 1}, "least": 1}}, "only points"),
    ],
)
def test_a_table_that_cannot_be_counted_by_is_refused(tree: Any, message: str) -> None:
    with pytest.raises(PointsTableError, match=message):
        table_of(tree)


def test_a_criterion_stands_once(rules: RuleSet) -> None:
    with pytest.raises(PointsTableError, match="no name or no level"):
        points_table(with_values(rules, {"track_record.points": ("rank=10",)}))
    with pytest.raises(PointsTableError, match="stands twice"):
        checked([Criterion("x", {"a": Decimal(1)}), Criterion("x", {"a": Decimal(1)})])
