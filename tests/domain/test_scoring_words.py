"""Scoring's refusals, notes and sentences, told whole in both languages, and the figures at their ends."""

import hashlib
import re
from decimal import Decimal
from typing import Any

import pytest

from domain.ranking import RankingError, ScoreRow, rank
from domain.rules import RuleSet
from domain.scoring.competency import CompetencyError, match, standard
from domain.scoring.lottery import LotteryError, commitment, draw, seed_from
from domain.scoring.panel import Combining, combined
from domain.scoring.published import Anomaly, AnomalyKind, PublishedRow, anomalies, possible_divisors
from domain.scoring.statement import statement
from domain.scoring.sway import weight_sway
from domain.scoring.track_record import Criterion, PointsTableError, checked, count_points, table_of
from tests.altered import with_values

D = Decimal


def _scores(**given: str | None) -> dict[str, Decimal | None]:
    return {component: None if score is None else D(score) for component, score in given.items()}


# -- ranking -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "weights", "options", "message"),
    [
        ([ScoreRow("B", _scores(a="1"))] * 2, {"a": D(100)}, {}, "candidate B appears more than once"),
        ([ScoreRow("B", _scores(x="1"))], {"a": D(100)}, {}, "component x has no weight"),
        ([ScoreRow("B", _scores(a="1"))], {"a": D(-1)}, {}, "a weight is negative"),
        (
            [ScoreRow("B", _scores(a="1"))],
            {"a": D(100)},
            {"tie_break": ("p",)},
            "tie-break component p has no scores",
        ),
        (
            [ScoreRow("B", _scores(a="1")), ScoreRow("C", _scores(x="1"))],
            {"a": D(100)},
            {},
            "candidate C has other components than the first",
        ),
        ([ScoreRow("B", _scores(a="100.01"))], {"a": D(50)}, {}, "B: a 100.01 is not between 0 and 100"),
        (
            [ScoreRow("B", _scores(a="50.01"))],
            {"a": D(50)},
            {"already_weighted": True},
            "B: a 50.01 is not between 0 and 50",
        ),
        (
            [ScoreRow("B", _scores(x="100.01"))],
            {"a": D(50)},
            {"already_weighted": True},
            "B: x 100.01 is not between 0 and 100",
        ),
    ],
)
def test_what_cannot_be_ranked_says_why(
    rows: list[ScoreRow], weights: dict[str, Decimal], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(RankingError, match=f"^{re.escape(message)}$"):
        rank(rows, weights, **options)


def test_points_of_a_component_without_weight_are_ranked_as_they_stand() -> None:
    result = rank([ScoreRow("B", _scores(x="100"))], {}, already_weighted=True)
    assert result.ranking[0].total == D(100)


_HASHED = (
    '[{"already_weighted":false,"decimals":2,"method":"competition",%s"tie_break":["a"],"weights":{"a":"60","b":"40"}},'
    '[{"candidate":"A","scores":{"a":"80","b":"70"}},{"candidate":"B","scores":{"a":"80","b":null}}],'
    '{"near_ties":[],"ranking":['
    '{"candidate":"A","components":{"a":"80","b":"70"},"rank":1,"status":"ranked","total":"76.00"},'
    '{"candidate":"B","components":{"a":"80","b":null},"rank":null,"status":"absent","total":null}],'
    '"robustness":null,"sha256":"","ties":[]}]'
)


@pytest.mark.parametrize(("seed", "written"), [("", ""), ("benih", '"seed":"benih",')])
def test_the_hash_of_a_ranking_is_of_its_inputs_method_and_result(seed: str, written: str) -> None:
    """Anybody can take it with `sha256sum`; it stays the same from release to release."""
    rows = [ScoreRow("B", _scores(a="80", b=None)), ScoreRow("A", _scores(a="80", b="70"))]
    found = rank(rows, {"a": D(60), "b": D(40)}, tie_break=("a",), seed=seed)
    assert found.sha256 == hashlib.sha256((_HASHED % written).encode()).hexdigest()


# -- panels, competencies and the track record -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "panel"),
    [(("80.1", "80.2"), "80.15"), (("80.10", "80.31"), "80.21"), (("80", "81"), "80.5")],
)
def test_a_panel_s_score_with_few_decimals_stays_as_it_is(scores: tuple[str, ...], panel: str) -> None:
    assert str(combined([D(score) for score in scores], Combining(decimals=2))) == panel


