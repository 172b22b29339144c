"""Achievement (capaian) of performance indicators, and their mean.

The raw achievement is neither floored nor capped; only `capped` is limited, to zero below and to the rule
`selter.achievement.cap` above (PP 30/2019 Pasal 29). Percent, two decimals, half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from domain.numbers import NumberError, half_up, may_be_thousands, parse_decimal
from domain.rules import RuleSet
from domain.words import Polarity

_HUNDRED: Final = Decimal(100)
_ZERO: Final = Decimal(0)


class IndicatorError(ValueError):
    """Target, actual and polarity do not fit each other."""


@dataclass(frozen=True)
class Bounds:
    """A target given as a range, both ends included."""

    lower: Decimal
    upper: Decimal


Target = Decimal | Bounds | date
"""A number, a range, or the date by which a milestone is due."""


@dataclass(frozen=True)
class Indicator:
    """An indicator with its target and what became of it, in the indicator's own unit."""

    indicator: str
    polarity: Polarity
    target: Target
    actual: Decimal | date
    unit: str = ""
    previous_actual: Decimal | None = None
    weight: Decimal | None = None
    notes: tuple["AchievementWarning", ...] = ()


@dataclass(frozen=True)
class AchievementWarning:
    """Something a person should look at; it changes no number."""

    code: str
    message: str

    def to_mapping(self) -> dict[str, str]:
        """As the JSON of design.md section 7."""
        return {"code": self.code, "message": self.message}


@dataclass(frozen=True)
class Achievement:
    """The achievement of one indicator in percent; None where the formula has no value."""

    indicator: str
    achievement: Decimal | None
    capped: Decimal | None
    warnings: tuple[AchievementWarning, ...] = ()

    def to_mapping(self) -> dict[str, Any]:
        """As the JSON of design.md section 7: decimals are strings."""
        return {
            "indicator": self.indicator,
            "achievement": None if self.achievement is None else str(self.achievement),
            "capped": None if self.capped is None else str(self.capped),
            "warnings": [warning.to_mapping() for warning in self.warnings],
        }


def parse_indicator(
    *,
    indicator: str,
    polarity: str,
    target: str,
    actual: str,
    unit: str = "",
    previous_actual: str = "",
    weight: str = "",
) -> Indicator:
    """An indicator out of written values.

    Raises:
        NumberError: a number is missing, ambiguous or no number.
        ValueError: the polarity is unknown, or a range stands upside down.
    """
    kind = Polarity(polarity.strip().lower())
    numbers = [text for text in (*target.split(".."), actual, previous_actual) if may_be_thousands(text)]
    return Indicator(
        indicator=indicator.strip(),
        polarity=kind,
        target=_parse_target(kind, target),
        actual=_parse_actual(kind, actual),
        unit=unit.strip(),
        previous_actual=parse_decimal(previous_actual) if previous_actual.strip() else None,
        weight=parse_decimal(weight) if weight.strip() else None,
        notes=tuple(_read_as_decimal(text) for text in numbers),
    )


def achieve(indicator: Indicator, rules: RuleSet) -> Achievement:
    """The achievement of an indicator, raw and capped, with what looks odd about it.

    Raises:
        IndicatorError: target and actual do not fit the polarity.
    """
    exact = _exact(indicator)
    if exact is None:
        message = f"target {_shown(indicator.target)}: rumus tidak punya nilai; penilai yang memutuskan"
        undefined = AchievementWarning("undefined", message)
        return Achievement(indicator.indicator, None, None, (*indicator.notes, undefined))
    raw = half_up(exact)
    capped = half_up(min(max(exact, _ZERO), rules.decimal("selter.achievement.cap")))
    return Achievement(indicator.indicator, raw, capped, (*indicator.notes, *_oddities(indicator, raw, rules)))


