"""The achievement of indicators, on published cases among others, and what looks odd about it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.achievement import Achievement, Status, achieve, hidden_misses, mean_capped, mean_warnings, unmeasured
from domain.indicator import AchievementWarning, Indicator, IndicatorError, parse_indicator
from domain.rules import RuleSet
from domain.words import Polarity
from tests.altered import with_values, without


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "expected"),
    [
        ("minimize", "32", "4.88", "184.75"),
        ("minimize", "24", "4.88", "179.67"),
        ("maximize", "101.51", "103.22", "101.68"),
        ("maximize", "22275313470", "18817240527", "84.48"),
        ("maximize", "21", "25.478", "121.32"),
        ("maximize", "1.49", "1.81", "121.48"),
        ("maximize", "15", "11", "73.33"),
        ("maximize", "548000000", "499471900", "91.14"),
        ("maximize", "80", "0", "0.00"),
        ("maximize", "77", "91.76", "119.17"),
        ("maximize", "95", "93", "97.89"),
        ("maximize", "0.5", "133.1", "26620.00"),
        ("minimize", "5", "20", "-200.00"),
        ("range", "80..90", "92", "102.22"),
        ("range", "80..90", "70", "87.50"),
        ("range", "80..90", "80", "100.00"),
        ("range", "80..90", "90", "100.00"),
        ("range", "80..90", "90.01", "100.01"),
        ("milestone", "2026-06-30", "2026-06-30", "100.00"),
        ("milestone", "2026-06-30", "2026-07-01", "0.00"),
        ("milestone", "2026-06-30", "0", "0.00"),
        ("milestone", "3", "3", "100.00"),
        ("milestone", "3", "2", "0.00"),
    ],
)
def test_achievement_follows_the_polarity(
    rules: RuleSet, polarity: str, target: str, actual: str, expected: str
) -> None:
    result = achieve(parse_indicator(indicator="x", polarity=polarity, target=target, actual=actual), rules)
    assert str(result.achievement) == expected


@pytest.mark.parametrize(
    ("target", "actual", "capped"), [("100", "120", "120.00"), ("100", "120.01", "120.00"), ("100", "119.99", "119.99")]
)
def test_only_the_capped_value_is_limited_to_the_cap(rules: RuleSet, target: str, actual: str, capped: str) -> None:
    result = achieve(parse_indicator(indicator="x", polarity="maximize", target=target, actual=actual), rules)
    assert str(result.capped) == capped
    assert result.achievement == Decimal(actual)


def test_a_negative_achievement_is_capped_at_zero_and_noted(rules: RuleSet) -> None:
    result = achieve(parse_indicator(indicator="Kasus DBD", polarity="minimize", target="5", actual="20"), rules)
    assert (result.achievement, result.capped) == (Decimal(-200), Decimal(0))
    assert [w.code for w in result.warnings] == ["negative"]


@pytest.mark.parametrize(("polarity", "target"), [("maximize", "0"), ("range", "-5..0")])
def test_a_target_of_zero_has_no_achievement(rules: RuleSet, polarity: str, target: str) -> None:
    result = achieve(parse_indicator(indicator="x", polarity=polarity, target=target, actual="3"), rules)
    assert (result.achievement, result.capped, result.status) == (None, None, Status.UNDEFINED)
    assert [w.code for w in result.warnings] == ["undefined"]
    assert target in result.warnings[0].message
    assert target in result.warnings[0].message_en


@pytest.mark.parametrize(("actual", "percent"), [("0", "100.00"), ("-1", "100.00"), ("0.001", "0.00"), ("1", "0.00")])
def test_a_wanted_zero_is_reached_in_full_or_not_at_all(rules: RuleSet, actual: str, percent: str) -> None:
    result = achieve(parse_indicator(indicator="Kasus", polarity="minimize", target="0", actual=actual), rules)
    assert (str(result.achievement), result.status) == (percent, Status.COMPUTED)
    (warning,) = result.warnings
    assert (warning.code, warning.rule) == ("zero-target", "selter.achievement.zero_target.minimize")
    assert warning.citation == "Pilihan Selter (bukan ketentuan)"
    assert warning.confidence == "derived"


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "expected"),
    [
        ("maximize", "-2", "-1", "150.00"),
        ("maximize", "-2", "-2", "100.00"),
        ("maximize", "-2", "-3", "50.00"),
        ("minimize", "-2", "-3", "150.00"),
        ("minimize", "-2", "-1", "50.00"),
        ("range", "-10..-5", "-4", "120.00"),
        ("range", "-10..-5", "-12", "80.00"),
    ],
)
def test_by_distance_better_than_a_negative_target_is_more(
    rules: RuleSet, polarity: str, target: str, actual: str, expected: str
) -> None:
    rules = with_values(rules, {"selter.achievement.negative_target": "distance"})
    result = achieve(parse_indicator(indicator="x", polarity=polarity, target=target, actual=actual), rules)
    assert str(result.achievement) == expected
    warned = {w.code: w.rule for w in result.warnings}
    assert warned == ({} if polarity == "range" else {"negative-target": "selter.achievement.negative_target"})


@pytest.mark.parametrize(("status", "lacks"), [(Status.NO_TARGET, "target"), (Status.NO_ACTUAL, "realisasi")])
def test_what_lacks_target_or_actual_has_a_status_and_no_number(status: Status, lacks: str) -> None:
    note = AchievementWarning("read-as-decimal", "catatan")
    result = unmeasured("x", status, note)
    assert (result.achievement, result.capped, result.status) == (None, None, status)
    assert result.warnings[0] is note
    assert (result.warnings[1].code, f"tidak ada {lacks}" in result.warnings[1].message) == (status.value, True)
    assert result.to_mapping()["status"] == status.value


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "previous", "codes"),
    [
        ("maximize", "80", "85", "90", ["target-below-previous"]),
        ("maximize", "80", "85", "80", []),
        ("maximize", "80", "80", "90", ["target-below-previous", "wrong-polarity"]),
        ("maximize", "80", "80.01", "90", ["target-below-previous"]),
        ("minimize", "32", "32", "30", ["target-below-previous", "wrong-polarity"]),
        ("minimize", "32", "31.9", "30", ["target-below-previous"]),
        ("maximize", "100", "20", "", []),
        ("maximize", "100", "19.99", "", ["wrong-polarity"]),
        ("maximize", "100", "0", "", []),
        ("maximize", "100", "-10", "", ["negative", "wrong-polarity"]),
        ("minimize", "100", "180", "", []),
        ("minimize", "100", "180.01", "", ["wrong-polarity"]),
        ("maximize", "100", "2", "", ["unit-mismatch"]),
        ("maximize", "100", "2.01", "", ["wrong-polarity"]),
        ("maximize", "85", "0.9", "", ["unit-mismatch"]),
        ("maximize", "0.5", "133.1", "", ["implausible", "unit-mismatch"]),
        ("maximize", "85", "86", "0.84", ["unit-mismatch"]),
        ("range", "80..90", "8500", "", ["implausible", "unit-mismatch"]),
        ("milestone", "100", "1", "", []),
        ("minimize", "30", "31", "30", []),
        ("minimize", "32", "4.88", "32", ["implausible"]),
        ("maximize", "100", "150", "", []),
        ("maximize", "100", "150.01", "", ["implausible"]),
        ("maximize", "-2", "-1", "", ["negative-target"]),
        ("maximize", "1.234", "1.234", "", ["read-as-decimal", "read-as-decimal"]),
        ("range", "80..90", "85", "100", []),
    ],
)
def test_oddities_are_noted_and_change_nothing(
    rules: RuleSet, polarity: str, target: str, actual: str, previous: str, codes: list[str]
) -> None:
    indicator = parse_indicator(
        indicator="x", polarity=polarity, target=target, actual=actual, previous_actual=previous
    )
    assert [w.code for w in achieve(indicator, rules).warnings] == codes


@pytest.mark.parametrize(
    ("polarity", "target", "actual"),
    [
        ("range", "80", "80"),
        ("range", "90..80", "85"),
        ("sideways", "80", "80"),
        ("maximize", "", "1"),
        ("maximize", "1", ""),
    ],
)
def test_a_malformed_indicator_is_refused(polarity: str, target: str, actual: str) -> None:
    with pytest.raises(ValueError):
        parse_indicator(indicator="x", polarity=polarity, target=target, actual=actual)


def test_dates_belong_to_milestones_alone(rules: RuleSet) -> None:
    with pytest.raises(IndicatorError, match="only a milestone"):
        achieve(Indicator("x", Polarity.MAXIMIZE, date(2026, 6, 30), Decimal(1)), rules)
    with pytest.raises(IndicatorError, match="two dates or two numbers"):
        achieve(Indicator("x", Polarity.MILESTONE, Decimal(1), date(2026, 6, 30)), rules)


def _capped(*values: str | None) -> list[Achievement]:
    return [Achievement("x", None, None if v is None else Decimal(v)) for v in values]


def test_the_mean_is_weighted_where_weights_are_given() -> None:
    assert mean_capped(_capped("120", "60")) == Decimal(90)
    assert mean_capped(_capped("120", "60"), [Decimal(1), Decimal(3)]) == Decimal(75)
    assert mean_capped(_capped("100", "100", "90.01")) == Decimal("96.67")


def test_an_indicator_without_value_leaves_the_mean_with_its_weight() -> None:
    assert mean_capped(_capped("120", None), [Decimal(1), Decimal(9)]) == Decimal(120)


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (["100"], [Decimal(1), Decimal(1)]),
        (["100"], [Decimal(0)]),
        ([None], None),
        ([], None),
        (["1", "1"], [Decimal(2), Decimal(-1)]),
    ],
)
def test_a_mean_of_nothing_is_refused(values: list[str | None], weights: list[Decimal] | None) -> None:
    with pytest.raises(ValueError, match="weight"):
        mean_capped(_capped(*values), weights)


def test_the_json_has_the_published_shape(rules: RuleSet) -> None:
    indicator = parse_indicator(indicator="AKB", polarity="minimize", target="32", actual="4,88", unit="per 1000")
    assert achieve(indicator, rules).to_mapping() == {
        "indicator": "AKB",
        "achievement": "184.75",
        "capped": "120.00",
        "status": "computed",
        "warnings": [
            {
                "code": "implausible",
                "message": "capaian sangat tinggi; periksa target dan sumber data",
                "message_en": "a very high achievement; check the target and the source of the data",
                "rule": "selter.achievement.implausible_percent",
                "citation": "Pilihan Selter (bukan ketentuan)",
                "confidence": "derived",
            }
        ],
    }


def test_a_rule_set_before_the_switch_gives_the_first_warnings_alone(rules: RuleSet) -> None:
    """Its parameters for zero, negative targets and units are unknown, and its JSON has two keys a warning."""
    later = [r for r in rules.rules if r.startswith("selter.achievement.") and r.rsplit(".", 1)[1] not in _FIRST]
    older = replace(without(rules, *later), switches=frozenset())
    zero = achieve(parse_indicator(indicator="x", polarity="minimize", target="0", actual="0"), older)
    assert (zero.achievement, zero.status, [w.code for w in zero.warnings]) == (None, None, ["undefined"])
    assert set(zero.to_mapping()) == {"indicator", "achievement", "capped", "warnings"}
    negative = achieve(parse_indicator(indicator="x", polarity="maximize", target="-2", actual="-1"), older)
    assert negative.achievement == Decimal(50)
    assert negative.to_mapping()["warnings"] == [
        {"code": "negative-target", "message": "target negatif; rumus dapat menyesatkan"}
    ]
    pinned_by_name = replace(rules, switches=frozenset())
    far = achieve(parse_indicator(indicator="x", polarity="maximize", target="100", actual="3"), pinned_by_name)
    assert (far.warnings, far.status) == ((), None)


_FIRST = {"cap", "implausible_percent"}


def test_an_achievement_of_zero_is_not_negative(rules: RuleSet) -> None:
    result = achieve(parse_indicator(indicator="x", polarity="maximize", target="80", actual="0"), rules)
    assert (result.capped, result.warnings) == (Decimal(0), ())


def test_a_range_may_be_a_single_value(rules: RuleSet) -> None:
    indicator = parse_indicator(indicator="x", polarity="range", target="80..80", actual="40")
    assert achieve(indicator, rules).achievement == Decimal(50)


# -- what a name says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "unit", "polarity", "doubted"),
    [
        ("Angka Kemiskinan", "%", "maximize", True),
        ("Prevalensi stunting balita", "%", "maximize", True),
        ("Tingkat pengangguran terbuka", "%", "minimize", False),
        ("Penyakit menular", "kasus", "maximize", True),
        ("Persentase penurunan angka kemiskinan", "%", "maximize", False),
        ("Kasus yang diselesaikan", "%", "maximize", False),
        ("Desa bebas stunting", "desa", "maximize", False),
        ("Jumlah kasuistik", "", "maximize", False),
        ("Indeks kepuasan masyarakat", "", "maximize", False),
        ("Angka kematian ibu", "", "range", False),
    ],
)
def test_a_name_that_should_fall_is_not_to_be_maximized(
    rules: RuleSet, name: str, unit: str, polarity: str, doubted: bool
) -> None:
    target = "9..11" if polarity == "range" else "10"
    indicator = parse_indicator(indicator=name, unit=unit, polarity=polarity, target=target, actual="10")
    found = {w.code: w.rule for w in achieve(indicator, rules).warnings}
    assert found == ({"wrong-polarity": "selter.achievement.minimize_words"} if doubted else {})


def test_a_named_evil_may_miss_its_target_by_far_without_doubt_of_its_polarity(rules: RuleSet) -> None:
    row = {"indicator": "Kematian ibu", "polarity": "minimize", "target": "10", "actual": "25"}
    assert [w.code for w in achieve(parse_indicator(**row), rules).warnings] == ["negative"]
    row["indicator"] = "Waktu tunggu"
    assert [w.code for w in achieve(parse_indicator(**row), rules).warnings] == ["negative", "wrong-polarity"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("H1", "semester I"),
        ("s2", "semester II"),
        ("TW1", "triwulan I"),
        ("q2", "triwulan II"),
        ("Q3", "triwulan III"),
        ("tw4", "triwulan IV"),
    ],
)
def test_a_part_of_the_year_is_not_its_achievement(rules: RuleSet, period: str, words: str) -> None:
    indicator = parse_indicator(indicator="x", polarity="maximize", target="80", actual="8", period=period)
    (warning,) = achieve(indicator, rules).warnings
    assert warning.code == "part-year"
    assert f"realisasi {words} " in warning.message
    whole = parse_indicator(indicator="x", polarity="maximize", target="80", actual="80", period="Tahun")
    assert achieve(whole, rules).warnings == ()


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ValueError, match="period 'Q5' is none of"):
        parse_indicator(indicator="x", polarity="maximize", target="1", actual="1", period="Q5")


def test_a_mismatch_says_which_figures_and_by_how_much(rules: RuleSet) -> None:
    found = achieve(parse_indicator(indicator="x", polarity="maximize", target="0.5", actual="133.1"), rules).warnings
    assert found[1].message == "realisasi 133.1 dan target 0.5 berbeda kira-kira 100 kali; periksa satuannya"
    indicator = parse_indicator(indicator="x", polarity="range", target="80..90", actual="85", previous_actual="90000")
    (warning,) = achieve(indicator, rules).warnings
    assert "realisasi sebelumnya 90000 dan target 90 berbeda kira-kira 1000 kali" in warning.message
    assert "the previous actual 90000 and the target 90 differ about 1000 times" in warning.message_en


# -- what a mean hides -------------------------------------------------------------------------------------------


def test_a_mean_as_expected_names_the_indicators_below(rules: RuleSet) -> None:
    rows = [Achievement(name, Decimal(v), Decimal(v)) for name, v in (("a", 120), ("b", 89), ("c", 90), ("d", 70))]
    (warning,) = mean_warnings(rows, Decimal("92.25"), rules)
    assert (warning.code, warning.rule) == ("mean-hides-miss", "selter.results.expected_percent")
    assert warning.message == "rata-rata 92.25 memenuhi ekspektasi, tetapi di bawahnya: b, d"
    assert warning.message_en.endswith("b, d")
    assert mean_warnings(rows, Decimal("89.99"), rules) == ()
    assert hidden_misses([("a", None), ("b", Decimal("89.99"))], Decimal(90), rules) == ("b",)
    assert hidden_misses([("b", Decimal(0))], None, rules) == ()
    assert mean_warnings(rows[:1], Decimal(120), rules) == ()


def test_indicators_without_a_value_are_named_beside_the_mean(rules: RuleSet) -> None:
    rows = [
        unmeasured("a", Status.NO_ACTUAL),
        Achievement("b", Decimal(95), Decimal(95)),
        unmeasured("c", Status.NO_TARGET),
    ]
    (warning,) = mean_warnings(rows, Decimal(95), rules)
    assert (warning.code, warning.message.endswith(": a, c")) == ("not-averaged", True)
    assert [w.code for w in mean_warnings(rows, None, rules)] == ["not-averaged"]
