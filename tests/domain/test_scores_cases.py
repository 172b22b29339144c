"""Published selections: what can be recomputed is, and what is odd is found, as people reviewed it.

The expectations here were reviewed by hand, selection by selection; other selections of the same form only need to be
read and checked for consistency.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from domain.ranking import ScoreRow, rank
from domain.rules import RuleSet
from domain.scoring.competency import match, standard
from domain.scoring.published import AnomalyKind, PublishedRow, anomalies, possible_divisors

CASES: Final = Path(__file__).parents[3] / "shared" / "cases" / "scores.json"
NAMES: Final = {"rekam_jejak": "track_record", "assessment": "assessment", "makalah": "paper", "wawancara": "interview"}
WEIGHTED, SUM, APART = AnomalyKind.WEIGHTED, AnomalyKind.SUM, AnomalyKind.TIE_APART

REVIEWED: Final[dict[str, list[tuple[AnomalyKind, tuple[str, ...]]]]] = {
    "S03": [(WEIGHTED, ("assessment",)), (WEIGHTED, ("paper",))],
    "S04": [(SUM, ("assessment",))],
    "S07": [],
    "S13": [],
    "S16": [(APART, ("P3", "P4"))],
}
"""What is odd about each selection's table."""

pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="the published cases are not beside this checkout")


def _cases() -> dict[str, dict[str, Any]]:
    if not CASES.is_file():
        return {}
    tree = json.loads(CASES.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    return {case["id"]: case for case in tree["selections"]}


SELECTIONS: Final = _cases()


def _component(key: str) -> str:
    """The component that a column such as `makalah_weighted` or `assessment_sum` is about."""
    return NAMES[key.removesuffix("_weighted").removesuffix("_sum")]


def _weights(case: Mapping[str, Any]) -> dict[str, Decimal]:
    return {NAMES[c]: weight for c, weight in case["weights"]["values_pct"].items() if weight is not None}


def _rows(case: Mapping[str, Any]) -> list[PublishedRow]:
    """The published table; an interim score is the total of what was published so far."""
    rows = []
    for candidate in case["candidates"]:
        scores = {_component(c): s for c, s in candidate["components"].items() if not c.startswith("interim")}
        interim = next((s for c, s in candidate["components"].items() if c.startswith("interim")), None)
        place = candidate["rank_published"]
        total = interim if candidate["total"] is None else candidate["total"]
        rows.append(PublishedRow(candidate["id"], scores, total, None if place is None else int(place)))
    return rows


@pytest.mark.parametrize("name", SELECTIONS)
def test_what_is_odd_is_found(name: str) -> None:
    found = [(a.kind, a.about) for a in anomalies(_rows(SELECTIONS[name]), _weights(SELECTIONS[name]))]
    if name in REVIEWED:
        assert found == REVIEWED[name]
        assert bool(found) is bool(SELECTIONS[name]["anomalies"])


@pytest.mark.parametrize("name", SELECTIONS)
def test_published_totals_give_the_published_ranks(name: str) -> None:
    """Each total is one component of full weight; where a tie was published apart, ours is shared."""
    rows = [row for row in _rows(SELECTIONS[name]) if row.rank is not None]
    shown = {row.candidate: row.total if row.total is not None else next(iter(row.scores.values())) for row in rows}
    ranking = rank([ScoreRow(n, {"total": s}) for n, s in shown.items()], {"total": Decimal(100)})
    for row, ours in zip(sorted(rows, key=lambda r: r.rank or 0), ranking.ranking, strict=True):
        tied = any(row.candidate in tie.candidates for tie in ranking.ties)
        assert tied or (row.candidate, row.rank) == (ours.candidate, ours.rank)


def test_weighted_points_are_added_as_they_stand() -> None:
    case = SELECTIONS["S03"]
    rows = [ScoreRow(row.candidate, row.scores) for row in _rows(case)]
    ranking = rank(rows, _weights(case), already_weighted=True)
    assert [(r.candidate, str(r.total)) for r in ranking.ranking] == [
        ("P1", "38.57"), ("P2", "37.52"), ("P4", "36.75"), ("P3", "36.73"), ("P5", "36.38")
    ]  # fmt: skip


def test_an_undivided_sum_has_one_possible_divisor() -> None:
    case = SELECTIONS["S04"]
    rows = _rows(case)
    sums = {row.candidate: row.scores["assessment"] or Decimal(0) for row in rows}
    totals = {row.candidate: row.total or Decimal(0) for row in rows}
    assert possible_divisors(sums, totals, Decimal(25), Decimal(20)) == (4,)


def test_a_leader_in_the_assessment_is_overtaken_by_the_track_record() -> None:
    rows = _rows(SELECTIONS["S04"])
    best_assessment = max(rows, key=lambda row: row.scores["assessment"] or 0)
    best = min(rows, key=lambda row: row.rank or 99)
    assert (best_assessment.candidate, best.candidate) == ("P1", "P3")


def test_an_exact_tie_shares_a_rank() -> None:
    rows = [ScoreRow(row.candidate, row.scores) for row in _rows(SELECTIONS["S16"])]
    ranking = rank(rows, {"assessment": Decimal(100)})
    assert [(r.candidate, r.rank) for r in ranking.ranking] == [
        ("P1", 1), ("P2", 2), ("P3", 3), ("P4", 3), ("P5", 5), ("P6", 6)
    ]  # fmt: skip


def test_published_matches_are_levels_by_required_levels(rules: RuleSet) -> None:
    """Nine competencies at level 4; levels reached in quarters, as the mean of assessors."""
    required = standard("pratama", rules)
    for row in _rows(SELECTIONS["S16"]):
        score = row.scores["assessment"]
        assert score is not None
        quarters = round(score * 36 * 4 / 100)
        levels = [Decimal(quarters // 9 + (place < quarters % 9)) / 4 for place in range(9)]
        assert match(dict(zip(required, levels, strict=True)), required, rules).percent == score
