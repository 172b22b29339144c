"""Boundaries of achievement and rating."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from boundary import Side, boundary

from domain.achievement import achieve, cap, mean_warnings
from domain.indicator import Indicator, parse_indicator
from domain.oddities import far_side, implausible, less_is_better, unit_gap
from domain.organisation import OrgRating, results_of, spread_findings, takes_org_results
from domain.rating import (
    numeric_rating,
    numeric_score,
    propose_results,
    rating,
    rating_called,
    warns_early,
)
from domain.rules import RuleSet
from domain.words import Behaviour, Rating, Results, VacancyKind

D = Decimal

# -- achievement -------------------------------------------------------------------------------------------------


def _indicator(name: str = "x", polarity: str = "maximize", target: str = "100", actual: str = "100") -> Indicator:
    return parse_indicator(indicator=name, polarity=polarity, target=target, actual=actual)


def _achievement(rules: RuleSet, polarity: str, target: str, actual: str) -> Decimal | None:
    return achieve(_indicator("x", polarity, target, actual), rules).achievement


@boundary("selter.achievement.cap", Side(120, kept="120", broken="120.01"), Side(100, kept="100", broken="100.01"))
def counts_in_full(rules: RuleSet, actual: str) -> bool:
    assert cap(rules) > 0
    return achieve(_indicator(actual=actual), rules).capped == D(actual)


@boundary(
    "selter.achievement.implausible_percent",
    Side(150, kept="150.00", broken="150.01"),
    Side(200, kept="200", broken="200.005"),
)
def plausible(rules: RuleSet, percent: str) -> bool:
    return not implausible(Fraction(percent), rules)


@boundary(
    "selter.achievement.unit_mismatch_factor", Side(50, kept="49.99", broken="50"), Side(10, kept="9.99", broken="10")
)
def same_unit(rules: RuleSet, times: str) -> bool:
    by_itself, by_other = unit_gap(D(times), D(1), rules), unit_gap(D(-1), D(times), rules)
    assert by_itself == by_other
    return by_itself is None


@boundary(
    "selter.achievement.far_side_percent", Side(20, kept="20", broken="19.99"), Side(30, kept="30", broken="29.99")
)
def on_this_side(rules: RuleSet, percent: str) -> bool:
    return not far_side(D(percent), rules)


_BAD_WORDS = (
    "kemiskinan", "stunting", "wasting", "gizi buruk", "kematian", "kesakitan", "pengangguran", "kasus", "kecelakaan",
    "kriminalitas", "kejahatan", "pelanggaran", "keluhan", "pengaduan", "inflasi", "prevalensi", "insidensi",
    "putus sekolah", "buta aksara", "kebakaran", "ketimpangan", "gini", "kumuh", "tunggakan", "keterlambatan", "korban",
    "emisi", "kebocoran",
)  # fmt: skip
_TURNING_WORDS = (
    "penurunan", "menurunnya", "menurunkan", "pengurangan", "berkurangnya", "penanganan", "ditangani", "tertangani",
    "penyelesaian", "diselesaikan", "terselesaikan", "selesai", "pencegahan", "dicegah", "penanggulangan",
    "pengendalian", "ditindaklanjuti", "tindak lanjut", "bebas", "pengentasan", "pelayanan", "layanan", "dilayani",
    "cakupan", "penemuan", "ditemukan", "pengungkapan", "terungkap", "pengobatan", "diobati", "kesembuhan", "sembuh",
    "rehabilitasi", "penerima", "menerima", "ketahanan",
)  # fmt: skip


@boundary(
    "selter.achievement.minimize_words",
    Side(_BAD_WORDS, kept="Angka Kemiskinan", broken="Angka harapan hidup"),
    Side(("sampah",), kept="Timbulan sampah", broken="Angka Kemiskinan"),
)
@boundary(
    "selter.achievement.turning_words",
    Side(_TURNING_WORDS, kept="Kasus yang viral", broken="Kasus yang diselesaikan"),
    Side(("viral",), kept="Kasus yang diselesaikan", broken="Kasus yang viral"),
)
def should_fall(rules: RuleSet, name: str) -> bool:
    return less_is_better(name, rules)


@boundary(
    "selter.achievement.zero_target.maximize",
    Side("undefined", kept=("0", None), broken=("0", "100.00")),
    Side("all_or_nothing", kept=("0", "100.00"), broken=("-1", "100.00")),
)
def maximized_from_zero(rules: RuleSet, probe: tuple[str, str | None]) -> bool:
    actual, percent = probe
    return _achievement(rules, "maximize", "0", actual) == (None if percent is None else D(percent))


@boundary(
    "selter.achievement.zero_target.minimize",
    Side("all_or_nothing", kept=("0", "100.00"), broken=("0.01", "100.00")),
    Side("undefined", kept=("0", None), broken=("0.01", "0.00")),
)
def minimized_to_zero(rules: RuleSet, probe: tuple[str, str | None]) -> bool:
    actual, percent = probe
    return _achievement(rules, "minimize", "0", actual) == (None if percent is None else D(percent))


@boundary(
    "selter.achievement.zero_target.range",
    Side("undefined", kept=("0.01", None), broken=("0", None)),
    Side("all_or_nothing", kept=("0.01", "0.00"), broken=("0", "0.00")),
)
def beside_a_range_to_zero(rules: RuleSet, probe: tuple[str, str | None]) -> bool:
    actual, percent = probe
    return _achievement(rules, "range", "-5..0", actual) == (None if percent is None else D(percent))


@boundary(
    "selter.achievement.negative_target",
    Side("quotient", kept=("-3", "-1"), broken=("-1", "-3")),
    Side("distance", kept=("-1", "-3"), broken=("-3", "-1")),
)
def counts_for_more(rules: RuleSet, actuals: tuple[str, str]) -> bool:
    more, less = (_achievement(rules, "maximize", "-2", actual) for actual in actuals)
    assert more is not None
    assert less is not None
    return more > less


# -- rating ------------------------------------------------------------------------------------------------------


@boundary(
    "selter.results.above_percent", Side(110, kept="110", broken="109.99"), Side(105, kept="105", broken="104.99")
)
def above_expectation(rules: RuleSet, mean: str) -> bool:
    return propose_results(D(mean), rules) is Results.ABOVE


@boundary("selter.results.expected_percent", Side(90, kept="90", broken="89.99"), Side(80, kept="80", broken="79.99"))
def as_expected(rules: RuleSet, mean: str) -> bool:
    proposed = propose_results(D(mean), rules) is Results.AS_EXPECTED
    low = achieve(_indicator(actual="10"), rules)
    hidden = [w.code for w in mean_warnings([low], D(mean), rules)] == ["mean-hides-miss"]
    assert hidden is proposed
    return proposed


@boundary("selter.early_warning.percent", Side(80, kept="79.99", broken="80"), Side(70, kept="69.99", broken="70"))
def warned(rules: RuleSet, mean: str) -> bool:
    return warns_early(D(mean), rules)


_MATRIX = (
    "above:above=very_good", "above:as_expected=good", "above:below=poor", "as_expected:above=good",
    "as_expected:as_expected=good", "as_expected:below=poor", "below:above=needs_improvement",
    "below:as_expected=needs_improvement", "below:below=very_poor",
)  # fmt: skip


@boundary(
    "rating.matrix",
    Side(_MATRIX, kept=Behaviour.ABOVE, broken=Behaviour.AS_EXPECTED),
    Side(
        tuple(cell.replace("above:as_expected=good", "above:as_expected=very_good") for cell in _MATRIX),
        kept=Behaviour.AS_EXPECTED,
        broken=Behaviour.BELOW,
    ),
)
def very_good(rules: RuleSet, behaviour: Behaviour) -> bool:
    return rating(Results.ABOVE, behaviour, rules) is Rating.VERY_GOOD


@boundary(
    "rating.unit_head_uses_org_achievement",
    Side(True, kept=(VacancyKind.HEAD_OF_AGENCY, True), broken=(VacancyKind.STAFF_EXPERT, True)),
    Side(False, kept=(VacancyKind.HEAD_OF_AGENCY, False), broken=(VacancyKind.HEAD_OF_AGENCY, True)),
)
def rests_on_the_organisation(rules: RuleSet, probe: tuple[VacancyKind, bool]) -> bool:
    kind, expected = probe
    return takes_org_results(kind, rules) is expected


_ORG = ("outstanding=above", "good=as_expected", "needs_improvement=below", "poor=below", "very_poor=below")


@boundary(
    "rating.org_results",
    Side(_ORG, kept=OrgRating.GOOD, broken=OrgRating.NEEDS_IMPROVEMENT),
    Side(
        (*_ORG[:2], "needs_improvement=as_expected", *_ORG[3:]), kept=OrgRating.NEEDS_IMPROVEMENT, broken=OrgRating.POOR
    ),
)
def head_as_expected(rules: RuleSet, organisation: OrgRating) -> bool:
    return results_of(organisation, rules) is Results.AS_EXPECTED


_SPREAD = (
    "outstanding:very_good=..70", "good:good=..70", "good:needs_improvement+poor=some",
    "needs_improvement:needs_improvement=60..", "needs_improvement:very_good=..10", "poor:poor=60..",
    "poor:needs_improvement=10..", "poor:very_good=..10", "very_poor:very_poor=60..",
    "very_poor:needs_improvement+poor=10..", "very_poor:very_good=..0",
)  # fmt: skip


@boundary(
    "rating.org_spread",
    Side(_SPREAD, kept={Rating.VERY_GOOD: 70, Rating.GOOD: 30}, broken={Rating.VERY_GOOD: 71, Rating.GOOD: 29}),
    Side(
        ("outstanding:very_good=..50",),
        kept={Rating.VERY_GOOD: 50, Rating.GOOD: 50},
        broken={Rating.VERY_GOOD: 51, Rating.GOOD: 49},
    ),
)
def spread_of_an_outstanding_unit(rules: RuleSet, people: Mapping[Rating, int]) -> bool:
    return not spread_findings(OrgRating.OUTSTANDING, people, rules)


@boundary(
    "rating.numeric.bounds",
    Side(("very_good=110", "good=90", "needs_improvement=70", "poor=50"), kept="90", broken="89.99"),
    Side(("very_good=110", "good=91", "needs_improvement=70", "poor=50"), kept="91", broken="90.99"),
)
def good_by_number(rules: RuleSet, score: str) -> bool:
    return numeric_rating(D(score), rules, new_idea=False) is Rating.GOOD


@boundary("rating.numeric.highest", Side(120, kept="120", broken="120.01"), Side(110, kept="110", broken="110.01"))
def a_score_at_all(rules: RuleSet, score: str) -> bool:
    try:
        return numeric_rating(D(score), rules, new_idea=True) is Rating.VERY_GOOD
    except ValueError:
        return False


@boundary("rating.numeric.new_idea_required", Side(True, kept=True, broken=False), Side(False, kept=False, broken=None))
def very_good_by_number(rules: RuleSet, new_idea: bool | None) -> bool:
    score = D("109.99") if new_idea is None else D(110)
    return numeric_rating(score, rules, new_idea=bool(new_idea)) is Rating.VERY_GOOD


@boundary(
    "rating.numeric.weights",
    Side(("results=70", "behaviour=30"), kept="97", broken="96"),
    Side(("results=90", "behaviour=10"), kept="99", broken="97"),
)
def weighed_score(rules: RuleSet, score: str) -> bool:
    return numeric_score(D(100), D(90), rules, peers=False) == D(score)


@boundary(
    "rating.numeric.weights_with_peers",
    Side(("results=60", "behaviour=40"), kept="96", broken="97"),
    Side(("results=50", "behaviour=50"), kept="95", broken="96"),
)
def weighed_score_with_peers(rules: RuleSet, score: str) -> bool:
    return numeric_score(D(100), D(90), rules, peers=True) == D(score)


_WORDS = (
    "sangat baik=very_good", "baik=good", "butuh perbaikan=needs_improvement", "cukup=needs_improvement", "kurang=poor",
    "misconduct=poor", "kurang/misconduct=poor", "sangat kurang=very_poor",
)  # fmt: skip


@boundary(
    "rating.words",
    Side(_WORDS, kept=" Butuh  Perbaikan", broken="Kurang"),
    Side(("kurang=needs_improvement", "cukup=good"), kept="KURANG", broken="Cukup"),
)
def needs_improvement(rules: RuleSet, word: str) -> bool:
    return rating_called(word, rules) is Rating.NEEDS_IMPROVEMENT
