"""Ranking: weights, ties, absence and rounding, on published cases among others."""

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking import RankingError, RankMethod, ScoreRow, Sensitivity, rank, sensitivity
from domain.rules import RuleSet

WEIGHTS = {"track_record": Decimal(20), "assessment": Decimal(25), "paper": Decimal(20), "interview": Decimal(35)}
ASSESSMENT_ONLY = {"assessment": Decimal(100)}
WAY_KANAN = {"P1": "94.44", "P2": "92.36", "P3": "82.64", "P4": "82.64", "P5": "81.25", "P6": "75.69"}
CLOSELY = Sensitivity(places=3, near_tie=Decimal("0.50"), weight_points=Decimal(5))


def _single(scores: Mapping[str, str | None]) -> list[ScoreRow]:
    return [ScoreRow(name, {"assessment": None if s is None else Decimal(s)}) for name, s in scores.items()]


def _row(candidate: str, *scores: str | None) -> ScoreRow:
    return ScoreRow(candidate, {c: None if s is None else Decimal(s) for c, s in zip(WEIGHTS, scores, strict=True)})


def _ranks(rows: list[ScoreRow], **options: object) -> dict[str, int | None]:
    result = rank(rows, ASSESSMENT_ONLY, **options)  # type: ignore[arg-type]
    return {r.candidate: r.rank for r in result.ranking}


def test_a_total_is_the_sum_of_weighted_scores() -> None:
    result = rank([_row("A", "81", "83.62", "80", "82")], WEIGHTS)
    assert result.ranking[0].total == Decimal("81.81")  # 81.805, half up


@pytest.mark.parametrize(
    ("score", "decimals", "total"),
    [("70.125", 2, "70.13"), ("70.124", 2, "70.12"), ("70.5", 0, "71"), ("70", 3, "70.000")],
)
def test_totals_round_half_up(score: str, decimals: int, total: str) -> None:
    result = rank(_single({"A": score}), ASSESSMENT_ONLY, decimals=decimals)
    assert str(result.ranking[0].total) == total


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    assert _ranks(_single(WAY_KANAN)) == {"P1": 1, "P2": 2, "P3": 3, "P4": 3, "P5": 5, "P6": 6}


def test_dense_ranking_skips_no_number() -> None:
    ranks = _ranks(_single(WAY_KANAN), method=RankMethod.DENSE)
    assert ranks == {"P1": 1, "P2": 2, "P3": 3, "P4": 3, "P5": 4, "P6": 5}


def test_totals_are_compared_as_published() -> None:
    rows = _single({"A": "82.644", "B": "82.636"})
    assert _ranks(rows) == {"A": 1, "B": 1}
    assert _ranks(rows, decimals=3) == {"A": 1, "B": 2}


def test_a_tie_is_reported() -> None:
    result = rank(_single(WAY_KANAN), ASSESSMENT_ONLY)
    assert [(t.total, t.candidates, t.broken_by) for t in result.ties] == [(Decimal("82.64"), ("P3", "P4"), ())]


def test_a_published_tie_break_separates_equal_totals() -> None:
    rows = [_row("A", "80", "80", "80", "80"), _row("B", "45", "80", "80", "100"), _row("C", "10", "10", "10", "10")]
    tied = rank(rows, WEIGHTS)
    assert [r.rank for r in tied.ranking] == [1, 1, 3]
    broken = rank(rows, WEIGHTS, tie_break=("assessment", "interview"))
    assert [(r.candidate, r.rank) for r in broken.ranking] == [("B", 1), ("A", 2), ("C", 3)]
    assert broken.ties[0].broken_by == ("interview",)


def test_a_tie_that_no_component_breaks_stays_shared() -> None:
    rows = [_row(name, "80", "80", "80", "80") for name in "BA"]
    result = rank(rows, WEIGHTS, tie_break=("interview", "assessment", "paper", "track_record"))
    assert [(r.candidate, r.rank) for r in result.ranking] == [("A", 1), ("B", 1)]


