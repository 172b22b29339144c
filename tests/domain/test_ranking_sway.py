"""How far weights may move before the first places change: exact, and checked against trying it out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ranking import ScoreRow, rank
from domain.scoring.sway import Span, Sway, weight_sway

EVEN = {"x": Decimal(50), "y": Decimal(50)}
WIDE = {"x": (Decimal(20), Decimal(80)), "y": (Decimal(20), Decimal(80))}
POINTS = st.integers(0, 20).map(lambda n: Decimal(n * 5))


def _rows(**scores: tuple[str, ...]) -> list[ScoreRow]:
    return [
        ScoreRow(name, {c: Decimal(s) for c, s in zip(("x", "y", "z"), given, strict=False)})
        for name, given in scores.items()
    ]


def _sway(
    rows: Sequence[ScoreRow],
    weights: Mapping[str, Decimal] = EVEN,
    spans: Mapping[str, Span] = WIDE,
    places: int = 1,
    **options: bool,
) -> Sway:
    found = weight_sway(rows, weights, rank(rows, weights, **options), spans, places, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_weight_moves_to_where_somebody_outside_draws_level() -> None:
    found = _sway(_rows(A=("60", "80"), B=("80", "55")))  # A 70, B 67.5; level where x weighs 62.5 or y 40
    x, y = found.weights
    assert (x.holds_from, x.holds_to, x.held) == (20, Fraction(125, 2), (Decimal("20.00"), Decimal("62.50")))
    assert (y.holds_from, y.holds_to) == (40, 80)
    assert not x.free
    assert not y.free
    assert not found.holds
    assert not found.level


def test_what_holds_is_rounded_towards_the_weight() -> None:
    x = _sway(_rows(A=("70", "81"), B=("100", "50"))).weights[0]  # level where 30x = 31 * 50
    assert x.holds_to == Fraction(155, 3)
    assert x.held[1] == Decimal("51.66")
    y = _sway(_rows(A=("70", "81"), B=("100", "50"))).weights[1]  # level where 31y = 30 * 50
    assert y.holds_from == Fraction(1500, 31)
    assert y.held[0] == Decimal("48.39")


def test_a_leader_in_everything_leads_with_any_weights() -> None:
    found = _sway(_rows(A=("80", "80"), B=("79", "79"), C=("79.99", "0")))
    assert found.holds
    assert found.otherwise is None
    assert all(w.free for w in found.weights)
    assert [(w.holds_from, w.holds_to) for w in found.weights] == [(20, 80), (20, 80)]


def test_weights_are_named_at_which_the_first_would_change() -> None:
    rows = _rows(A=("60", "80"), B=("80", "55"))
    found = _sway(rows)
    assert found.otherwise == {"x": 80, "y": 20}
    assert rank(rows, found.otherwise).top(1)[0].candidate == "B"


def test_two_weights_together_may_change_what_none_does_alone() -> None:
    rows = _rows(A=("60", "80"), B=("80", "59"))  # A leads by 0.5; level at x = 52.5 or y = 47.62
    narrow = {"x": (Decimal(50), Decimal("51.5")), "y": (Decimal("48.5"), Decimal(50))}
    found = _sway(rows, spans=narrow)
    assert all(w.free for w in found.weights)
    assert found.otherwise == {"x": Decimal("51.5"), "y": Decimal("48.5")}


def test_drawing_level_at_the_very_end_is_a_change() -> None:
    rows = _rows(A=("60", "80"), B=("80", "55"))
    found = _sway(rows, spans={"x": (Decimal(50), Decimal("62.5"))})
    assert found.weights[0].free
    assert found.otherwise == {"x": Decimal("62.5"), "y": 50}
    assert _sway(rows, spans={"x": (Decimal(50), Decimal("62.49"))}).holds


def test_a_component_without_a_range_stays_and_a_weight_outside_its_range_stretches_it() -> None:
    found = _sway(_rows(A=("80", "80"), B=("70", "70")), spans={"x": (Decimal(15), Decimal(20))})
    assert [w.lawful for w in found.weights] == [(15, 50), (50, 50)]


def test_where_the_edge_is_shared_nothing_may_move() -> None:
    rows = _rows(A=("60", "80"), B=("80", "60"), C=("0", "0"))
    ranking = rank(rows, EVEN, tie_break=("x",))
    found = weight_sway(rows, EVEN, ranking, WIDE, 1)
    assert found is not None
    assert found.level
    assert not found.holds
    assert [(w.holds_from, w.holds_to) for w in found.weights] == [(50, 50), (50, 50)]


@pytest.mark.parametrize("second", [("80", "60"), ("60", "80")])
def test_where_candidates_share_the_last_place_nothing_is_sure(second: tuple[str, str]) -> None:
    rows = _rows(A=("60", "80"), B=second, C=("0", "0"))
    found = _sway(rows)
    assert (found.level, found.holds) == (True, False)
    assert [(w.holds_from, w.holds_to) for w in found.weights] == [(50, 50), (50, 50)]
    assert not _sway(rows, places=2).level
    assert _sway(rows[:2]).level


def test_when_all_are_inside_nothing_can_change() -> None:
    found = _sway(_rows(A=("60", "80"), B=("80", "55")), places=2)
    assert found.holds
    assert [(w.holds_from, w.holds_to) for w in found.weights] == [(20, 80), (20, 80)]


def test_weighted_points_are_weighed_by_what_they_were_weighted_with() -> None:
    raw = _sway(_rows(A=("60", "80"), B=("80", "55")))
    points = _rows(A=("30", "40"), B=("40", "27.5"))
    assert _sway(points, already_weighted=True) == raw


def test_absent_candidates_do_not_compete() -> None:
    rows = [*_rows(A=("60", "80"), B=("50", "55")), ScoreRow("Z", {"x": Decimal(100), "y": None})]
    assert _sway(rows).holds


@pytest.mark.parametrize(
    ("rows", "weights"),
    [
        ([], EVEN),
        ([ScoreRow("Z", {"x": None, "y": None})], EVEN),
        (_rows(A=("1", "1")), {"x": Decimal(100)}),
        (_rows(A=("1", "1")), {"x": Decimal(100), "y": Decimal(0)}),
    ],
)
def test_without_somebody_ranked_or_a_weight_there_is_nothing_to_say(
    rows: list[ScoreRow], weights: dict[str, Decimal]
) -> None:
    ranking = rank(rows, {"x": Decimal(50), "y": Decimal(50)})
    assert weight_sway(rows, weights, ranking, WIDE, 1) is None


def _first(rows: Sequence[ScoreRow], weights: Mapping[str, Fraction], places: int) -> frozenset[str]:
    """Who is among the first by exact totals: fewer than `places` are ahead of him."""
    totals = {r.candidate: sum((Fraction(r.scores[c] or 0) * w for c, w in weights.items()), Fraction(0)) for r in rows}
    return frozenset(n for n, total in totals.items() if sum(other > total for other in totals.values()) < places)


@settings(deadline=None)
@given(st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=4, max_size=8), st.integers(1, 3))
def test_inside_the_limits_the_first_are_the_same_and_at_a_limit_they_are_not(
    scores: list[tuple[Decimal, ...]], places: int
) -> None:
    rows = [ScoreRow(f"C{i}", dict(zip("xyz", given, strict=True))) for i, given in enumerate(scores)]
    weights = {"x": Decimal(20), "y": Decimal(35), "z": Decimal(45)}
    spans = {c: (weight - 15, weight + 15) for c, weight in weights.items()}
    found = _sway(rows, weights, spans, places)
    exact = {c: Fraction(w) for c, w in weights.items()}
    base = _first(rows, exact, places)
    if found.level:
        assert all(w.holds_from == w.holds_to == w.weight for w in found.weights)
        return
    for moved in found.weights:
        for end, limit in zip(moved.lawful, (moved.holds_from, moved.holds_to), strict=True):
            between = (limit + Fraction(moved.weight)) / 2
            assert _first(rows, exact | {moved.component: between}, places) == base
            if limit != end:
                assert _first(rows, exact | {moved.component: limit}, places) != base


@settings(deadline=None)
@given(st.lists(st.tuples(POINTS, POINTS), min_size=3, max_size=8), st.integers(1, 2))
def test_holding_everywhere_is_holding_at_every_weight_tried(scores: list[tuple[Decimal, ...]], places: int) -> None:
    rows = [ScoreRow(f"C{i}", dict(zip("xy", given, strict=True))) for i, given in enumerate(scores)]
    found = _sway(rows, places=places)
    base = _first(rows, {"x": Fraction(50), "y": Fraction(50)}, places)
    tried = [(Fraction(x), Fraction(y)) for x in range(20, 81, 5) for y in range(20, 81, 5)]
    same = all(_first(rows, {"x": x, "y": y}, places) == base for x, y in tried)
    assert found.holds is (same and not found.level)
    assert found.level is (len(base) > places)
    if found.otherwise is not None and not found.level:
        assert _first(rows, {c: Fraction(w) for c, w in found.otherwise.items()}, places) != base
