"""How much one assessor's sheet matters: exact, and checked against trying it out."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.scoring.influence import Influence, influence
from domain.scoring.panel import SETTLED, Combining, PanelMethod, PanelSheet

WEIGHTS = {"paper": Decimal(40), "interview": Decimal(60)}
POINTS = st.integers(0, 20).map(lambda n: Decimal(n * 5))


def _sheets(component: str = "interview", **scores: Sequence[str | None]) -> list[PanelSheet]:
    return [
        PanelSheet(candidate, component, assessor, None if score is None else Decimal(score))
        for candidate, given in scores.items()
        for assessor, score in zip("xyzuv", given, strict=False)
    ]


def _look(
    sheets: Sequence[PanelSheet], places: int = 1, method: PanelMethod = PanelMethod.MEAN, decimals: int | None = None
) -> Influence:
    return influence(sheets, WEIGHTS, Combining(method, decimals=decimals), places)


def test_an_assessor_left_out_may_change_the_first() -> None:
    found = _look(_sheets(A=("90", "70", "70"), B=("70", "75", "75")))
    assert [(w.assessor, w.top, w.changed) for w in found.without] == [
        ("x", ("B",), True),
        ("y", ("A",), False),
        ("z", ("A",), False),
    ]
    assert not found.stable


def test_equal_totals_share_the_first_place() -> None:
    found = _look(_sheets(A=("80", "80"), B=("70", "80"), C=("10", "10")))
    assert [(w.assessor, w.top, w.changed) for w in found.without] == [("x", ("A", "B"), True), ("y", ("A",), False)]


def test_where_the_last_place_is_shared_any_difference_decides() -> None:
    found = _look(_sheets(A=("80", "80"), B=("70", "90"), C=("10", "10")))
    assert (found.level, found.smallest) == (True, None)
    assert not _look(_sheets(A=("80", "80"), B=("70", "90"), C=("10", "10")), places=2).level


def test_an_assessor_on_whom_a_score_rests_cannot_be_left_out() -> None:
    found = _look([*_sheets(A=("90", "70")), *_sheets(B=("70",))])
    assert [(w.assessor, w.top, w.changed) for w in found.without] == [("x", None, False), ("y", ("A",), False)]
    assert found.stable


def test_the_smallest_change_in_one_sheet_is_exact() -> None:
    found = _look(_sheets(A=("90", "80", "70"), B=("70", "70", "80"))).smallest  # 80 and 73.33…
    assert found is not None
    assert abs(found.points) == 20
    assert (found.sheet.candidate, found.sheet.assessor, found.points) == ("A", "x", -20)


def test_a_change_is_stated_large_enough() -> None:
    found = _look([*_sheets(A=("80", "80")), *_sheets("paper", A=("50",)),
                   *_sheets(B=("79.99", "80")), *_sheets("paper", B=("50",))]).smallest  # fmt: skip
    assert found is not None
    assert (found.sheet.component, found.points) == ("paper", Fraction(-3, 400))
    assert found.least == Decimal("0.01")
    thirds = _look([*_sheets(A=("80", "80")), *_sheets("paper", A=("50",)),
                    *_sheets(B=("80", "80")), *_sheets("paper", B=("49.99",))]).smallest  # fmt: skip
    assert thirds is not None
    assert (abs(thirds.points), thirds.least) == (Fraction(1, 100), Decimal("0.01"))
    interview_only = _look([*_sheets(A=("80", "80")), *_sheets("paper", A=(None,))])
    assert interview_only.smallest is None


def test_a_fraction_of_a_hundredth_is_rounded_up() -> None:
    settled = [PanelSheet("A", "paper", SETTLED, Decimal(50)), PanelSheet("B", "paper", SETTLED, Decimal("49.99"))]
    found = _look([*_sheets(A=("80",), B=("80",)), *settled]).smallest
    assert found is not None
    assert abs(found.points) == Fraction(1, 150)  # 0.01 * 40 / 60
    assert found.least == Decimal("0.01")


def test_no_sheet_can_give_more_than_a_hundred_or_less_than_nothing() -> None:
    assert _look(_sheets(A=("100", "100", "100"), B=("60", "60", "60"))).smallest is None
    edge = _look(_sheets(A=("100", "100"), B=("50", "50"))).smallest
    assert edge is not None
    assert (edge.sheet.candidate, edge.points) == ("A", -100)


def test_under_a_median_one_sheet_moves_the_score_only_between_its_neighbours() -> None:
    sheets = _sheets(A=("90", "80", "70"), B=("60", "65", "85"))
    found = _look(sheets, method=PanelMethod.MEDIAN).smallest  # 80 and 65: A cannot fall that far
    assert found is not None
    assert (found.sheet.candidate, found.sheet.assessor, found.points) == ("B", "y", 15)
    not_enough = _sheets(A=("90", "80", "70"), B=("60", "65", "79"))
    assert _look(not_enough, method=PanelMethod.MEDIAN).smallest is None


def test_under_a_median_one_sheet_may_not_be_enough() -> None:
    assert _look(_sheets(A=("90", "90", "90"), B=("60", "60", "60")), method=PanelMethod.MEDIAN).smallest is None


def test_under_a_trimmed_mean_the_extremes_do_not_count() -> None:
    found = _look(_sheets(A=("0", "80", "82", "100"), B=("80", "80", "80", "80")), method=PanelMethod.TRIMMED)
    assert found.smallest is not None
    assert (found.smallest.sheet.assessor, found.smallest.points) == ("y", -2)  # 81 against 80


def test_a_settled_score_is_nobodys_sheet() -> None:
    settled = [PanelSheet("A", "paper", SETTLED, Decimal(80)), PanelSheet("B", "paper", SETTLED, Decimal(70))]
    found = _look([*_sheets(A=("80", "80"), B=("80", "80")), *settled])
    assert [w.assessor for w in found.without] == ["x", "y"]
    assert found.smallest is not None
    assert found.smallest.sheet.component == "interview"
    assert abs(found.smallest.points) == Fraction(40, 3)  # 10 * 40 / 60 * 2


def test_absent_candidates_do_not_compete() -> None:
    found = _look([*_sheets(A=("80", "80"), B=(None, None)), *_sheets("paper", A=("80",), B=("100",))])
    assert found.smallest is None
    assert found.without[0].top is None


def test_without_weight_a_sheet_changes_nothing() -> None:
    found = influence(_sheets("paper", A=("80",), B=("70",)), {"paper": Decimal(0)}, Combining(), 1)
    assert found.smallest is None


def test_nobody_is_influenced_where_nobody_scored() -> None:
    assert influence([], WEIGHTS, Combining(), 3) == Influence(3, (), None, level=False)


@pytest.mark.parametrize("method", PanelMethod)
@settings(deadline=None)
@given(scores=st.lists(st.lists(POINTS, min_size=4, max_size=5), min_size=2, max_size=5))
def test_after_the_smallest_change_somebody_is_level_and_before_it_nobody(
    method: PanelMethod, scores: list[list[Decimal]]
) -> None:
    sheets = [
        PanelSheet(f"C{i}", "paper", a, s)
        for i, given in enumerate(scores)
        for a, s in zip("xyzuv", given, strict=False)
    ]
    found = influence(sheets, {"paper": Decimal(100)}, Combining(method), 1).smallest
    base = _first(sheets, method)
    assume(found is not None)
    assert found is not None
    for share, changed in ((Fraction(1), True), (Fraction(99, 100), False)):
        moved = [(s, Fraction(s.score or 0) + (share * found.points if s is found.sheet else 0)) for s in sheets]
        assert (_first_of(moved, method) != base) is changed


def _first(sheets: Sequence[PanelSheet], method: PanelMethod) -> frozenset[str]:
    return _first_of([(sheet, Fraction(sheet.score or 0)) for sheet in sheets], method)


def _first_of(scored: Sequence[tuple[PanelSheet, Fraction]], method: PanelMethod) -> frozenset[str]:
    """The candidates with the best panel score, each method in its own words."""
    panels = {}
    for name in {sheet.candidate for sheet, _ in scored}:
        given = sorted(score for sheet, score in scored if sheet.candidate == name)
        if method is PanelMethod.MEDIAN:
            given = [given[(len(given) - 1) // 2], given[len(given) // 2]]
        elif method is PanelMethod.TRIMMED:
            given = given[1:-1]
        panels[name] = sum(given, Fraction(0)) / len(given)
    return frozenset(name for name, panel in panels.items() if panel == max(panels.values()))
