"""`selter achievement`: what became of the targets of a performance contract."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import typer

from domain.achievement import Achievement, Indicator, achieve, mean_capped, parse_indicator
from runtime.law.command import FINE, AsJson, OverlayFile, RuleSetName, UsageError, command, named, print_json
from runtime.law.files import read_rows

_REQUIRED_COLUMNS: Final = ("indicator", "polarity", "target", "actual")
_INDICATOR_COLUMNS: Final = (*_REQUIRED_COLUMNS, "unit", "previous_actual", "weight")


@command
def achievement(
    indicators: Path, *, ruleset: RuleSetName = None, overlay: OverlayFile = None, as_json: AsJson = False
) -> int:
    """Compute the achievement of each indicator of a CSV, XLSX, YAML or JSON file."""
    rules = named(ruleset, overlay)
    parsed = [_indicator(row, index) for index, row in enumerate(read_rows(indicators), start=1)]
    if not parsed:
        raise UsageError(f"{indicators.name} has no indicators")
    results = [achieve(indicator, rules) for indicator in parsed]
    mean = _mean(parsed, results)
    if as_json:
        mean_text = None if mean is None else str(mean)
        print_json({"indicators": [result.to_mapping() for result in results], "mean_capped": mean_text})
    else:
        _print_achievements(results, mean)
    return FINE


def _indicator(row: Mapping[str, str], index: int) -> Indicator:
    unknown = [name for name in row if name not in _INDICATOR_COLUMNS]
    missing = [name for name in _REQUIRED_COLUMNS if not row.get(name, "").strip()]
    if unknown or missing:
        problem = f"unknown column {unknown[0]}" if unknown else f"{missing[0]} is missing"
        raise UsageError(f"row {index}: {problem}")
    try:
        return parse_indicator(**row)
    except ValueError as error:
        raise UsageError(f"row {index} ({row['indicator']}): {error}") from error


def _mean(indicators: Sequence[Indicator], results: Sequence[Achievement]) -> Decimal | None:
    """The mean by weight when every indicator has one, else the plain mean; None when nothing has a value."""
    weights = [i.weight for i in indicators if i.weight is not None]
    try:
        return mean_capped(results, weights if len(weights) == len(indicators) else None)
    except ValueError:
        return None


def _print_achievements(results: Sequence[Achievement], mean: Decimal | None) -> None:
    for result in results:
        typer.echo(f"{result.indicator}: {result.achievement} (terbatas {result.capped})")
        for warning in result.warnings:
            typer.echo(f"       ! {warning.message}")
    typer.echo(f"Rata-rata capaian terbatas: {mean if mean is not None else '-'}")
