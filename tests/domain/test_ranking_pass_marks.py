"""Pass marks and the cut: what missing them does, and who goes on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.ranking import Ranking, RankMethod, ScoreRow, rank
from domain.rules import RuleSet
from domain.scoring.pass_mark import (
    PassMarkError,
    PassMarks,
    PassSystem,
    below,
    cut_to_interview,
    fixed_in_time,
    goes_on,
    judged,
    pass_system,
)
from domain.switches import Switch
from tests.altered import with_values, without

WEIGHTS = {"paper": Decimal(50), "interview": Decimal(50)}
MARKS = {"paper": Decimal(60), "interview": Decimal(70)}


def _ranking(method: RankMethod = RankMethod.COMPETITION, **scores: tuple[str | None, str]) -> Ranking:
    rows = [
        ScoreRow(name, {c: None if s is None else Decimal(s) for c, s in zip(WEIGHTS, given, strict=True)})
        for name, given in scores.items()
    ]
    return rank(rows, WEIGHTS, method=method)


def _judged(ranking: Ranking, marks: PassMarks) -> dict[str, tuple[bool, tuple[str, ...]]]:
    return {p.candidate: (p.passed, p.missed) for p in judged(ranking, marks)}


def test_a_score_at_its_mark_is_not_below_it() -> None:
    assert below({"paper": Decimal(60), "interview": Decimal("69.99")}, MARKS) == ("interview",)
    assert below({"paper": Decimal("59.99"), "interview": Decimal(70)}, MARKS) == ("paper",)
    assert below({"paper": None, "interview": Decimal(80), "other": Decimal(1)}, MARKS) == ()


def test_in_the_knock_out_system_one_component_below_its_mark_is_enough() -> None:
    ranking = _ranking(A=("60", "70"), B=("59.99", "100"), C=("50", "60"), Z=(None, "99"))
    assert _judged(ranking, PassMarks(MARKS)) == {
        "A": (True, ()),
        "B": (False, ("paper",)),
        "C": (False, ("paper", "interview")),
        "Z": (False, ("absent",)),
    }


def test_in_the_cumulative_system_only_the_total_counts() -> None:
    ranking = _ranking(A=("60", "80"), B=("40", "100"), C=("69.99", "69.99"), Z=(None, "99"))
    assert _judged(ranking, PassMarks(MARKS, Decimal(70), PassSystem.CUMULATIVE)) == {
        "A": (True, ()),
        "B": (True, ("paper",)),
        "C": (False, ("interview", "total")),
        "Z": (False, ("absent",)),
    }


def test_a_mark_of_the_total_counts_in_the_knock_out_system_as_well() -> None:
    ranking = _ranking(A=("60", "80"), B=("60", "79.98"))
    assert _judged(ranking, PassMarks({}, Decimal(70))) == {"A": (True, ()), "B": (False, ("total",))}


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        (PassMarks({"height": Decimal(60)}), "height has a pass mark and no scores"),
        (PassMarks({"paper": Decimal("100.01")}), "pass mark of paper, 100.01, is not between 0 and 100"),
        (PassMarks({"paper": Decimal("-0.01")}), "not between"),
        (PassMarks({"paper": Decimal("NaN")}), "not between"),
        (PassMarks({}, Decimal(101)), "pass mark of total, 101"),
    ],
)
def test_a_mark_that_nobody_could_reach_or_miss_is_refused(marks: PassMarks, message: str) -> None:
    with pytest.raises(PassMarkError, match=message):
        judged(_ranking(A=("60", "70")), marks)


def test_marks_at_the_ends_are_accepted() -> None:
    assert _judged(_ranking(A=("0", "100")), PassMarks({"paper": Decimal(0), "interview": Decimal(100)})) == {
        "A": (True, ())
    }


def test_nobody_is_judged_where_nobody_is_left() -> None:
    assert judged(rank([], WEIGHTS), PassMarks(MARKS)) == ()


def test_without_a_cut_all_who_passed_go_on_in_order_of_rank() -> None:
    ranking = _ranking(A=("60", "70"), B=("90", "90"), C=("10", "99"))
    assert goes_on(ranking, judged(ranking, PassMarks(MARKS)), None) == ("B", "A")


@pytest.mark.parametrize(("cut", "names"), [(1, "B"), (2, "BCD"), (3, "BCD"), (4, "BCDE"), (9, "BCDE")])
@pytest.mark.parametrize("method", RankMethod)
def test_a_cut_keeps_those_who_share_the_last_place(method: RankMethod, cut: int, names: str) -> None:
    ranking = _ranking(method, A=("10", "99"), B=("90", "90"), C=("80", "80"), D=("80", "80"), E=("70", "70"))
    assert goes_on(ranking, judged(ranking, PassMarks({"paper": Decimal(60)})), cut) == tuple(names)


def test_whoever_missed_a_mark_takes_no_place_under_the_cut() -> None:
    ranking = _ranking(A=("50", "99"), B=("70", "70"), C=("69", "69"))
    passings = judged(ranking, PassMarks({"paper": Decimal(60)}))
    assert [r.candidate for r in ranking.ranking] == ["A", "B", "C"]
    assert goes_on(ranking, passings, 1) == ("B",)


def test_the_cut_comes_from_the_rule_set(rules: RuleSet) -> None:
    assert cut_to_interview(rules) is None
    assert cut_to_interview(with_values(rules, {"cut.to_interview": 5})) == 5
    assert cut_to_interview(with_values(rules, {"cut.to_interview": 0})) == 1


def test_a_set_from_before_the_switch_cuts_nobody(rules: RuleSet) -> None:
    old = replace(with_values(rules, {"cut.to_interview": 5}), switches=rules.switches - {Switch.WHOLE_SELECTION})
    assert cut_to_interview(old) is None


def test_a_set_from_before_knocks_out_and_fixes_marks_at_the_announcement(rules: RuleSet) -> None:
    old = without(rules, "pass_mark.system", "pass_mark.fixed_before")
    at = datetime(2026, 11, 21, tzinfo=UTC)
    assert pass_system(old) is PassSystem.KNOCKOUT
    assert not fixed_in_time(at, at, None, old)
    assert fixed_in_time(at - timedelta(seconds=1), at, None, old)


def test_while_the_seals_are_closed_marks_may_still_be_fixed_where_the_rule_says_so(rules: RuleSet) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    assert fixed_in_time(at, at, None, with_values(rules, {"pass_mark.fixed_before": "opening"}))