def test_an_absent_candidate_has_no_rank_and_stands_last() -> None:
    rows = [_row("A", "99", None, "99", "99"), _row("B", "10", "10", "10", "10"), _row("Z", "0", "0", "0", "0")]
    result = rank(rows, WEIGHTS, closely=CLOSELY)
    assert [(r.candidate, r.rank, r.total, r.status) for r in result.ranking] == [
        ("B", 1, Decimal("10.00"), "ranked"),
        ("Z", 2, Decimal("0.00"), "ranked"),
        ("A", None, None, "absent"),
    ]


def test_a_score_of_zero_is_no_absence() -> None:
    result = rank([_row("A", "0", "0", "0", "0")], WEIGHTS)
    assert (result.ranking[0].rank, result.ranking[0].status) == (1, "ranked")


def test_weighted_points_are_added_as_they_stand() -> None:
    points = {"P1": ("21.42", "17.15"), "P2": ("21.22", "16.3"), "P3": ("20.66", "16.07"), "P4": ("20.25", "16.5"),
              "P5": ("20.04", "16.34")}  # fmt: skip
    rows = [ScoreRow(n, {"assessment": Decimal(a), "paper": Decimal(p)}) for n, (a, p) in points.items()]
    result = rank(rows, WEIGHTS, already_weighted=True, closely=CLOSELY)
    assert [(r.candidate, str(r.total)) for r in result.ranking] == [
        ("P1", "38.57"), ("P2", "37.52"), ("P4", "36.75"), ("P3", "36.73"), ("P5", "36.38")
    ]  # fmt: skip
    assert [(n.candidates, str(n.gap)) for n in result.near_ties] == [(("P4", "P3"), "0.02"), (("P3", "P5"), "0.35")]
    assert result.robustness is not None
    assert not result.robustness.stable


def test_a_weighted_point_above_its_weight_is_refused() -> None:
    with pytest.raises(RankingError, match="between 0 and 25"):
        rank([ScoreRow("A", {"assessment": Decimal("83.6")})], WEIGHTS, already_weighted=True)


def test_an_interim_ranking_uses_the_components_there_are() -> None:
    rows = [ScoreRow("A", {"track_record": Decimal("81.27"), "assessment": Decimal("83.625")})]
    assert rank(rows, WEIGHTS).ranking[0].total == Decimal("37.16")


@pytest.mark.parametrize(
    ("rows", "weights", "message"),
    [
        ([_row("A", "1", "1", "1", "1")] * 2, WEIGHTS, "more than once"),
        ([_row("A", "101", "1", "1", "1")], WEIGHTS, "between 0 and 100"),
        ([_row("A", "-1", "1", "1", "1")], WEIGHTS, "between 0 and 100"),
        ([_row("A", "NaN", "1", "1", "1")], WEIGHTS, "between 0 and 100"),
        ([_row("A", "1", "1", "1", "1")], {"interview": Decimal(100)}, "no weight"),
        ([_row("A", "1", "1", "1", "1"), *_single({"B": "1"})], WEIGHTS, "other components"),
        (_single({"A": "1"}), {"assessment": Decimal(-1)}, "negative"),
    ],
)
def test_what_cannot_be_ranked_is_refused(rows: list[ScoreRow], weights: dict[str, Decimal], message: str) -> None:
    with pytest.raises(RankingError, match=message):
        rank(rows, weights)


def test_a_tie_break_needs_scores() -> None:
    with pytest.raises(RankingError, match="tie-break component paper"):
        rank(_single({"A": "1"}), ASSESSMENT_ONLY, tie_break=("paper",))


def test_a_gap_at_the_threshold_is_a_near_tie_and_above_it_is_not() -> None:
    near = rank(_single({"A": "80.00", "B": "79.50", "C": "78.99"}), ASSESSMENT_ONLY, closely=CLOSELY)
    assert [(n.candidates, n.gap) for n in near.near_ties] == [(("A", "B"), Decimal("0.50"))]


