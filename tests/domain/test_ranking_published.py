"""Tables of scores as published: weighted points, sums, ties and totals that do not add up."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from domain.scoring.published import AnomalyKind, PublishedRow, anomalies, possible_divisors

WEIGHTS = {"assessment": Decimal(25), "paper": Decimal(20)}


def _row(
    name: str, scores: Mapping[str, str | None], total: str | None = None, rank: int | None = None
) -> PublishedRow:
    given = {c: None if s is None else Decimal(s) for c, s in scores.items()}
    return PublishedRow(name, given, None if total is None else Decimal(total), rank)


def _found(rows: list[PublishedRow], **options: bool) -> list[tuple[AnomalyKind, tuple[str, ...]]]:
    return [(a.kind, a.about) for a in anomalies(rows, WEIGHTS, **options)]  # type: ignore[arg-type]


def test_scores_that_all_fit_into_their_weight_are_weighted_already() -> None:
    rows = [_row("A", {"assessment": "25", "paper": "81"}), _row("B", {"assessment": "21.42", "paper": "10"})]
    assert _found(rows) == [(AnomalyKind.WEIGHTED, ("assessment",))]
    assert _found(rows, already_weighted=True) == []
    (found,) = anomalies(rows, WEIGHTS)
    assert found.message == "Semua nilai assessment tidak lebih dari bobotnya (25): tampaknya sudah dikalikan bobot."
    assert found.message_en.startswith("No score of assessment exceeds its weight (25)")


@pytest.mark.parametrize(("score", "found"), [("25.01", 0), ("0", 0), ("0.01", 1)])
def test_a_score_above_its_weight_or_nothing_is_no_sign(score: str, found: int) -> None:
    assert len(_found([_row("A", {"assessment": score})])) == found


def test_a_component_that_counts_alone_has_no_weight_to_fit_into() -> None:
    assert anomalies([_row("A", {"assessment": "80"})], {"assessment": Decimal(100)}) == ()
    assert anomalies([_row("A", {"other": "80"})], WEIGHTS) == ()


@pytest.mark.parametrize(("score", "found"), [("100", []), ("100.01", [(AnomalyKind.SUM, ("assessment",))])])
def test_a_score_above_a_hundred_is_a_sum(score: str, found: list[object]) -> None:
    assert _found([_row("A", {"assessment": score}), _row("B", {"assessment": None})]) == found
    if found:
        assert "sampai 100.01" in anomalies([_row("A", {"assessment": score})], WEIGHTS)[0].message


def test_a_published_total_must_follow_from_its_components() -> None:
    scores = {"assessment": "80", "paper": "90"}  # 38.00
    assert _found([_row("A", scores, "38.01"), _row("B", scores, "37.99")]) == []
    assert _found([_row("A", scores, "38.02"), _row("B", scores, "37.98")]) == [
        (AnomalyKind.TOTAL, ("A",)),
        (AnomalyKind.TOTAL, ("B",)),
    ]
    message = anomalies([_row("A", scores, "38.02")], WEIGHTS)[0].message
    assert message == "Nilai akhir A diumumkan 38.02; komponennya menghasilkan 38.00."


def test_a_total_of_weighted_points_is_their_sum() -> None:
    rows = [_row("A", {"assessment": "21.42", "paper": "17.15"}, "38.57")]
    assert _found(rows, already_weighted=True) == []
    assert [kind for kind, _ in _found(rows)] == [AnomalyKind.WEIGHTED, AnomalyKind.WEIGHTED]
    wrong = [_row("A", {"assessment": "21.42", "paper": "17.15"}, "39.57")]
    assert _found(wrong, already_weighted=True) == [(AnomalyKind.TOTAL, ("A",))]


def test_a_mixed_table_is_computed_by_what_each_column_is() -> None:
    assert _found([_row("A", {"assessment": "20", "paper": "90"}, "38")]) == [(AnomalyKind.WEIGHTED, ("assessment",))]


@pytest.mark.parametrize(
    "row",
    [
        _row("A", {"assessment": "80", "paper": None}, "99"),
        _row("A", {"assessment": "80", "interview": "80"}, "99"),
        _row("A", {"assessment": "334.5"}, "99"),
        _row("A", {}, "99"),
    ],
)
def test_a_total_that_cannot_be_computed_is_not_judged(row: PublishedRow) -> None:
    assert AnomalyKind.TOTAL not in {kind for kind, _ in _found([row])}


def test_equal_scores_with_different_ranks_are_named() -> None:
    rows = [
        _row("A", {"paper": "82.64"}, rank=3),
        _row("B", {"paper": "82.64"}, rank=4),
        _row("C", {"paper": "70"}, rank=5),
    ]
    assert _found(rows) == [(AnomalyKind.TIE_APART, ("A", "B"))]
    assert anomalies(rows, WEIGHTS)[0].message == "A dan B bernilai sama (82.64), tetapi berperingkat 3 dan 4."


def test_a_shared_rank_of_equal_scores_is_in_order() -> None:
    assert _found([_row("A", {}, "80", 1), _row("B", {}, "80", 1), _row("C", {}, "0", 3)]) == []
    assert _found([_row("B", {}, "79", 1), _row("A", {}, "80", 1)]) == []


def test_a_better_score_with_a_worse_rank_is_named() -> None:
    rows = [_row("B", {}, "82", 2), _row("A", {}, "81", 1), _row("C", {}, None, 3), _row("D", {}, "0")]
    assert _found(rows) == [(AnomalyKind.ORDER, ("A", "B"))]
    assert anomalies(rows, WEIGHTS)[0].message == "A (81) berperingkat 1 di atas B (82)."


def test_a_rank_goes_by_the_total_and_else_by_the_only_score() -> None:
    assert _found([_row("A", {"paper": "70"}, "90", 1), _row("B", {"paper": "80"}, "85", 2)]) == [
        (AnomalyKind.TOTAL, ("A",)),
        (AnomalyKind.TOTAL, ("B",)),
    ]
    several = [
        _row("A", {"paper": "70", "assessment": "80"}, rank=1),
        _row("B", {"paper": "80", "assessment": "81"}, rank=2),
    ]
    assert _found(several) == []


def test_an_empty_table_has_nothing_odd() -> None:
    assert anomalies([], WEIGHTS) == ()


def test_a_divisor_keeps_both_components_on_the_scale() -> None:
    sums, totals = {"A": Decimal(300)}, {"A": Decimal(45)}
    assert possible_divisors(sums, totals, Decimal(25), Decimal(20)) == (3,)  # 100 and 100; at 4: 75 and 131.25
    assert possible_divisors(sums, {"A": Decimal(35)}, Decimal(25), Decimal(20)) == (3, 4, 5)
    assert (
        possible_divisors(
            {"A": Decimal(300), "B": Decimal(301)}, dict.fromkeys("AB", Decimal(45)), Decimal(25), Decimal(20)
        )
        == ()
    )
    assert possible_divisors({"A": Decimal(100)}, {"A": Decimal(20)}, Decimal(25), Decimal(20)) == tuple(range(2, 11))
    assert possible_divisors({"A": Decimal(100)}, {"A": Decimal(20)}, Decimal(25), Decimal(20), most=3) == (2, 3)
