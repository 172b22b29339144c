"""A performance indicator as a contract and a report write it: target, actual, unit, period; and warnings about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from domain.numbers import NumberError, may_be_thousands, parse_decimal
from domain.rules import RuleSet
from domain.words import Polarity


class IndicatorError(ValueError):
    """Target, actual and polarity do not fit each other."""


class Period(StrEnum):
    """The part of the year that an actual covers."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"
    H1 = "h1"
    H2 = "h2"
    YEAR = "year"

    @property
    def words(self) -> str:
        """As a sentence names it in Indonesian."""
        return _PERIOD_WORDS[self]


_PERIOD_WORDS: Final[Mapping[Period, str]] = MappingProxyType(
    {
        Period.Q1: "triwulan I",
        Period.Q2: "triwulan II",
        Period.Q3: "triwulan III",
        Period.Q4: "triwulan IV",
        Period.H1: "semester I",
        Period.H2: "semester II",
        Period.YEAR: "setahun",
    }
)
_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "belum ada", "tidak ada data"})
_PERIODS_WRITTEN: Final[Mapping[str, Period]] = MappingProxyType(
    {period.value: period for period in Period}
    | {f"tw{n}": Period(f"q{n}") for n in range(1, 5)}
    | {"s1": Period.H1, "s2": Period.H2, "tahun": Period.YEAR}
)


@dataclass(frozen=True)
class Bounds:
    """A target given as a range, both ends included."""

    lower: Decimal
    upper: Decimal


Target = Decimal | Bounds | date
"""A number, a range, or the date by which a milestone is due."""


@dataclass(frozen=True)
class AchievementWarning:
    """Something a person should look at; it changes no number. Rule and article stand where a parameter asks."""

    code: str
    message: str
    message_en: str = ""
    rule: str = ""
    citation: str = ""
    confidence: str = ""

    def to_mapping(self) -> dict[str, str]:
        """As the JSON of design.md section 7; empty parts are left out."""
        parts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: text for name, text in parts.items() if text}

    @property
    def bare(self) -> "AchievementWarning":
        """Code and Indonesian message alone, as rule sets before `Switch.READING` give it."""
        return AchievementWarning(self.code, self.message)


def warning(rules: RuleSet, rule_id: str, code: str, message: str, message_en: str) -> AchievementWarning:
    """A warning with the article of the rule that asks for it."""
    rule = rules.rule(rule_id)
    return AchievementWarning(code, message, message_en, rule.id, rule.citation, rule.confidence.value)


@dataclass(frozen=True)
class Indicator:
    """An indicator with its target and what became of it, in the indicator's own unit.

    Attributes:
        printed: the achievement in percent as a report printed it, with the decimals it printed.
        period: what the actual covers; none where nothing is said, which is taken to fit the target.
    """

    indicator: str
    polarity: Polarity
    target: Target
    actual: Decimal | date
    unit: str = ""
    previous_actual: Decimal | None = None
    weight: Decimal | None = None
    notes: tuple[AchievementWarning, ...] = ()
    printed: Decimal | None = None
    period: Period | None = None

    def noted(self, *notes: AchievementWarning) -> "Indicator":
        """The indicator with more notes on how it was read."""
        return replace(self, notes=(*self.notes, *notes))


def parse_indicator(
    *,
    indicator: str,
    polarity: str,
    target: str,
    actual: str,
    unit: str = "",
    previous_actual: str = "",
    weight: str = "",
    printed: str = "",
    period: str = "",
) -> Indicator:
    """An indicator out of written values.

    Raises:
        NumberError: a number is missing, ambiguous or no number.
        ValueError: the polarity or the period is unknown, or a range stands upside down.
    """
    kind = Polarity(polarity.strip().lower())
    return Indicator(
        indicator=indicator.strip(),
        polarity=kind,
        target=_parse_target(kind, target),
        actual=_parse_actual(kind, actual),
        unit=unit.strip(),
        previous_actual=optional_decimal(previous_actual),
        weight=optional_decimal(weight),
        notes=decimal_notes(*target.split(".."), actual, previous_actual),
        printed=optional_decimal(printed),
        period=parse_period(period) if period.strip() else None,
    )


def decimal_notes(*texts: str) -> tuple[AchievementWarning, ...]:
    """What to look at in written numbers: those with one separator that could have been meant as thousands."""
    return tuple(
        AchievementWarning(
            "read-as-decimal",
            f"{text.strip()} dibaca sebagai bilangan desimal, bukan ribuan",
            f"{text.strip()} was read as a decimal number, not as thousands",
        )
        for text in texts
        if may_be_thousands(text)
    )


def states_nothing(text: str) -> bool:
    """Whether a cell is empty or says that there is no figure (Pilihan Selter): `-`, `n/a`, `belum ada`."""
    return text.strip().casefold() in _NOTHING


def optional_decimal(text: str) -> Decimal | None:
    """The number that a text states, or none where it states nothing.

    Raises:
        NumberError: it is not blank and no number.
    """
    return parse_decimal(text) if text.strip() else None


def parse_period(text: str) -> Period:
    """The period that a text names: `Q1` to `Q4` (`TW1`), `H1` and `H2` (`S1`), `year` (`tahun`).

    Raises:
        ValueError: it names none.
    """
    try:
        return _PERIODS_WRITTEN[text.strip().lower()]
    except KeyError:
        raise ValueError(f"period {text.strip()!r} is none of {', '.join(_PERIODS_WRITTEN)}") from None


def shown(value: Any) -> str:
    """A target or an actual as a sentence shows it."""
    return f"{value.lower}..{value.upper}" if isinstance(value, Bounds) else str(value)


def _parse_target(kind: Polarity, text: str) -> Target:
    if kind is Polarity.RANGE:
        lower, dots, upper = text.partition("..")
        if not dots:
            raise NumberError(text, "a range target is written lower..upper")
        bounds = Bounds(parse_decimal(lower), parse_decimal(upper))
        if bounds.lower > bounds.upper:
            raise NumberError(text, "the range stands upside down")
        return bounds
    return _parse_actual(kind, text)


def _parse_actual(kind: Polarity, text: str) -> Decimal | date:
    day = _parse_date(text) if kind is Polarity.MILESTONE else None
    return day if day is not None else parse_decimal(text)


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
