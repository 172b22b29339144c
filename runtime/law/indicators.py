"""Rows of a report as indicators; the columns are described in docs/guide/achievement-format.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from domain.achievement import Achievement, Status, achieve, unmeasured
from domain.indicator import (
    AchievementWarning,
    Indicator,
    IndicatorError,
    decimal_notes,
    optional_decimal,
    parse_indicator,
    states_nothing,
)
from domain.numbers import NumberError
from domain.quarters import Aggregation, covered, quarter_warnings, year_actual
from domain.rules import RuleSet
from runtime.law.command import UsageError
from runtime.law.files import Row

QUARTERS: Final = ("q1", "q2", "q3", "q4")
_ALWAYS: Final = ("indicator", "polarity")
_WRITTEN: Final = ("unit", "previous_actual", "weight", "printed", "period")
COLUMNS: Final = (*_ALWAYS, "target", "actual", *_WRITTEN, "aggregation", *QUARTERS)


@dataclass(frozen=True)
class Reading:
    """A row: an indicator, or the status of one that lacks its target or its actual."""

    name: str
    weight: Decimal | None
    indicator: Indicator | None
    status: Status = Status.COMPUTED
    notes: tuple[AchievementWarning, ...] = ()

    def achieved(self, row: Row, rules: RuleSet) -> Achievement:
        """The achievement of the row.

        Raises:
            UsageError: target and actual do not fit each other; it names the place.
        """
        if self.indicator is None:
            return unmeasured(self.name, self.status, *self.notes)
        try:
            return achieve(self.indicator, rules)
        except IndicatorError as error:
            raise UsageError(f"{row.place}: {error}") from error


def read_indicator(row: Row) -> Reading:
    """The indicator of a row.

    Raises:
        UsageError: a value is missing or cannot be read; it names the place.
    """
    _require_columns(row)
    try:
        return _read(row)
    except NumberError as error:
        column = next((name for name, text in row.items() if text == error.text), None)
        place = row.place if column is None else row.where(column)
        raise UsageError(f"{place}: {row['indicator']}: {error}") from error
    except ValueError as error:
        raise UsageError(f"{row.place}: {row['indicator']}: {error}") from error


def _require_columns(row: Row) -> None:
    for name in _ALWAYS:
        if not row.get(name):
            raise UsageError(f"{row.where(name)}: {name} is missing")
    for name in ("target", "actual"):
        if name not in row and (name == "target" or not any(q in row for q in QUARTERS)):
            raise UsageError(f"{row.where(name)}: {name} is missing")


def _read(row: Row) -> Reading:
    written = {name: "" if states_nothing(row.get(name, "")) else row[name] for name in COLUMNS}
    by_quarters = bool(written["aggregation"]) or any(written[q] for q in QUARTERS)
    lacks_target, lacks_actual = not written["target"], not (written["actual"] or by_quarters)
    # what is there must be readable, also beside what is missing
    probe = parse_indicator(
        **{name: written[name] for name in (*_ALWAYS, *_WRITTEN)},
        target=written["target"] or ("0..0" if written["polarity"].strip().lower() == "range" else "0"),
        actual=written["actual"] or "0",
    )
    if by_quarters:
        return _by_quarters(probe, written, lacks_target=lacks_target)
    if lacks_target or lacks_actual:
        return _lacking(probe, Status.NO_TARGET if lacks_target else Status.NO_ACTUAL)
    return Reading(probe.indicator, probe.weight, probe)


def _by_quarters(probe: Indicator, written: dict[str, str], *, lacks_target: bool) -> Reading:
    if not written["aggregation"]:
        raise ValueError(f"aggregation is needed beside q1 to q4: one of {', '.join(Aggregation)}")
    how = Aggregation(written["aggregation"].strip().lower())
    quarters = [optional_decimal(written[q]) for q in QUARTERS]
    notes = tuple(_notes(quarters, how, written))
    actual = year_actual(quarters, how)
    if lacks_target or actual is None:
        return _lacking(probe, Status.NO_TARGET if lacks_target else Status.NO_ACTUAL, *notes)
    read = replace(probe, actual=actual, period=probe.period or covered(quarters))
    return Reading(read.indicator, read.weight, read.noted(*notes))


def _notes(
    quarters: Sequence[Decimal | None], how: Aggregation, written: dict[str, str]
) -> Iterator[AchievementWarning]:
    yield from decimal_notes(*(written[q] for q in QUARTERS))
    yield from quarter_warnings(quarters, how, optional_decimal(written["actual"]))


def _lacking(probe: Indicator, status: Status, *notes: AchievementWarning) -> Reading:
    return Reading(probe.indicator, probe.weight, None, status, (*probe.notes, *notes))
