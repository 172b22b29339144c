"""`selter achievement`: what became of the targets of a performance contract."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import typer

from domain.achievement import Achievement, mean_capped, mean_warnings
from domain.indicator import AchievementWarning
from domain.rating import propose_results
from runtime.law.command import FINE, AsJson, OverlayFile, RuleSetName, UsageError, command, named, print_json
from runtime.law.files import read_rows
from runtime.law.indicators import COLUMNS, read_indicator


@command
def achievement(
    indicators: Path, *, ruleset: RuleSetName = None, overlay: OverlayFile = None, as_json: AsJson = False
) -> int:
    """Compute the achievement of each indicator of a CSV, XLSX, YAML or JSON file."""
    rules = named(ruleset, overlay)
    rows = read_rows(indicators, COLUMNS)
    if not rows:
        raise UsageError(f"{indicators.name} has no indicators")
    readings = [read_indicator(row) for row in rows]
    results = [reading.achieved(row, rules) for row, reading in zip(rows, readings, strict=True)]
    mean = _mean(results, [reading.weight for reading in readings])
    warnings = mean_warnings(results, mean, rules)
    if as_json:
        print_json(
            {
                "indicators": [result.to_mapping() for result in results],
                "mean_capped": None if mean is None else str(mean),
                "proposed_results": None if mean is None else propose_results(mean, rules).value,
                "warnings": [warning.to_mapping() for warning in warnings],
            }
        )
    else:
        _print_achievements(results, mean, warnings)
    return FINE


def _mean(results: Sequence[Achievement], weights: Sequence[Decimal | None]) -> Decimal | None:
    """The mean by weight when every indicator has one, else the plain mean; None when nothing has a value."""
    given = [weight for weight in weights if weight is not None]
    try:
        return mean_capped(results, given if len(given) == len(weights) else None)
    except ValueError:
        return None


def _print_achievements(
    results: Sequence[Achievement], mean: Decimal | None, warnings: Sequence[AchievementWarning]
) -> None:
    for result in results:
        value = "tanpa nilai" if result.achievement is None else f"{result.achievement} (terbatas {result.capped})"
        typer.echo(f"{result.indicator}: {value}")
        for warning in result.warnings:
            typer.echo(f"       ! {warning.message}")
    typer.echo(f"Rata-rata capaian terbatas: {mean if mean is not None else '-'}")
    for warning in warnings:
        typer.echo(f"       ! {warning.message}")
