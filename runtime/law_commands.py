"""The law on its own: `selter lint`, `rank`, `achievement` and `rules list`, without server or database.

Each function prints (with `as_json` one JSON object on stdout and nothing else there) and returns the exit code:
0 fine, 1 findings, 2 usage. The command line registers them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec

import typer

import regulations
from domain.achievement import Achievement, Indicator, IndicatorError, achieve, mean_capped, parse_indicator
from domain.calendar import Calendar
from domain.lint import Finding, speaks
from domain.lint import lint as check
from domain.numbers import NumberError, parse_decimal
from domain.plan import Plan, PlanError, plan_from_mapping
from domain.ranking import Ranking, RankingError, RankMethod, ScoreRow, sensitivity
from domain.ranking import rank as rank_rows
from domain.rules import RuleSet
from domain.words import Component
from records.calendars import build_calendar
from runtime.law_files import FileError, read_rows, read_tree

__all__ = ["FileError", "achievement", "lint", "rank", "read_rows", "rules_list"]

FINE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2

_ZONE: Final = "Asia/Jakarta"  # lint compares dates only; the zone changes nothing
_ABSENT: Final = "absent"
_REQUIRED_COLUMNS: Final = ("indicator", "polarity", "target", "actual")
_INDICATOR_COLUMNS: Final = (*_REQUIRED_COLUMNS, "unit", "previous_actual", "weight")
_COMPONENTS: Final = tuple(component.value for component in Component)

_P = ParamSpec("_P")


class UsageError(ValueError):
    """An option or a column is wrong; the message names it."""


def _command(function: Callable[Concatenate[Path, _P], int]) -> Callable[Concatenate[Path, _P], int]:
    """Turn what is wrong with the input into exit code 2 and one clear line."""

    @wraps(function)
    def run(path: Path, /, *args: _P.args, **options: _P.kwargs) -> int:
        try:
            return function(path, *args, **options)
        except (PlanError, FileError, NumberError, RankingError, IndicatorError, UsageError) as error:
            typer.echo(f"selter: {error}", err=True)
            if options.get("as_json"):
                _print_json({"error": str(error)})
            return USAGE

    return run


@_command
def lint(plan: Path, *, as_json: bool = False) -> int:
    """Check a selection plan (YAML or JSON) against the rule set in force on its publication date."""
    parsed = plan_from_mapping(read_tree(plan))
    rules = _rules_for(parsed)
    findings = check(parsed, rules, _calendar_for(parsed))
    if as_json:
        _print_json({"ruleset": rules.id, "findings": [finding.to_mapping() for finding in findings]})
    else:
        _print_findings(rules, findings)
    return FINDINGS if speaks(findings) else FINE


@_command
def rank(
    scores: Path,
    *,
    weights: str | None = None,
    already_weighted: bool = False,
    tie_break: str | None = None,
    method: str = RankMethod.COMPETITION.value,
    decimals: int = 2,
    ruleset: str | None = None,
    as_json: bool = False,
) -> int:
    """Rank candidates from a CSV, XLSX, YAML or JSON file; `weights` is `track_record=20,…` or a file."""
    rules = _named(ruleset)
    rows = [_score_row(row, index) for index, row in enumerate(read_rows(scores), start=1)]
    if not rows:
        raise UsageError(f"{scores.name} has no candidates")
    ranking = rank_rows(
        rows,
        _weights(weights, rules, already_weighted=already_weighted),
        tie_break=[name.strip() for name in (tie_break or "").split(",") if name.strip()],
        method=_method(method),
        decimals=_decimals(decimals),
        already_weighted=already_weighted,
        closely=sensitivity(rules),
    )
    _print_json(ranking.to_mapping()) if as_json else _print_ranking(ranking)
    return FINE


@_command
def achievement(indicators: Path, *, ruleset: str | None = None, as_json: bool = False) -> int:
    """Compute the achievement of each indicator of a CSV, XLSX, YAML or JSON file."""
    rules = _named(ruleset)
    parsed = [_indicator(row, index) for index, row in enumerate(read_rows(indicators), start=1)]
    if not parsed:
        raise UsageError(f"{indicators.name} has no indicators")
    results = [achieve(indicator, rules) for indicator in parsed]
    mean = _mean(parsed, results)
    if as_json:
        mean_text = None if mean is None else str(mean)
        _print_json({"indicators": [result.to_mapping() for result in results], "mean_capped": mean_text})
    else:
        _print_achievements(results, mean)
    return FINE


def rules_list(*, ruleset: str | None = None, as_json: bool = False) -> int:
    """Show the rule sets, or every rule of one with its value, article and confidence."""
    try:
        chosen = [_named(ruleset)] if ruleset else [regulations.load(name) for name in regulations.available()]
    except UsageError as error:
        typer.echo(f"selter: {error}", err=True)
        return USAGE
    if as_json:
        _print_json({"rulesets": [{**rules.to_mapping(), "sha256": rules.sha256} for rules in chosen]})
        return FINE
    for rules in chosen:
        typer.echo(f"{rules.id}  {rules.valid_from} – {rules.valid_to or '…'}  {rules.title}  {rules.sha256[:12]}")
        if ruleset:
            _print_rules(rules)
    return FINE


def _rules_for(plan: Plan) -> RuleSet:
    """The rule set that the plan names, or the one in force when it opens; the earliest for an earlier plan."""
    if plan.ruleset is not None:
        return _named(plan.ruleset)
    if plan.opens is None:
        return regulations.latest()
    try:
        return regulations.in_force_on(plan.opens)
    except regulations.NoRuleSetInForce:
        return regulations.earliest()


def _named(ruleset: str | None) -> RuleSet:
    if ruleset is None:
        return regulations.latest()
    try:
        return regulations.load(ruleset)
    except KeyError:
        raise UsageError(f"ruleset {ruleset!r} is none of {', '.join(regulations.available())}") from None


def _calendar_for(plan: Plan) -> Calendar:
    return build_calendar(_ZONE, {day.year for day in plan.dates()})


def _score_row(row: Mapping[str, str], index: int) -> ScoreRow:
    """A row of the scores file: `candidate` and any subset of the components."""
    candidate = row.get("candidate", "").strip()
    if not candidate:
        raise UsageError(f"row {index}: column candidate is missing or empty")
    unknown = [name for name in row if name != "candidate" and name not in _COMPONENTS]
    if unknown:
        raise UsageError(f"unknown column {unknown[0]}; known are candidate, {', '.join(_COMPONENTS)}")
    scores = {name: _score(text, candidate, name) for name, text in row.items() if name != "candidate"}
    if not scores:
        raise UsageError(f"there is no component; known are {', '.join(_COMPONENTS)}")
    return ScoreRow(candidate, scores)


def _score(text: str, candidate: str, component: str) -> Decimal | None:
    if text.strip().lower() == _ABSENT:
        return None
    if not text.strip():
        raise UsageError(f"{candidate}: {component} is empty; write a score or {_ABSENT}")
    return parse_decimal(text)


def _weights(text: str | None, rules: RuleSet, *, already_weighted: bool) -> dict[str, Decimal]:
    """The weights as given, or those of the rule set; weighted points need none."""
    if text is None:
        return {} if already_weighted else {name: Decimal(value) for name, value in rules.pairs("weights").items()}
    weights = {name: parse_decimal(value) for name, value in _weight_items(text).items()}
    unknown = [name for name in weights if name not in _COMPONENTS]
    if unknown:
        raise UsageError(f"unknown component {unknown[0]}; known are {', '.join(_COMPONENTS)}")
    total, needed = sum(weights.values(), Decimal(0)), rules.decimal("weights.sum")
    if total > needed or (total != needed and len(weights) == len(_COMPONENTS)):
        raise UsageError(f"weights sum to {total}, not {needed}")
    if total != needed:
        typer.echo(f"selter: weights sum to {total}; this is an interim ranking", err=True)
    return weights


def _weight_items(text: str) -> dict[str, str]:
    """Weights out of `name=value,…`, or out of a YAML or JSON file."""
    if "=" not in text:
        tree = read_tree(Path(text))
        chosen = tree.get("weights", tree) if isinstance(tree, Mapping) else tree
        if not isinstance(chosen, Mapping):
            raise UsageError(f"{text} holds no weights")
        return {str(name): str(value) for name, value in chosen.items()}
    items = [part.partition("=") for part in text.split(",") if part.strip()]
    names = [name.strip() for name, _, _ in items]
    if len(set(names)) != len(names):
        raise UsageError("a component has two weights")
    return {name.strip(): value.strip() for name, _, value in items}


def _method(text: str) -> RankMethod:
    try:
        return RankMethod(text)
    except ValueError:
        raise UsageError(f"rank method {text!r} is none of {', '.join(RankMethod)}") from None


def _decimals(decimals: int) -> int:
    if not 0 <= decimals <= 6:
        raise UsageError("decimals range from 0 to 6")
    return decimals


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


def _print_json(value: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


def _print_findings(rules: RuleSet, findings: Sequence[Finding]) -> None:
    typer.echo(f"{rules.id}: {rules.title}")
    for finding in findings:
        typer.echo(f"{finding.severity.value:5}  {finding.path}: {finding.message}")
        typer.echo(f"       {finding.rule} · {finding.citation} ({finding.confidence.value})")
    if not speaks(tuple(findings)):
        typer.echo("Tidak ada temuan yang menghalangi.")


def _print_ranking(ranking: Ranking) -> None:
    for ranked in ranking.ranking:
        place = "-" if ranked.rank is None else str(ranked.rank)
        typer.echo(
            f"{place:>4}  {ranked.candidate}  {ranked.total if ranked.total is not None else ranked.status.value}"
        )
    for tie in ranking.ties:
        how = f"dipisahkan oleh {', '.join(tie.broken_by)}" if tie.broken_by else "berbagi peringkat"
        typer.echo(f"Nilai sama {tie.total}: {', '.join(tie.candidates)} ({how})")
    for near in ranking.near_ties:
        typer.echo(f"Selisih tipis {near.gap}: {' dan '.join(near.candidates)}")
    if ranking.robustness is not None and not ranking.robustness.stable:
        typer.echo(f"{ranking.robustness.places} besar berubah bila bobot bergeser sedikit.")
    typer.echo(f"sha256 {ranking.sha256}")


def _print_achievements(results: Sequence[Achievement], mean: Decimal | None) -> None:
    for result in results:
        typer.echo(f"{result.indicator}: {result.achievement} (terbatas {result.capped})")
        for warning in result.warnings:
            typer.echo(f"       ! {warning.message}")
    typer.echo(f"Rata-rata capaian terbatas: {mean if mean is not None else '-'}")


def _print_rules(rules: RuleSet) -> None:
    for rule_id, rule in rules.rules.items():
        value = ", ".join(rule.value) if isinstance(rule.value, tuple) else rule.value
        typer.echo(f"  {rule_id} = {value}  [{rule.enforcement.value}, {rule.confidence.value}] {rule.citation}")
