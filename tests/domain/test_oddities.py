"""What looks odd about an achievement, told whole: code, both languages, and the parameter that asks."""

from decimal import Decimal
from fractions import Fraction

import pytest

from domain.achievement import Achievement, Status, achieve, mean_capped, mean_warnings, unmeasured
from domain.indicator import AchievementWarning, IndicatorError, parse_indicator
from domain.oddities import against_the_trend, easier_than_before, far_side, implausible, nearest_power, unit_gap
from domain.rules import RuleSet
from tests.altered import with_values

OURS = ("Pilihan Selter (bukan ketentuan)", "derived")


def _odd(rules: RuleSet, polarity: str, target: str, actual: str, **more: str) -> list[AchievementWarning]:
    written = {"indicator": "x", "polarity": polarity, "target": target, "actual": actual} | more
    return list(achieve(parse_indicator(**written), rules).warnings)


def _ruled(code: str, message: str, message_en: str, parameter: str) -> AchievementWarning:
    return AchievementWarning(code, message, message_en, f"selter.achievement.{parameter}", *OURS)


NEGATIVE = AchievementWarning(
    "negative",
    "capaian negatif; dihitung sebagai 0 pada nilai terbatas",
    "a negative achievement; it counts as 0 in the capped value",
)
IMPLAUSIBLE = _ruled(
    "implausible",
    "capaian sangat tinggi; periksa target dan sumber data",
    "a very high achievement; check the target and the source of the data",
    "implausible_percent",
)
BELOW_ZERO = _ruled(
    "negative-target",
    "target negatif; rumus dapat menyesatkan",
    "a negative target; the formula may mislead",
    "negative_target",
)
EASIER = AchievementWarning(
    "target-below-previous",
    "target lebih mudah daripada realisasi sebelumnya",
    "the target is easier than the previous actual",
)
RUNS_AGAINST = AchievementWarning(
    "wrong-polarity",
    "periksa polaritas: target dan realisasi bergerak berlawanan dengan polaritas",
    "check the polarity: target and actual run against it",
)
FAR_OFF = _ruled(
    "wrong-polarity",
    "periksa polaritas: polaritas sebaliknya memberi capaian tinggi",
    "check the polarity: the opposite one gives a high achievement",
    "far_side_percent",
)
NAMED = _ruled(
    "wrong-polarity",
    "periksa polaritas: nama indikator menyebut hal yang seharusnya turun",
    "check the polarity: the name speaks of what should become less",
    "minimize_words",
)
ZERO = "target 0: tercapai penuh atau tidak sama sekali", "a target of 0 is reached in full or not at all"


def _units(words: str, words_en: str, figure: str, target: str, times: int) -> AchievementWarning:
    return _ruled(
        "unit-mismatch",
        f"{words} {figure} dan target {target} berbeda kira-kira {times} kali; periksa satuannya",
        f"{words_en} {figure} and the target {target} differ about {times} times; check the units",
        "unit_mismatch_factor",
    )


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "more", "expected"),
    [
        ("minimize", "5", "11", {}, [NEGATIVE, FAR_OFF]),
        ("minimize", "5", "10", {}, [FAR_OFF]),
        ("maximize", "100", "151", {}, [IMPLAUSIBLE]),
        ("maximize", "-2", "-2", {}, [BELOW_ZERO]),
        ("maximize", "80", "81", {"previous_actual": "85"}, [EASIER]),
        ("maximize", "80", "80", {"previous_actual": "85"}, [EASIER, RUNS_AGAINST]),
        ("minimize", "32", "33", {"previous_actual": "30"}, [EASIER, RUNS_AGAINST]),
        ("maximize", "100", "19", {}, [FAR_OFF]),
        ("maximize", "10", "10", {"indicator": "Angka kematian ibu"}, [NAMED]),
        ("maximize", "10", "10", {"indicator": "Angka", "unit": "kematian"}, [NAMED]),
        ("minimize", "0", "0", {}, [_ruled("zero-target", *ZERO, "zero_target.minimize")]),
        ("maximize", "85", "0.85", {}, [_units("realisasi", "the actual", "0.85", "85", 100)]),
        (
            "maximize",
            "85",
            "85",
            {"previous_actual": "84000"},
            [EASIER, _units("realisasi sebelumnya", "the previous actual", "84000", "85", 1000), RUNS_AGAINST],
        ),
        (
            "range",
            "80..90",
            "85",
            {"previous_actual": "1"},
            [_units("realisasi sebelumnya", "the previous actual", "1", "90", 100)],
        ),
        ("milestone", "1", "1", {"previous_actual": "1000"}, []),
    ],
)
def test_what_is_odd_is_told_whole(
    rules: RuleSet, polarity: str, target: str, actual: str, more: dict[str, str], expected: list[AchievementWarning]
) -> None:
    assert _odd(rules, polarity, target, actual, **more) == expected