def mean_capped(achievements: Sequence[Achievement], weights: Sequence[Decimal] | None = None) -> Decimal:
    """The mean of the capped achievements in percent, by weight where weights are given; two decimals.

    Indicators without a value are left out together with their weight; their warning says so.

    Raises:
        ValueError: nothing can be averaged, or the weights do not fit.
    """
    if weights is not None and len(weights) != len(achievements):
        raise ValueError("as many weights as achievements are needed")
    chosen = weights if weights is not None else [Decimal(1)] * len(achievements)
    parts = [(a.capped, w) for a, w in zip(achievements, chosen, strict=True) if a.capped is not None]
    total = sum((w for _, w in parts), _ZERO)
    if any(w < _ZERO for _, w in parts) or total <= _ZERO:
        raise ValueError("there is no achievement with a positive weight")
    return half_up(sum((value * w for value, w in parts), _ZERO) / total)


def _exact(indicator: Indicator) -> Decimal | None:
    """The unrounded achievement in percent."""
    target, actual = indicator.target, indicator.actual
    if indicator.polarity is Polarity.MILESTONE:
        return _milestone(target, actual)
    if isinstance(actual, date) or isinstance(target, date):
        raise IndicatorError(f"{indicator.indicator}: only a milestone has dates")
    if isinstance(target, Bounds):
        return _within(target, actual)
    if target == _ZERO:
        return None
    if indicator.polarity is Polarity.MINIMIZE:
        return (2 * target - actual) / target * _HUNDRED
    return actual / target * _HUNDRED


def _within(bounds: Bounds, actual: Decimal) -> Decimal | None:
    """100 inside the range; outside, against the bound that was missed."""
    if bounds.lower <= actual <= bounds.upper:
        return _HUNDRED
    missed = bounds.upper if actual > bounds.upper else bounds.lower
    return None if missed == _ZERO else actual / missed * _HUNDRED


def _milestone(target: Target, actual: Decimal | date) -> Decimal:
    """Reached or not: a date not later, or a number not smaller, than the target."""
    if isinstance(target, date) and isinstance(actual, date):
        return _HUNDRED if actual <= target else _ZERO
    if isinstance(target, Decimal) and isinstance(actual, Decimal):
        return _HUNDRED if actual >= target else _ZERO
    if isinstance(target, date) and actual == _ZERO:
        return _ZERO
    raise IndicatorError("a milestone compares two dates or two numbers; an actual of 0 says that it was not reached")


def _oddities(indicator: Indicator, raw: Decimal, rules: RuleSet) -> list[AchievementWarning]:
    """What a reader of the number should know."""
    found = []
    if raw < _ZERO:
        found.append(AchievementWarning("negative", "capaian negatif; dihitung sebagai 0 pada nilai terbatas"))
    if raw > rules.decimal("selter.achievement.implausible_percent"):
        found.append(AchievementWarning("implausible", "capaian sangat tinggi; periksa target dan sumber data"))
    if isinstance(indicator.target, Decimal) and indicator.target < _ZERO:
        found.append(AchievementWarning("negative-target", "target negatif; rumus dapat menyesatkan"))
    if _easier_than_before(indicator):
        found.append(AchievementWarning("target-below-previous", "target lebih mudah daripada realisasi sebelumnya"))
    return found


def _easier_than_before(indicator: Indicator) -> bool:
    target, previous = indicator.target, indicator.previous_actual
    if previous is None or not isinstance(target, Decimal):
        return False
    if indicator.polarity is Polarity.MINIMIZE:
        return target > previous
    return indicator.polarity is Polarity.MAXIMIZE and target < previous


def _parse_target(kind: Polarity, text: str) -> Target:
    if kind is Polarity.RANGE:
        lower, dots, upper = text.partition("..")
        if not dots:
            raise NumberError(text, "a range target is written lower..upper")
        bounds = Bounds(parse_decimal(lower), parse_decimal(upper))
        if bounds.lower > bounds.upper:
            raise NumberError(text, "the range stands upside down")
        return bounds
    day = _parse_date(text) if kind is Polarity.MILESTONE else None
    return day if day is not None else parse_decimal(text)


def _parse_actual(kind: Polarity, text: str) -> Decimal | date:
    day = _parse_date(text) if kind is Polarity.MILESTONE else None
    return day if day is not None else parse_decimal(text)


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _read_as_decimal(text: str) -> AchievementWarning:
    return AchievementWarning("read-as-decimal", f"{text.strip()} dibaca sebagai bilangan desimal, bukan ribuan")


def _shown(target: Target) -> str:
    return f"{target.lower}..{target.upper}" if isinstance(target, Bounds) else str(target)
