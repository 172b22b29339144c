"""`selter rank`: candidates by their weighted scores, with what must be known to trust the ranking."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from domain.checks.weights import usual_weights, whole_weight
from domain.numbers import parse_decimal
from domain.plan import Level
from domain.ranking import Ranking, RankMethod, sensitivity
from domain.ranking import rank as rank_rows
from domain.rules import RuleSet
from domain.scoring.competency import standard
from domain.scoring.examination import Examination, Inputs, examine
from domain.scoring.lottery import lottery_allowed
from domain.scoring.panel import Combining, PanelMethod, combining
from domain.scoring.pass_mark import TOTAL, PassMarks, PassSystem, cut_to_interview, pass_system
from domain.scoring.published import Anomaly, anomalies
from domain.scoring.track_record import Criterion, points_table, table_of
from runtime.law.command import FINE, AsJson, OverlayFile, RuleSetName, UsageError, command, named, print_json
from runtime.law.files import read_tree
from runtime.law.scores import COMPONENTS, Scores, Standards, read_scores
from runtime.law.tables import column_name

E = TypeVar("E", bound=StrEnum)


@command
def rank(
    scores: Path,
    *,
    weights: Annotated[str | None, typer.Option(help="track_record=20,assessment=25,paper=20,interview=35")] = None,
    already_weighted: Annotated[bool, typer.Option(help="the scores are already multiplied by their weight")] = False,
    tie_break: Annotated[str, typer.Option(help="interview,assessment,…")] = "",
    seed: Annotated[str, typer.Option(help="of the lot, as last resort where candidates are still equal")] = "",
    rank_method: Annotated[str, typer.Option(help="competition or dense")] = RankMethod.COMPETITION.value,
    decimals: Annotated[int, typer.Option(help="decimals of the total")] = 2,
    pass_mark: Annotated[str, typer.Option(help="interview=60,total=70: the least points")] = "",
    pass_mark_system: Annotated[str | None, typer.Option("--pass-system", help="knockout or cumulative")] = None,
    cut: Annotated[int | None, typer.Option(help="how many of the best go on; default: as the rule set says")] = None,
    panel: Annotated[str | None, typer.Option(help="several assessors: mean, median or trimmed")] = None,
    level: Annotated[str, typer.Option(help="of the post, for competency levels")] = Level.PRATAMA.value,
    technical: Annotated[Path | None, typer.Option(help="required levels of technical competencies, a file")] = None,
    points: Annotated[Path | None, typer.Option(help="points table of the track record, a file")] = None,
    ruleset: RuleSetName = None,
    overlay: OverlayFile = None,
    as_json: AsJson = False,
) -> int:
    """Rank candidates from a CSV, XLSX, YAML or JSON file; `weights` is `track_record=20,…` or a file."""
    rules = named(ruleset, overlay)
    how = _combining(panel, rules)
    read = read_scores(scores, Standards(_required(level, technical, rules), _points(points, rules), how, rules))
    if not read.rows:
        raise UsageError(f"{scores.name} has no candidates")
    if seed and not lottery_allowed(rules):
        raise UsageError(f"this rule set has no lot ({rules.id})")
    shares = _weights(weights, rules, already_weighted=already_weighted)
    ranking = rank_rows(
        read.rows,
        shares,
        tie_break=[name.strip() for name in tie_break.split(",") if name.strip()],
        method=_one_of(RankMethod, "rank method", rank_method),
        decimals=_decimals(decimals),
        already_weighted=already_weighted,
        closely=sensitivity(rules),
        seed=seed,
    )
    inputs = Inputs(read.rows, shares, decimals, already_weighted, seed, read.sheets, how)
    marks = _marks(pass_mark, pass_system(rules) if pass_mark_system is None else pass_mark_system)
    seen = examine(ranking, inputs, rules, marks, _cut(cut, rules))
    odd = anomalies(read.published, shares, decimals=decimals, already_weighted=already_weighted)
    print_json(_mapping(ranking, seen, read, odd)) if as_json else _print(ranking, seen, odd)
    return FINE


def _weights(text: str | None, rules: RuleSet, *, already_weighted: bool) -> dict[str, Decimal]:
    """The weights as given, or those of the rule set; weighted points need none."""
    if text is None:
        return {} if already_weighted else {c.value: weight for c, weight in usual_weights(rules).items()}
    weights = {name: parse_decimal(value) for name, value in _weight_items(text).items()}
    unknown = [name for name in weights if name not in COMPONENTS]
    if unknown:
        raise UsageError(f"unknown component {unknown[0]}; known are {', '.join(COMPONENTS)}")
    total, needed = sum(weights.values(), Decimal(0)), whole_weight(rules)
    if total > needed or (total != needed and len(weights) == len(COMPONENTS)):
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


def _marks(text: str, system: str) -> PassMarks:
    """Pass marks as given, by component and for the total."""
    marks = {name: parse_decimal(value) for name, value in _weight_items(text).items()} if text else {}
    total = marks.pop(TOTAL, None)
    return PassMarks(marks, total, _one_of(PassSystem, "pass system", system))


def _cut(cut: int | None, rules: RuleSet) -> int | None:
    if cut is not None and cut < 1:
        raise UsageError("a cut is one at least")
    return cut_to_interview(rules) if cut is None else cut


def _combining(method: str | None, rules: RuleSet) -> Combining:
    """How sheets become one score: as the rule set says, or by another method."""
    usual = combining(rules)
    return usual if method is None else replace(usual, method=_one_of(PanelMethod, "panel", method))


def _required(level: str, technical: Path | None, rules: RuleSet) -> dict[str, int]:
    """The required level of each competency; an older rule set knows none."""
    if not rules.has("assessment.required_level"):
        return {}
    tree = {} if technical is None else read_tree(technical)
    if not isinstance(tree, Mapping) or not all(isinstance(required, int) for required in tree.values()):
        raise UsageError(f"{technical}: a level from 1 to 5 is expected for each competency")
    return standard(level, rules, {column_name(str(name)): required for name, required in tree.items()})


def _points(path: Path | None, rules: RuleSet) -> tuple[Criterion, ...]:
    """The points table as given, or that of the rule set."""
    return points_table(rules) if path is None else table_of(read_tree(path))


def _one_of(kind: type[E], what: str, text: str) -> E:
    try:
        return kind(text)
    except ValueError:
        raise UsageError(f"{what} {text!r} is none of {', '.join(kind)}") from None


def _decimals(decimals: int) -> int:
    if not 0 <= decimals <= 6:
        raise UsageError("decimals range from 0 to 6")
    return decimals


def _mapping(ranking: Ranking, seen: Examination, read: Scores, odd: tuple[Anomaly, ...]) -> dict[str, Any]:
    """The ranking as its JSON has always been, and what was found beside it."""
    return {
        **ranking.to_mapping(),
        **seen.to_mapping(),
        "assessment": {
            name: {
                "percent": str(found.percent),
                "category": None if found.category is None else found.category.value,
                "arithmetic": found.arithmetic,
                "gaps": {line.competency: str(line.gap) for line in found.lines},
            }
            for name, found in read.matches.items()
        },
        "track_record": {
            name: {"points": str(found.points), "most": str(found.most), "arithmetic": found.arithmetic}
            for name, found in read.records.items()
        },
        "warnings": [
            {"code": a.kind.value, "about": list(a.about), "message": a.message, "message_en": a.message_en}
            for a in odd
        ],
    }


def _print(ranking: Ranking, seen: Examination, odd: tuple[Anomaly, ...]) -> None:
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
    for line in _beside(seen, odd):
        typer.echo(line)
    typer.echo(f"sha256 {ranking.sha256}")


def _beside(seen: Examination, odd: tuple[Anomaly, ...]) -> Iterator[str]:
    """What was found beside the ranking, a line each."""
    for anomaly in odd:
        yield f"Periksa: {anomaly.message}"
    for apart in seen.divergences:
        (low, least), (high, most) = apart.lowest, apart.highest
        yield (f"Beda penilai {apart.spread}: {apart.candidate}, {apart.component} ({low} {least}, {high} {most})")
    for passing in seen.passings:
        if passing.missed:
            result = "lulus" if passing.passed else "tidak lulus"
            yield f"{passing.candidate} {result}; tidak mencapai: {', '.join(passing.missed)}"
    for ticket in seen.tickets:
        yield f"Undian {ticket.place}: {ticket.candidate} {ticket.sha256}"
    if len(seen.goes_on) < len(seen.passings):
        yield f"Lanjut: {', '.join(seen.goes_on)}"
    yield seen.sentences.id
