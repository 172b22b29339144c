"""What looks odd about a number in a report, on the evidence of real ones: it is shown, and changes no number."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from domain.indicator import AchievementWarning, Bounds, Indicator, Period, warning
from domain.numbers import half_up
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Polarity

_RULE: Final = "selter.achievement."
_WORD: Final = re.compile(r"[^\W_]+")
_OPPOSITES: Final = (Polarity.MAXIMIZE, Polarity.MINIMIZE)


def oddities(indicator: Indicator, exact: Fraction, rules: RuleSet) -> Iterator[AchievementWarning]:
    """What a reader of an achievement in percent should know.

    A rule set from before `Switch.READING` has no parameters for the later ones and gets the first ones alone.
    """
    if exact < 0:
        yield AchievementWarning(
            "negative",
            "capaian negatif; dihitung sebagai 0 pada nilai terbatas",
            "a negative achievement; it counts as 0 in the capped value",
        )
    if implausible(exact, rules):
        yield warning(
            rules,
            f"{_RULE}implausible_percent",
            "implausible",
            "capaian sangat tinggi; periksa target dan sumber data",
            "a very high achievement; check the target and the source of the data",
        )
    if isinstance(indicator.target, Decimal) and indicator.target < 0:
        texts = "target negatif; rumus dapat menyesatkan", "a negative target; the formula may mislead"
        ruled = rules.has(f"{_RULE}negative_target")
        yield (
            warning(rules, f"{_RULE}negative_target", "negative-target", *texts)
            if ruled
            else AchievementWarning("negative-target", *texts)
        )
    if easier_than_before(indicator):
        yield AchievementWarning(
            "target-below-previous",
            "target lebih mudah daripada realisasi sebelumnya",
            "the target is easier than the previous actual",
        )
    if rules.has(f"{_RULE}unit_mismatch_factor"):
        yield from _further(indicator, exact, rules)


def _further(indicator: Indicator, exact: Fraction, rules: RuleSet) -> Iterator[AchievementWarning]:
    if indicator.polarity in _OPPOSITES and indicator.target == 0:
        yield warning(
            rules,
            f"{_RULE}zero_target.{indicator.polarity.value}",
            "zero-target",
            "target 0: tercapai penuh atau tidak sama sekali",
            "a target of 0 is reached in full or not at all",
        )
    part_year = _part_year(indicator)
    mismatch = _mismatch(indicator, rules)
    doubt = _polarity_doubt(indicator, exact, rules, explained=bool(part_year or mismatch))
    yield from (found for found in (mismatch, doubt, part_year) if found is not None)


@applies("selter.achievement.implausible_percent")
def implausible(exact: Fraction | Decimal, rules: RuleSet) -> bool:
    """Whether an achievement in percent is too high to be taken without a look (Pilihan Selter, bukan ketentuan)."""
    return half_up(exact) > rules.decimal(f"{_RULE}implausible_percent")


def easier_than_before(indicator: Indicator) -> bool:
    """Whether the target asks for less than the previous year's actual already was."""
    target, previous = indicator.target, indicator.previous_actual
    if previous is None or not isinstance(target, Decimal):
        return False
    if indicator.polarity is Polarity.MINIMIZE:
        return target > previous
    return indicator.polarity is Polarity.MAXIMIZE and target < previous


def _part_year(indicator: Indicator) -> AchievementWarning | None:
    """The target is the year's; what has a target of its own period leaves the period out."""
    if indicator.period is None or indicator.period is Period.YEAR:
        return None
    return AchievementWarning(
        "part-year",
        f"realisasi {indicator.period.words} dibandingkan dengan target setahun; belum capaian tahunan",
        f"an actual of {indicator.period.value.upper()} against the target of the whole year; not yet its achievement",
    )


# -- units -------------------------------------------------------------------------------------------------------


@applies("selter.achievement.unit_mismatch_factor")
def unit_gap(one: Decimal, other: Decimal, rules: RuleSet) -> int | None:
    """The power of ten by which two figures of one indicator lie apart; none while it may well be the same unit.

    Percent against a fraction and rupiah against thousands show as a ratio of about 100 or 1,000. A figure of zero
    has no ratio. Pilihan Selter (bukan ketentuan).
    """
    if not one or not other:
        return None
    ratio = abs(Fraction(one) / Fraction(other))
    larger = max(ratio, 1 / ratio)
    return None if larger < Fraction(rules.decimal(f"{_RULE}unit_mismatch_factor")) else nearest_power(larger)


