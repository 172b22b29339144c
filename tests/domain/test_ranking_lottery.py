"""The lot: reproducible by hand, bound before the public value is known, and the last thing that breaks a tie."""

import subprocess
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking import RankMethod, ScoreRow, Sensitivity, rank
from domain.rules import RuleSet
from domain.scoring.lottery import LotteryError, commitment, draw, lottery_allowed, seed_from, ticket
from tests.altered import without

WEIGHTS = {"paper": Decimal(50), "interview": Decimal(50)}
NUMBERS = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=8, unique=True)


def _row(candidate: str, paper: str, interview: str) -> ScoreRow:
    return ScoreRow(candidate, {"paper": Decimal(paper), "interview": Decimal(interview)})


def test_a_ticket_is_what_sha256sum_prints() -> None:
    done = subprocess.run(["sha256sum"], input=b"seed|007", capture_output=True, check=True)
    assert ticket("seed", "007") == done.stdout.decode().split()[0]


def test_the_smallest_ticket_goes_first() -> None:
    drawn = draw("seed", ["A", "B", "C", "D"])
    assert [t.place for t in drawn] == [1, 2, 3, 4]
    assert [t.sha256 for t in drawn] == sorted(ticket("seed", n) for n in "ABCD")
    assert all(ticket("seed", t.candidate) == t.sha256 for t in drawn)


@given(NUMBERS, st.randoms())
def test_the_lot_does_not_depend_on_the_order_in_which_it_is_drawn(numbers: list[str], random) -> None:
    drawn = draw("x", numbers)
    random.shuffle(numbers)
    assert draw("x", numbers) == drawn


def test_every_candidate_is_first_about_equally_often() -> None:
    first = Counter(draw(f"seed {n}", "ABCD")[0].candidate for n in range(4000))
    assert all(850 < count < 1150 for count in first.values())
    assert len(first) == 4


def test_another_seed_gives_another_order() -> None:
    orders = {tuple(t.candidate for t in draw(f"seed {n}", "ABC")) for n in range(60)}
    assert len(orders) == 6


@pytest.mark.parametrize(
    ("seed", "numbers", "message"), [("", ["A"], "needs a seed"), ("x", ["A", "A"], "stands twice")]
)
def test_a_lot_that_nobody_could_trust_is_refused(seed: str, numbers: list[str], message: str) -> None:
    with pytest.raises(LotteryError, match=message):
        draw(seed, numbers)


def test_the_seed_joins_a_bound_secret_and_a_public_value() -> None:
    bound = commitment("rahasia")
    assert seed_from("rahasia", "7345,12", bound) == commitment("rahasia|7345,12")
    assert seed_from("rahasia", "7345,12", f" {bound.upper()}\n") == seed_from("rahasia", "7345,12", bound)


@pytest.mark.parametrize(
    ("secret", "value", "message"),
    [("lain", "7345,12", "not the one that was bound"), ("", "7345,12", "both"), ("rahasia", "", "both")],
)
def test_another_secret_than_the_bound_one_is_refused(secret: str, value: str, message: str) -> None:
    with pytest.raises(LotteryError, match=message):
        seed_from(secret, value, commitment("rahasia"))


def test_a_set_from_before_has_no_lot(rules: RuleSet) -> None:
    assert lottery_allowed(rules)
    assert not lottery_allowed(without(rules, "tie_break.lottery"))


@pytest.mark.parametrize("method", RankMethod)
def test_a_lot_separates_only_what_nothing_else_does(method: RankMethod) -> None:
    rows = [_row("A", "80", "80"), _row("B", "80", "80"), _row("C", "70", "90"), _row("D", "99", "99")]
    result = rank(rows, WEIGHTS, tie_break=("interview",), method=method, seed="seed")
    order = [t.candidate for t in draw("seed", ["A", "B"])]
    assert [(r.candidate, r.rank) for r in result.ranking] == [("D", 1), ("C", 2), (order[0], 3), (order[1], 4)]
    assert result.ties[0].broken_by == ("interview", "lottery")


def test_without_a_seed_equal_candidates_share_a_rank() -> None:
    rows = [_row("A", "80", "80"), _row("B", "80", "80")]
    result = rank(rows, WEIGHTS)
    assert [r.rank for r in result.ranking] == [1, 1]
    assert result.ties[0].broken_by == ()


def test_only_a_seed_changes_the_hash_and_every_seed_does() -> None:
    rows = [_row("A", "80", "80"), _row("B", "70", "80")]
    hashes = {rank(rows, WEIGHTS, seed=seed).sha256 for seed in ("", "x", "y")}
    assert len(hashes) == 3
    assert rank(rows, WEIGHTS, seed="").sha256 == rank(rows, WEIGHTS).sha256


def test_a_close_look_keeps_to_the_lot() -> None:
    rows = [_row(n, "80", "80") for n in "ABCDE"]
    result = rank(rows, WEIGHTS, seed="seed", closely=Sensitivity(3, Decimal("0.5"), Decimal(5)))
    assert result.robustness is not None
    assert result.robustness.stable
    assert [len(s.top) for s in result.robustness.scenarios] == [3, 3, 3, 3]