@pytest.mark.parametrize(
    ("method", "percent", "arithmetic"),
    [("sum", "71.4", "5 / 7 × 100 = 71.4"), ("mean", "66.7", "rata-rata 2 persentase = 66.7")],
)
def test_a_match_has_the_decimals_asked_for(rules: RuleSet, method: str, percent: str, arithmetic: str) -> None:
    chosen = with_values(rules, {"assessment.match.method": method})
    found = match({"a": D(4), "b": D(1)}, {"a": 4, "b": 3}, chosen, decimals=1)
    assert (str(found.percent), found.arithmetic) == (percent, arithmetic)


@pytest.mark.parametrize("required", [0, 6])
def test_a_level_required_outside_the_scale_is_named(rules: RuleSet, required: int) -> None:
    said = f"^perbendaharaan: the required level {required} is not between 1 and 5$"
    with pytest.raises(CompetencyError, match=said):
        standard("pratama", rules, {"perbendaharaan": required})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: checked(()), "the points table is empty"),
        (
            lambda: checked([Criterion("x", {"a": D(1)})] * 2),
            "a criterion stands twice in the points table",
        ),
        (lambda: checked([Criterion("", {"a": D(1)})]), "criterion '' has no name or no level"),
        (lambda: checked([Criterion("x", {"a": D(0)})]), "criterion x gives no points or fewer than none"),
        (lambda: table_of([1]), "a points table is a mapping of criteria"),
        (lambda: table_of({"x": 1}), "criterion x: points by level are expected"),
        (
            lambda: table_of({"x": {"points": {"a": 1}, "adds_up": 1}}),
            "criterion x: only points, adds_up (true or false) and maximum are known",
        ),
        (lambda: count_points({"y": []}, [Criterion("x", {"a": D(1)})]), "y is not in the points table"),
    ],
)
def test_a_table_that_cannot_be_counted_by_says_why(call: Any, message: str) -> None:
    with pytest.raises(PointsTableError, match=f"^{re.escape(message)}$"):
        call()


def test_a_criterion_is_read_whole() -> None:
    summed = {"points": {1: 3}, "adds_up": True, "maximum": 4}
    assert table_of({"x": {"a": "2,5"}, "y": summed, "z": {"points": {"a": 1}}}) == (
        Criterion("x", {"a": D("2.5")}, adds_up=False, maximum=None),
        Criterion("y", {"1": D(3)}, adds_up=True, maximum=D(4)),
        Criterion("z", {"a": D(1)}, adds_up=False, maximum=None),
    )


# -- the lot -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw("", ["A"]), "a lot needs a seed"),
        (lambda: draw("x", ["A", "B", "A"]), "a candidate stands twice in the lot"),
        (lambda: seed_from("", "7345", commitment("")), "the secret and the public value must both be given"),
        (lambda: seed_from("a", "", commitment("a")), "the secret and the public value must both be given"),
        (lambda: seed_from("a", "7345", commitment("b")), "the secret is not the one that was bound"),
    ],
)
def test_a_lot_that_cannot_be_drawn_says_why(call: Any, message: str) -> None:
    with pytest.raises(LotteryError, match=f"^{message}$"):
        call()


# -- published tables --------------------------------------------------------------------------------------------

WEIGHTS = {"assessment": D(25), "paper": D(20)}


def _row(name: str, total: str | None = None, rank_: int | None = None, **scores: str | None) -> PublishedRow:
    return PublishedRow(name, _scores(**scores), None if total is None else D(total), rank_)


