"""Achievement (capaian) of performance indicators, and their mean.

The raw achievement is neither floored nor capped; only `capped` is limited, to zero below (a choice of Selter: nobody
is charged more than the whole of an indicator) and to the rule `selter.achievement.cap` above (PP 30/2019 Pasal 29
ayat (6)). Percent, two decimals, half up; until then exact fractions. Without a target or an actual there is a status
and no number: absence is never a zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from domain.indicator import AchievementWarning, Bounds, Indicator, IndicatorError, Target, shown, warning
from domain.numbers import half_up
from domain.oddities import oddities
from domain.printed import printed_warnings
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.switches import Switch
from domain.words import Polarity

_HUNDRED: Final = Fraction(100)
_ZERO: Final = Fraction(0)
_FIRST_CODES: Final = frozenset(
    {"read-as-decimal", "undefined", "negative", "implausible", "negative-target", "target-below-previous"}
)


class Status(StrEnum):
    """Whether an indicator has an achievement, and why not."""

    COMPUTED = "computed"
    UNDEFINED = "undefined"  # the formula has no value for this target
    NO_TARGET = "no-target"
    NO_ACTUAL = "no-actual"


class ZeroTarget(StrEnum):
    """What a target of zero means."""

    UNDEFINED = "undefined"  # no achievement; the one who rates decides
    ALL_OR_NOTHING = "all_or_nothing"  # 100 where it was reached, else 0


class NegativeTarget(StrEnum):
    """How an actual is measured against a negative target."""

    DISTANCE = "distance"  # by the distance from the target, so that better is always more
    QUOTIENT = "quotient"  # as with a positive one, where better is less


@dataclass(frozen=True)
class Achievement:
    """The achievement of one indicator in percent; None where the formula has no value."""

    indicator: str
    achievement: Decimal | None
    capped: Decimal | None
    warnings: tuple[AchievementWarning, ...] = ()
    status: Status | None = None

    def to_mapping(self) -> dict[str, Any]:
        """As the JSON of design.md section 7: decimals are strings."""
        return {
            "indicator": self.indicator,
            "achievement": None if self.achievement is None else str(self.achievement),
            "capped": None if self.capped is None else str(self.capped),
            **({"status": self.status.value} if self.status else {}),
            "warnings": [warning.to_mapping() for warning in self.warnings],
        }


def achieve(indicator: Indicator, rules: RuleSet) -> Achievement:
    """The achievement of an indicator, raw and capped, with what looks odd about it.

    Raises:
        IndicatorError: target and actual do not fit the polarity.
    """
    exact = exact_achievement(indicator, rules)
    if exact is None:
        message = f"target {shown(indicator.target)}: rumus tidak punya nilai; penilai yang memutuskan"
        message_en = f"target {shown(indicator.target)}: the formula has no value; the one who rates decides"
        undefined = AchievementWarning("undefined", message, message_en)
        return _as_asked(Achievement(indicator.indicator, None, None, (undefined,), Status.UNDEFINED), indicator, rules)
    found = (*oddities(indicator, exact, rules), *printed_warnings(indicator, exact, cap(rules)))
    raw, capped = half_up(exact), half_up(min(max(exact, _ZERO), Fraction(cap(rules))))
    return _as_asked(Achievement(indicator.indicator, raw, capped, found, Status.COMPUTED), indicator, rules)


@applies("selter.achievement.cap")
def cap(rules: RuleSet) -> Decimal:
    """The highest achievement that counts, in percent (PP 30/2019 Pasal 29 ayat (6))."""
    return rules.decimal("selter.achievement.cap")


def unmeasured(name: str, status: Status, *notes: AchievementWarning) -> Achievement:
    """An indicator that has no target or no actual: a status, not a number; with notes on how it was read."""
    lacking, lacking_en = ("target", "target") if status is Status.NO_TARGET else ("realisasi", "actual")
    note = AchievementWarning(
        status.value,
        f"tidak ada {lacking}; capaian tidak dihitung dan tidak dianggap nol",
        f"there is no {lacking_en}; the achievement is not computed and not taken as zero",
    )
    return Achievement(name, None, None, (*notes, note), status)


# -- the formulas ------------------------------------------------------------------------------------------------


def exact_achievement(indicator: Indicator, rules: RuleSet) -> Fraction | None:
    """The unrounded achievement in percent: maximise A/T, minimise (2T−A)/T, a range against the bound it missed.

    Raises:
        IndicatorError: target and actual do not fit the polarity.
    """
    target, actual = indicator.target, indicator.actual
    if indicator.polarity is Polarity.MILESTONE:
        return _milestone(target, actual)
    if isinstance(actual, date) or isinstance(target, date):
        raise IndicatorError(f"{indicator.indicator}: only a milestone has dates")
    if isinstance(target, Bounds):
        return _within(target, actual, rules)
    if not target:
        return _against_zero(indicator.polarity, actual, rules)
    ratio = ratio_to(target, actual, rules)
    return _HUNDRED * (2 - ratio if indicator.polarity is Polarity.MINIMIZE else ratio)


@applies("selter.achievement.negative_target")
def ratio_to(base: Decimal, actual: Decimal, rules: RuleSet) -> Fraction:
    """The actual against a target other than zero: A/T, which is the same as 1 + (A−T)/|T| for a positive one.

    Against a negative target `distance` takes the second form: −1 against −2 is 1.5, and more is more. Older rule
    sets, and `quotient`, take the first: −1 against −2 is 0.5.
    """
    how = "selter.achievement.negative_target"
    if base < 0 and rules.has(how) and NegativeTarget(rules.text(how)) is NegativeTarget.DISTANCE:
        return 1 + (Fraction(actual) - Fraction(base)) / abs(Fraction(base))
    return Fraction(actual) / Fraction(base)


@applies(
    "selter.achievement.zero_target.maximize",
    "selter.achievement.zero_target.minimize",
    "selter.achievement.zero_target.range",
)
def at_zero(polarity: Polarity, rules: RuleSet) -> ZeroTarget:
    """What a target, or a missed bound, of zero means for this polarity; older rule sets leave it undefined."""
    rule_id = f"selter.achievement.zero_target.{polarity.value}"
    return ZeroTarget(rules.text(rule_id)) if rules.has(rule_id) else ZeroTarget.UNDEFINED


def _against_zero(polarity: Polarity, actual: Decimal, rules: RuleSet) -> Fraction | None:
    if at_zero(polarity, rules) is ZeroTarget.UNDEFINED:
        return None
    reached = actual <= 0 if polarity is Polarity.MINIMIZE else actual >= 0
    return _HUNDRED if reached else _ZERO


def _within(bounds: Bounds, actual: Decimal, rules: RuleSet) -> Fraction | None:
    """100 inside the range; outside, against the bound that was missed."""
    if bounds.lower <= actual <= bounds.upper:
        return _HUNDRED
    missed = bounds.upper if actual > bounds.upper else bounds.lower
    if missed:
        return _HUNDRED * ratio_to(missed, actual, rules)
    return None if at_zero(Polarity.RANGE, rules) is ZeroTarget.UNDEFINED else _ZERO


def _milestone(target: Target, actual: Decimal | date) -> Fraction:
    """Reached or not: a date not later, or a number not smaller, than the target."""
    if isinstance(target, date) and isinstance(actual, date):
        return _HUNDRED if actual <= target else _ZERO
    if isinstance(target, Decimal) and isinstance(actual, Decimal):
        return _HUNDRED if actual >= target else _ZERO
    if isinstance(target, date) and actual == 0:
        return _ZERO
    raise IndicatorError("a milestone compares two dates or two numbers; an actual of 0 says that it was not reached")


def _as_asked(result: Achievement, indicator: Indicator, rules: RuleSet) -> Achievement:
    """The result with the notes on how it was read; a set before the switch knows the first warnings alone."""
    every = (*indicator.notes, *result.warnings)
    if rules.switched(Switch.READING):
        return Achievement(result.indicator, result.achievement, result.capped, every, result.status)
    known = tuple(w.bare for w in every if w.code in _FIRST_CODES)
    return Achievement(result.indicator, result.achievement, result.capped, known)


# -- the mean ----------------------------------------------------------------------------------------------------


def mean_capped(achievements: Sequence[Achievement], weights: Sequence[Decimal] | None = None) -> Decimal:
    """The mean of the capped achievements in percent, by weight where weights are given; two decimals.

    Indicators without a value are left out together with their weight; their warning says so.

    Raises:
        ValueError: nothing can be averaged, or the weights do not fit.
    """
    if weights is not None and len(weights) != len(achievements):
        raise ValueError("as many weights as achievements are needed")
    chosen = weights if weights is not None else [Decimal(1)] * len(achievements)
    parts = [
        (Fraction(a.capped), Fraction(w)) for a, w in zip(achievements, chosen, strict=True) if a.capped is not None
    ]
    total = sum((w for _, w in parts), _ZERO)
    if any(w < _ZERO for _, w in parts) or total <= _ZERO:
        raise ValueError("there is no achievement with a positive weight")
    return half_up(sum((value * w for value, w in parts), _ZERO) / total)


@applies("selter.results.expected_percent")
def expected_percent(rules: RuleSet) -> Decimal:
    """From this achievement in percent on, inclusive, results are as expected (Pilihan Selter, bukan ketentuan)."""
    return rules.decimal("selter.results.expected_percent")


def hidden_misses(
    capped: Sequence[tuple[str, Decimal | None]], mean: Decimal | None, rules: RuleSet
) -> tuple[str, ...]:
    """The indicators below expectation under a mean that is as expected or above, all in percent."""
    if mean is None or mean < expected_percent(rules):
        return ()
    return tuple(name for name, value in capped if value is not None and value < expected_percent(rules))


def mean_warnings(
    achievements: Sequence[Achievement], mean: Decimal | None, rules: RuleSet
) -> tuple[AchievementWarning, ...]:
    """What a mean in percent hides: indicators below expectation under a mean that is not, and those left out."""
    found = []
    missed = hidden_misses([(a.indicator, a.capped) for a in achievements], mean, rules)
    if missed:
        names = ", ".join(missed)
        found.append(
            warning(
                rules,
                "selter.results.expected_percent",
                "mean-hides-miss",
                f"rata-rata {mean} memenuhi ekspektasi, tetapi di bawahnya: {names}",
                f"the mean {mean} is as expected, but these are below: {names}",
            )
        )
    absent = ", ".join(a.indicator for a in achievements if a.capped is None)
    if absent:
        found.append(
            AchievementWarning(
                "not-averaged",
                f"tanpa nilai dan tidak ikut dirata-rata: {absent}",
                f"without a value and not part of the mean: {absent}",
            )
        )
    return tuple(found)