def nearest_power(ratio: Fraction) -> int:
    """The power of ten nearest to a ratio of 1 or more, on a logarithmic scale."""
    power = 1
    while ratio * ratio >= 10 * power * power:
        power *= 10
    return power


def _mismatch(indicator: Indicator, rules: RuleSet) -> AchievementWarning | None:
    """The actual against the target, then the target against the previous year's actual."""
    target = indicator.target.upper if isinstance(indicator.target, Bounds) else indicator.target
    figures = (
        ("realisasi", "the actual", indicator.actual),
        ("realisasi sebelumnya", "the previous actual", indicator.previous_actual),
    )
    for words, words_en, figure in figures:
        if indicator.polarity is Polarity.MILESTONE or not (
            isinstance(figure, Decimal) and isinstance(target, Decimal)
        ):
            continue
        power = unit_gap(figure, target, rules)
        if power is not None:
            return warning(
                rules,
                f"{_RULE}unit_mismatch_factor",
                "unit-mismatch",
                f"{words} {figure} dan target {target} berbeda kira-kira {power} kali; periksa satuannya",
                f"{words_en} {figure} and the target {target} differ about {power} times; check the units",
            )
    return None


# -- polarity ----------------------------------------------------------------------------------------------------


@applies("selter.achievement.minimize_words", "selter.achievement.turning_words")
def less_is_better(name: str, rules: RuleSet) -> bool:
    """Whether a name speaks of what should become less, such as poverty, and not of its reduction or treatment.

    Whole words, in any case. Pilihan Selter (bukan ketentuan): the lists are a guess about language.
    """
    text = f" {' '.join(_WORD.findall(name.casefold()))} "
    bad, turning = rules.items(f"{_RULE}minimize_words"), rules.items(f"{_RULE}turning_words")
    return any(f" {word} " in text for word in bad) and not any(f" {word} " in text for word in turning)


@applies("selter.achievement.far_side_percent")
def far_side(exact: Fraction | Decimal, rules: RuleSet) -> bool:
    """Whether an achievement in percent is so low that the opposite polarity may be meant.

    The two mirror each other at 100: 15 by one is 185 by the other. Pilihan Selter (bukan ketentuan).
    """
    return Fraction(exact) < Fraction(rules.decimal(f"{_RULE}far_side_percent"))


def against_the_trend(indicator: Indicator) -> bool:
    """Whether the target turns from the previous actual the wrong way for the polarity, and the actual goes along."""
    target, actual = indicator.target, indicator.actual
    if not (easier_than_before(indicator) and isinstance(actual, Decimal) and isinstance(target, Decimal)):
        return False
    return actual >= target if indicator.polarity is Polarity.MINIMIZE else actual <= target


def _polarity_doubt(
    indicator: Indicator, exact: Fraction, rules: RuleSet, *, explained: bool
) -> AchievementWarning | None:
    """Why the polarity may be wrong; a far-off figure that something else explains is none of the reasons."""
    if indicator.polarity not in _OPPOSITES:
        return None
    if less_is_better(f"{indicator.indicator} {indicator.unit}", rules):
        minimized = indicator.polarity is Polarity.MINIMIZE
        why = "nama indikator menyebut hal yang seharusnya turun", "the name speaks of what should become less"
        return None if minimized else _doubted(rules, "minimize_words", *why)
    if against_the_trend(indicator):
        why = "target dan realisasi bergerak berlawanan dengan polaritas", "target and actual run against it"
        return AchievementWarning("wrong-polarity", f"periksa polaritas: {why[0]}", f"check the polarity: {why[1]}")
    if indicator.actual and far_side(exact, rules) and not explained:
        why = "polaritas sebaliknya memberi capaian tinggi", "the opposite one gives a high achievement"
        return _doubted(rules, "far_side_percent", *why)
    return None


def _doubted(rules: RuleSet, parameter: str, why: str, why_en: str) -> AchievementWarning:
    message, message_en = f"periksa polaritas: {why}", f"check the polarity: {why_en}"
    return warning(rules, f"{_RULE}{parameter}", "wrong-polarity", message, message_en)
