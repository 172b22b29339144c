"""`selter rank`: candidates by their weighted scores."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final

import typer

from domain.numbers import parse_decimal
from domain.ranking import Ranking, RankMethod, ScoreRow, sensitivity
from domain.ranking import rank as rank_rows
from domain.rules import RuleSet
from domain.words import Component
from runtime.law.command import FINE, AsJson, OverlayFile, RuleSetName, UsageError, command, named, print_json
from runtime.law.files import read_rows, read_tree

_ABSENT: Final = "absent"
_COMPONENTS: Final = tuple(component.value for component in Component)


@command
def rank(
    scores: Path,
    *,
    weights: Annotated[str | None, typer.Option(help="track_record=20,assessment=25,paper=20,interview=35")] = None,
    already_weighted: Annotated[bool, typer.Option(help="the scores are already multiplied by their weight")] = False,
    tie_break: Annotated[str, typer.Option(help="interview,assessment,…")] = "",
    rank_method: Annotated[str, typer.Option(help="competition or dense")] = RankMethod.COMPETITION.value,
    decimals: Annotated[int, typer.Option(help="decimals of the total")] = 2,
    ruleset: RuleSetName = None,
    overlay: OverlayFile = None,
    as_json: AsJson = False,
) -> int:
    """Rank candidates from a CSV, XLSX, YAML or JSON file; `weights` is `track_record=20,…` or a file."""
    rules = named(ruleset, overlay)
    rows = [_score_row(row, index) for index, row in enumerate(read_rows(scores), start=1)]
    if not rows:
        raise UsageError(f"{scores.name} has no candidates")
    ranking = rank_rows(
        rows,
        _weights(weights, rules, already_weighted=already_weighted),
        tie_break=[name.strip() for name in tie_break.split(",") if name.strip()],
        method=_method(rank_method),
        decimals=_decimals(decimals),
        already_weighted=already_weighted,
        closely=sensitivity(rules),
    )
    print_json(ranking.to_mapping()) if as_json else _print_ranking(ranking)
    return FINE


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