@pytest.mark.parametrize(
    ("rows", "anomaly"),
    [
        (
            [_row("A", assessment="100.5")],
            Anomaly(
                AnomalyKind.SUM,
                ("assessment",),
                "Nilai assessment sampai 100.5: jumlah beberapa nilai yang belum dibagi.",
                "Scores of assessment reach 100.5: a sum of several marks that was not divided.",
            ),
        ),
        (
            [_row("A", assessment="25"), _row("B", assessment="20")],
            Anomaly(
                AnomalyKind.WEIGHTED,
                ("assessment",),
                "Semua nilai assessment tidak lebih dari bobotnya (25): tampaknya sudah dikalikan bobot.",
                "No score of assessment exceeds its weight (25): they seem to be multiplied by it already.",
            ),
        ),
        (
            [_row("A", "38.02", assessment="80", paper="90")],
            Anomaly(
                AnomalyKind.TOTAL,
                ("A",),
                "Nilai akhir A diumumkan 38.02; komponennya menghasilkan 38.00.",
                "The total of A was published as 38.02; its components give 38.00.",
            ),
        ),
        (
            [_row("A", rank_=3, paper="82.64"), _row("B", rank_=4, paper="82.64")],
            Anomaly(
                AnomalyKind.TIE_APART,
                ("A", "B"),
                "A dan B bernilai sama (82.64), tetapi berperingkat 3 dan 4.",
                "A and B have equal scores (82.64) but ranks 3 and 4.",
            ),
        ),
        (
            [_row("A", "81", 1), _row("B", "82", 2)],
            Anomaly(
                AnomalyKind.ORDER,
                ("A", "B"),
                "A (81) berperingkat 1 di atas B (82).",
                "A (81) is ranked 1, above B (82).",
            ),
        ),
    ],
)
def test_what_is_odd_about_a_table_is_told_whole(rows: list[PublishedRow], anomaly: Anomaly) -> None:
    assert anomalies(rows, WEIGHTS) == (anomaly,)


def test_totals_are_compared_at_the_decimals_published() -> None:
    rows = [_row("A", "38.3", assessment="81.3", paper="90")]  # 38.325
    assert anomalies(rows, WEIGHTS, decimals=1) == ()
    (total,) = anomalies([_row("A", "38.5", assessment="81.3", paper="90")], WEIGHTS, decimals=1)
    assert total.message_en == "The total of A was published as 38.5; its components give 38.3."


def test_a_divisor_may_leave_nothing_or_everything_to_either_component() -> None:
    assert possible_divisors({"A": D(0)}, {"A": D(20)}, D(25), D(20), most=2) == (1, 2)
    assert possible_divisors({"A": D(100)}, {"A": D(25)}, D(25), D(20), most=2) == (1, 2)
    assert possible_divisors({"A": D(100)}, {"A": D("24.99")}, D(25), D(20), most=2) == (2,)


# -- sentences ---------------------------------------------------------------------------------------------------


def test_components_that_the_law_does_not_name_keep_their_own_name() -> None:
    rows = [ScoreRow("A", _scores(essay="80", sport="60")), ScoreRow("B", _scores(essay="60", sport="80"))]
    weights = {"essay": D(50), "sport": D("50.5")}
    told = statement(rank(rows, weights, tie_break=("sport",)), weights, None)
    assert told.id.startswith("2 peserta diperingkat menurut essay 50% dan sport 50,5%. ")
    assert told.en.startswith("2 candidates were ranked by essay 50% and sport 50.5%. ")
    even = {"essay": D(50), "sport": D(50)}
    tied = statement(rank(rows, even, tie_break=("sport",)), even, None)
    assert tied.id.endswith("1 nilai akhir dicapai lebih dari satu peserta; urutannya diputus menurut sport.")
    assert tied.en.endswith("1 total was reached by more than one candidate; the order was settled by sport.")


def test_limits_of_several_weights_are_joined() -> None:
    weights = {"essay": D(50), "paper": D(50)}
    rows = [ScoreRow("A", _scores(essay="80", paper="60")), ScoreRow("B", _scores(essay="70", paper="69"))]
    ranking = rank(rows, weights)  # 70 against 69.5; level where the essay weighs 45 or the paper 55.56
    sway = weight_sway(rows, weights, ranking, {c: (D(40), D(60)) for c in weights}, 1)
    told = statement(ranking, weights, sway)
    assert told.id.endswith("rentang pedoman: essay di bawah 45% atau makalah di atas 55,55%.")
    assert told.en.endswith("the guideline's ranges: essay below 45% or paper above 55.55%.")