def test_the_first_places_are_robust_when_they_lead_everywhere() -> None:
    rows = [_row(n, s, s, s, s) for n, s in zip("ABCD", ("90", "85", "80", "60"), strict=True)]
    result = rank(rows, WEIGHTS, closely=CLOSELY)
    assert result.robustness is not None
    assert result.robustness.stable
    assert len(result.robustness.scenarios) == 8


def test_robustness_names_the_component_that_would_change_the_three() -> None:
    rows = [_row("A", "90", "90", "90", "90"), _row("B", "85", "85", "85", "85"), _row("C", "100", "70", "70", "75"),
            _row("D", "60", "80", "80", "80")]  # fmt: skip
    robustness = rank(rows, WEIGHTS, closely=CLOSELY).robustness
    assert robustness is not None
    changed = [(s.component, str(s.points)) for s in robustness.scenarios if s.changed]
    assert ("track_record", "-5") in changed
    assert ("track_record", "5") not in changed


def test_a_single_component_has_no_weights_to_trade() -> None:
    assert rank(_single(WAY_KANAN), ASSESSMENT_ONLY, closely=CLOSELY).robustness is None


def test_the_cut_of_three_shows_everybody_who_shares_it() -> None:
    assert [r.candidate for r in rank(_single(WAY_KANAN), ASSESSMENT_ONLY).top(3)] == ["P1", "P2", "P3", "P4"]


def test_an_empty_round_ranks_nobody() -> None:
    assert rank([], WEIGHTS, closely=CLOSELY).ranking == ()


def test_thresholds_come_from_the_rule_set(rules: RuleSet) -> None:
    assert sensitivity(rules) == Sensitivity(3, Decimal("0.50"), Decimal(5))


def test_the_json_has_the_published_shape() -> None:
    mapping = rank(_single({"A": "80.0", "B": None}), ASSESSMENT_ONLY, closely=CLOSELY).to_mapping()
    assert list(mapping) == ["ranking", "ties", "near_ties", "robustness", "sha256"]
    assert mapping["ranking"] == [
        {"candidate": "A", "rank": 1, "total": "80.00", "components": {"assessment": "80.0"}, "status": "ranked"},
        {"candidate": "B", "rank": None, "total": None, "components": {"assessment": None}, "status": "absent"},
    ]
    json.dumps(mapping)


def test_the_hash_covers_inputs_and_method() -> None:
    base = rank(_single(WAY_KANAN), ASSESSMENT_ONLY).sha256
    assert len(base) == 64
    assert rank(_single(dict(reversed(WAY_KANAN.items()))), ASSESSMENT_ONLY).sha256 == base
    assert rank(_single(WAY_KANAN | {"P6": "75.68"}), ASSESSMENT_ONLY).sha256 != base
    assert rank(_single(WAY_KANAN), ASSESSMENT_ONLY, method=RankMethod.DENSE).sha256 != base


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_rows_never_matters(scores: list[Decimal], random: object) -> None:
    rows = [ScoreRow(f"C{i}", {"assessment": s}) for i, s in enumerate(scores)]
    shuffled = rows[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(rows, ASSESSMENT_ONLY) == rank(shuffled, ASSESSMENT_ONLY)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8))
def test_a_competition_rank_is_one_more_than_those_ahead(scores: list[Decimal]) -> None:
    result = rank([ScoreRow(f"C{i}", {"assessment": s}) for i, s in enumerate(scores)], ASSESSMENT_ONLY)
    for ranked in result.ranking:
        assert ranked.total is not None
        assert ranked.rank == 1 + sum(other.total > ranked.total for other in result.ranking if other.total is not None)


def test_a_weight_is_not_shifted_below_zero() -> None:
    weights = {"track_record": Decimal(3), "assessment": Decimal(97)}
    rows = [ScoreRow("A", {"track_record": Decimal(80), "assessment": Decimal(80)})]
    robustness = rank(rows, weights, closely=CLOSELY).robustness
    assert robustness is not None
    assert [(s.component, str(s.points)) for s in robustness.scenarios] == [("track_record", "5"), ("assessment", "-5")]