def test_a_part_of_the_year_is_told_and_explains_a_low_figure(rules: RuleSet) -> None:
    assert _odd(rules, "maximize", "100", "5", period="H2") == [
        AchievementWarning(
            "part-year",
            "realisasi semester II dibandingkan dengan target setahun; belum capaian tahunan",
            "an actual of H2 against the target of the whole year; not yet its achievement",
        )
    ]


def test_a_target_of_zero_is_told_by_its_polarity(rules: RuleSet) -> None:
    rules = with_values(rules, {"selter.achievement.zero_target.maximize": "all_or_nothing"})
    assert _odd(rules, "maximize", "0", "3") == [_ruled("zero-target", *ZERO, "zero_target.maximize")]
    assert _odd(rules, "range", "0..0", "0") == []


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("50", "1", 100),
        ("1", "50", 100),
        ("49.99", "1", None),
        ("-100", "1", 100),
        ("1000", "1", 1000),
        ("317", "1", 1000),
        ("316", "1", 100),
        ("0", "1", None),
        ("1", "0", None),
    ],
)
def test_units_lie_apart_by_the_nearest_power_of_ten(rules: RuleSet, one: str, other: str, times: int | None) -> None:
    assert unit_gap(Decimal(one), Decimal(other), rules) == times


@pytest.mark.parametrize(("ratio", "power"), [("1", 1), ("3.16", 1), ("3.17", 10), ("31.6", 10), ("31.7", 100)])
def test_the_nearest_power_is_the_logarithmic_one(ratio: str, power: int) -> None:
    assert nearest_power(Fraction(ratio)) == power


def test_thresholds_of_percent(rules: RuleSet) -> None:
    assert [implausible(Decimal(p), rules) for p in ("150", "150.004", "150.005")] == [False, False, True]
    assert [far_side(Decimal(p), rules) for p in ("20", "19.999", "-5")] == [False, True, True]


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "previous", "easier", "against"),
    [
        ("maximize", "80", "80", "81", True, True),
        ("maximize", "80", "80.01", "81", True, False),
        ("maximize", "80", "70", "80", False, False),
        ("minimize", "80", "80", "79", True, True),
        ("minimize", "80", "79.99", "79", True, False),
        ("minimize", "80", "90", "80", False, False),
        ("milestone", "80", "70", "90", False, False),
        ("range", "80..90", "70", "95", False, False),
        ("maximize", "80", "70", "", False, False),
    ],
)
def test_a_target_easier_than_before(
    polarity: str, target: str, actual: str, previous: str, easier: bool, against: bool
) -> None:
    indicator = parse_indicator(
        indicator="x", polarity=polarity, target=target, actual=actual, previous_actual=previous
    )
    assert (easier_than_before(indicator), against_the_trend(indicator)) == (easier, against)


# -- what has no value, and the mean -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "lacking", "lacking_en"),
    [(Status.NO_TARGET, "target", "target"), (Status.NO_ACTUAL, "realisasi", "actual")],
)
def test_what_is_lacking_is_a_status_and_no_zero(status: Status, lacking: str, lacking_en: str) -> None:
    note = AchievementWarning("read-as-decimal", "a", "b")
    assert unmeasured("Jalan", status, note) == Achievement(
        "Jalan",
        None,
        None,
        (
            note,
            AchievementWarning(
                status.value,
                f"tidak ada {lacking}; capaian tidak dihitung dan tidak dianggap nol",
                f"there is no {lacking_en}; the achievement is not computed and not taken as zero",
            ),
        ),
        status,
    )


def test_a_target_without_a_value_is_left_to_whoever_rates(rules: RuleSet) -> None:
    result = achieve(parse_indicator(indicator="x", polarity="range", target="-1..0", actual="1"), rules)
    assert result == Achievement(
        "x",
        None,
        None,
        (
            AchievementWarning(
                "undefined",
                "target -1..0: rumus tidak punya nilai; penilai yang memutuskan",
                "target -1..0: the formula has no value; the one who rates decides",
            ),
        ),
        Status.UNDEFINED,
    )


def test_a_reached_zero_is_whole_and_a_missed_bound_of_zero_nothing(rules: RuleSet) -> None:
    rules = with_values(
        rules,
        {
            "selter.achievement.zero_target.maximize": "all_or_nothing",
            "selter.achievement.zero_target.range": "all_or_nothing",
        },
    )
    told = [("maximize", "0", "0"), ("maximize", "0", "0.5"), ("maximize", "0", "-0.1"), ("range", "-5..0", "1")]
    rows = [parse_indicator(indicator="x", polarity=p, target=t, actual=a) for p, t, a in told]
    assert [str(achieve(row, rules).achievement) for row in rows] == ["100.00", "100.00", "0.00", "0.00"]


def test_a_status_is_mapped_without_numbers() -> None:
    mapped = Achievement("x", None, None, (), Status.NO_ACTUAL).to_mapping()
    assert mapped == {"indicator": "x", "achievement": None, "capped": None, "status": "no-actual", "warnings": []}


def test_a_weight_of_zero_counts_for_nothing() -> None:
    rows = [Achievement("x", None, Decimal(100)), Achievement("y", None, Decimal(50))]
    assert mean_capped(rows, [Decimal(0), Decimal("0.5")]) == Decimal(50)


def test_what_a_mean_hides_is_told_whole(rules: RuleSet) -> None:
    rows = [
        Achievement("a", Decimal(120), Decimal(120)),
        Achievement("b", Decimal(89), Decimal(89)),
        unmeasured("c", Status.NO_ACTUAL),
        unmeasured("d", Status.NO_TARGET),
    ]
    assert mean_warnings(rows, Decimal("104.50"), rules) == (
        AchievementWarning(
            "mean-hides-miss",
            "rata-rata 104.50 memenuhi ekspektasi, tetapi di bawahnya: b",
            "the mean 104.50 is as expected, but these are below: b",
            "selter.results.expected_percent",
            *OURS,
        ),
        AchievementWarning(
            "not-averaged",
            "tanpa nilai dan tidak ikut dirata-rata: c, d",
            "without a value and not part of the mean: c, d",
        ),
    )


def test_refusals_say_what_does_not_fit(rules: RuleSet) -> None:
    with pytest.raises(ValueError, match=r"^as many weights as achievements are needed$"):
        mean_capped([Achievement("x", None, Decimal(1))], [])
    with pytest.raises(ValueError, match=r"^there is no achievement with a positive weight$"):
        mean_capped([])
    dated = parse_indicator(indicator="Jalan", polarity="milestone", target="3", actual="2026-06-30")
    said = "a milestone compares two dates or two numbers; an actual of 0 says that it was not reached"
    with pytest.raises(IndicatorError, match=f"^{said}$"):
        achieve(dated, rules)
    unmet = parse_indicator(indicator="Jalan", polarity="milestone", target="2026-06-30", actual="1")
    with pytest.raises(IndicatorError, match=f"^{said}$"):
        achieve(unmet, rules)
